// Exit codes that scripts rely on: the worst outcome decides.
import { describe, expect, test } from 'vitest';
import {
  exitCodeOfCheck,
  exitCodeOfResolve,
  exitCodeOfVerify,
} from '../../../../electron/cli/exit-code.ts';
import type { DomainOutcome } from '../../../../shared/inspection/report.ts';

describe('check ends with', () => {
  test.each([
    [0, ['secure']],
    [0, ['secure', 'secure']],
    [1, ['partial']],
    [1, ['insecure']],
    [1, ['no-mail']],
    [1, ['secure', 'no-mail']],
    [3, ['unknown']],
    [3, ['insecure', 'unknown']],
    [3, ['pending']],
    [2, ['degraded']],
    [2, ['broken']],
    [2, ['secure', 'unknown', 'degraded']],
  ] satisfies [number, DomainOutcome[]][])('%i for %j', (code, outcomes) => {
    expect(exitCodeOfCheck(outcomes, false)).toBe(code);
  });

  test('3 when a domain could not be read, unless something is broken', () => {
    expect(exitCodeOfCheck(['secure'], true)).toBe(3);
    expect(exitCodeOfCheck(['insecure'], true)).toBe(3);
    expect(exitCodeOfCheck(['broken'], true)).toBe(2);
    expect(exitCodeOfCheck([], true)).toBe(3);
  });
});

test.each([
  ['secure', 0],
  ['insecure', 0],
  ['bogus', 2],
  ['indeterminate', 3],
] as const)('resolve ends for %s with %i', (security, code) => {
  expect(exitCodeOfResolve(security)).toBe(code);
});

test.each([
  ['authenticated', 0],
  ['encrypted-only', 1],
  ['failed', 2],
] as const)('verify ends for %s with %i', (outcome, code) => {
  expect(exitCodeOfVerify(outcome)).toBe(code);
});

import { expect, test } from 'vitest';
import {
  judgeResolver,
  type ResolverReply,
  type SelfCheckState,
} from '../../../../shared/lab/self-check.ts';

const answer = (rcode: number, authentic: boolean, found: boolean): ResolverReply => ({
  ...{ kind: 'answer', rcode, authentic, found },
});
const NONE: ResolverReply = { kind: 'none' };
const SECURE = answer(0, true, true);
const INSECURE = answer(0, false, true);
const NXDOMAIN = answer(3, false, false);
const SERVFAIL = answer(2, false, false);
const REFUSED = answer(5, false, false);

/** The base, then what is forged. */
const CASES: readonly (readonly [SelfCheckState, ResolverReply, ResolverReply | null])[] = [
  ['ready', SECURE, SERVFAIL],
  ['ready', SECURE, null],
  ['no-answer', NONE, NONE],
  ['not-found', NXDOMAIN, NXDOMAIN],
  ['not-found', REFUSED, REFUSED],
  ['not-found', answer(0, true, false), SERVFAIL],
  ['fails', SERVFAIL, SERVFAIL],
  ['not-trusted', INSECURE, INSECURE],
  // Nothing shows that it validates.
  ['not-trusted', INSECURE, NONE],
  ['not-trusted', INSECURE, null],
  ['bit-lost', INSECURE, SERVFAIL],
  ['takes-forged', SECURE, INSECURE],
  ['takes-forged', SECURE, SECURE],
];

test('who gives no answer about what is forged is not said to refuse it', () => {
  const check = judgeResolver({ base: SECURE, forged: NONE });
  expect(check).toMatchObject({ state: 'ready', advice: null });
  expect(check.sentence).not.toContain('refuses');
  expect(judgeResolver({ base: SECURE, forged: SERVFAIL }).sentence).toContain('refuses');
});

test.each(CASES)('%s', (state, base, forged) => {
  const check = judgeResolver({ base, forged });
  expect(check.state).toBe(state);
  expect(check.advice === null).toBe(state === 'ready');
  // It may be asked at any port.
  expect(check.advice ?? '').not.toMatch(/port \d/);
});

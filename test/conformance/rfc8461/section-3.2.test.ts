/** RFC 8461 §3.2: the policy file. */
import { expect, test } from 'vitest';
import { readMtaStsPolicy } from '../../../shared/policy/mta-sts-policy.ts';

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\r\n`).join('');
const EXAMPLE = [
  'version: STSv1',
  'mode: enforce',
  'mx: mail.example.com',
  'mx: *.example.net',
  'mx: backupmx.example.com',
  'max_age: 604800',
];
const POLICY = {
  mode: 'enforce',
  maxAge: 604_800,
  mx: ['mail.example.com', '*.example.net', 'backupmx.example.com'],
};

test('the example of the RFC is read', () => {
  expect(readMtaStsPolicy(lines(...EXAMPLE))).toEqual({ ok: true, policy: POLICY });
});

test.each([
  ['LF alone', `${EXAMPLE.join('\n')}\n`],
  ['no line end behind the last line', EXAMPLE.join('\r\n')],
  ['white space at the end of lines', EXAMPLE.map((line) => `${line} \t\n`).join('')],
  ['no white space behind the colon', lines(...EXAMPLE).replaceAll(': ', ':')],
  ['tabs behind the colon', lines(...EXAMPLE).replaceAll(': ', ':\t\t')],
  ['another order', lines(...EXAMPLE.slice(3), ...EXAMPLE.slice(0, 3))],
  ['fields of later editions, in UTF-8', lines(...EXAMPLE, 'x-words: später mehr')],
])('%s makes no difference', (_, text) => {
  const reading = readMtaStsPolicy(text);
  expect(reading.ok && { ...reading.policy, mx: [...reading.policy.mx].sort() }).toEqual({
    ...POLICY,
    mx: [...POLICY.mx].sort(),
  });
});

test('of a field that may stand once, all but the first are ignored', () => {
  const text = lines(...EXAMPLE, 'mode: none', 'max_age: nonsense', 'version: STSv2');
  expect(readMtaStsPolicy(text)).toEqual({ ok: true, policy: POLICY });
});

test('with mode none no mx is needed', () => {
  const text = lines('version: STSv1', 'mode: none', 'max_age: 86400');
  expect(readMtaStsPolicy(text)).toEqual({
    ok: true,
    policy: { mode: 'none', maxAge: 86_400, mx: [] },
  });
});

test.each([
  [0, true],
  [31_557_600, true],
  [31_557_601, false],
])('max_age %d is allowed: %s', (maxAge, allowed) => {
  const text = lines(...EXAMPLE.slice(0, 5), `max_age: ${maxAge}`);
  expect(readMtaStsPolicy(text).ok).toBe(allowed);
});

const without = (name: string): string =>
  lines(...EXAMPLE.filter((line) => !line.startsWith(`${name}:`)));
const changed = (name: string, value: string): string =>
  `${lines(`${name}: ${value}`)}${without(name)}`;

test.each([
  ['the policy has no version', without('version')],
  ['the policy has no mode', without('mode')],
  ['the policy has no max_age', without('max_age')],
  ['the policy lists no mx', without('mx')],
  ['the version of the policy is not STSv1', changed('version', 'stsv1')],
  ['the mode of the policy is none of enforce, testing and none', changed('mode', 'Enforce')],
  ['max_age is not a number of seconds', changed('max_age', '-1')],
  ['max_age is not a number of seconds', changed('max_age', '1w')],
  ['max_age is not a number of seconds', changed('max_age', '01234567890')],
  ['“mail.*.example.com” is no host name', changed('mx', 'mail.*.example.com')],
  ['“*” is no host name', changed('mx', '*')],
  ['“.example.com” is no host name', changed('mx', '.example.com')],
  ['“mail.example.com.” is no host name', changed('mx', 'mail.example.com.')],
  ['“192.0.2.1:25” is no host name', changed('mx', '192.0.2.1:25')],
  ['“b\u00fccher.example” is no host name', changed('mx', 'b\u00fccher.example')],
  ['the policy file is empty', ''],
  ['the policy file is empty', '\r\n'],
  ['line 2 of the policy file is not “name: value”', lines('version: STSv1', '', 'mode: enforce')],
  ['line 1 of the policy file is not', '<!DOCTYPE html>\n<html></html>'],
  ['line 1 of the policy file is not', ` ${lines(...EXAMPLE)}`],
  ['line 1 of the policy file is not', `\ufeff${lines(...EXAMPLE)}`],
  ['line 7 of the policy file is not', lines(...EXAMPLE, 'x: \u0000')],
  ['line 1 of the policy file is not', EXAMPLE.join('\r')],
  ['the policy file has more than 1000 lines', `${lines(...EXAMPLE)}${'x: y\n'.repeat(1000)}`],
  ['more than 200 mx patterns', `${lines(...EXAMPLE)}${'mx: a.example\n'.repeat(200)}`],
])('%s', (reason, text) => {
  const reading = readMtaStsPolicy(text);
  expect(reading.ok ? 'it was read' : reading.reason).toContain(reason);
});

test('a pathological line costs no time', () => {
  const began = performance.now();
  readMtaStsPolicy(`mx:${' '.repeat(60_000)}\u0000`);
  readMtaStsPolicy(`mx: a${' \t'.repeat(30_000)}x`);
  expect(performance.now() - began).toBeLessThan(500);
});

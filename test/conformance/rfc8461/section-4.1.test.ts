/** RFC 8461 §4.1: MX hosts against the patterns of a policy. */
import { expect, test } from 'vitest';
import { matchesPattern, uncoveredHosts } from '../../../shared/policy/mx-pattern.ts';

test.each([
  ['mail.example.com', 'mail.example.com', true],
  ['mail.example.com', 'MAIL.Example.COM', true],
  ['mail.example.com', '*.example.com', true],
  ['example.com', '*.example.com', false],
  ['foo.bar.example.com', '*.example.com', false],
  ['mail.example.com', 'example.com', false],
  ['mail.example.com', 'mail.example.com.evil', false],
  ['mail.example.com', '*.com', false],
  ['.example.com', '*.example.com', false],
  ['\u212aeys.example', 'keys.example', false],
])('%s against %s: %s', (host, pattern, matches) => {
  expect(matchesPattern(host, pattern)).toBe(matches);
});

test('hosts that no pattern covers are told in their order', () => {
  const hosts = ['a.example.org', 'b.example.net', 'c.example.org', 'd.example.com'];
  expect(uncoveredHosts(hosts, ['*.example.org', 'd.example.com'])).toEqual(['b.example.net']);
  expect(uncoveredHosts(hosts, [])).toEqual(hosts);
});

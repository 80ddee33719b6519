// The judges' words are read right: each reading from output that the tools really gave.
import { expect, test } from 'vitest';
import { readDanetool } from './danetool.ts';
import { readStatus as readDelv } from './delv.ts';
import { readFound } from './minimising-unbound.ts';
import { readVerdict } from './posttls-finger.ts';
import { readStatus as readUnbound } from './unbound-host.ts';

test('delv: one unsigned part of a chain makes the whole insecure', () => {
  const chain = '; fully validated\na. 1 IN CNAME b.\n; unsigned answer\nb. 1 IN A 192.0.2.1\n';
  expect(readDelv(chain)).toBe('insecure');
  expect(readDelv('; fully validated\na. 1 IN A 192.0.2.1\n')).toBe('secure');
});

test('delv: a denial is told as a failure, yet it is none', () => {
  const denial = ';; resolution failed: ncache nxdomain\n; negative response, fully validated\n';
  expect(readDelv(denial)).toBe('secure');
  const insecure = ';; resolution failed: ncache nxrrset\n; negative response, unsigned answer\n';
  expect(readDelv(insecure)).toBe('insecure');
});

test('delv: a failed validation is bogus, a failed fetch is not', () => {
  expect(readDelv(';; resolution failed: RRSIG failed to verify\n; fully validated\n')).toBe(
    'bogus',
  );
  expect(readDelv(';; resolution failed: broken trust chain\n')).toBe('bogus');
  expect(readDelv(';; resolution failed: failure\n')).toBe('indeterminate');
});

test('unbound-host: the weakest of several lines counts', () => {
  expect(readUnbound('a has address 192.0.2.1 (secure)\n')).toBe('secure');
  expect(readUnbound('Host a not found: 2(SERVFAIL). (error)\n')).toBe('indeterminate');
  expect(readUnbound('a is an alias for b. (BOGUS (security failure))\n')).toBe('bogus');
  expect(readUnbound('Host a not found: 3(NXDOMAIN). (insecure)\n')).toBe('insecure');
});

test('the minimising Unbound: only a validated absence is a loss', () => {
  const answer = (status: string, flags: string, record = ''): string =>
    `;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 1\n;; flags: ${flags}; QUERY: 1\n${record}`;
  expect(readFound(answer('NOERROR', 'qr rd ra ad', 'h. 3600 IN TLSA 3 1 1 AB\n'))).toBe('found');
  expect(readFound(answer('NXDOMAIN', 'qr rd ra ad'))).toBe('lost');
  expect(readFound(answer('SERVFAIL', 'qr rd ra'))).toBe('failed');
  expect(() => readFound(answer('NXDOMAIN', 'qr rd ra'))).toThrow(/unknown/);
});

test('danetool: one record that matches is enough', () => {
  const failed = 'Verification: Verification failed. The certificate differs. \n';
  expect(readDanetool(`${failed}Verification: Certificate matches. \n`)).toBe('matches');
  expect(readDanetool(failed)).toBe('mismatch');
  expect(readDanetool('dane_query_tlsa: No DANE data were found.\n')).toBe('no-records');
  expect(() => readDanetool('Resolving…\n')).toThrow(/unknown/);
});

test('posttls-finger: trusted is not verified', () => {
  const line = (words: string): string =>
    `posttls-finger: Connected to h[127.0.0.1]:2525\n${words}\n`;
  expect(readVerdict(line('posttls-finger: Verified TLS connection established to h'))).toBe(
    'verified',
  );
  expect(readVerdict(line('posttls-finger: Trusted TLS connection established to h'))).toBe(
    'unverified',
  );
  const mismatch =
    'server certificate verification failed for h: num=65:no matching DANE TLSA records';
  expect(readVerdict(line(mismatch))).toBe('mismatch');
  expect(readVerdict(line(''))).toBe('no-tls');
});

test('words never heard before are an error, not a guess', () => {
  expect(() => readDelv('something else')).toThrow(/unknown/);
  expect(() => readUnbound('something else')).toThrow(/unknown/);
  expect(() => readVerdict('something else')).toThrow(/unknown/);
});

/** RFC 8460 §3: the TXT record of TLS reporting. */
import { expect, test } from 'vitest';
import { readTlsRptRecord } from '../../../shared/policy/tls-rpt-record.ts';

test.each([
  ['v=TLSRPTv1;rua=mailto:reports@example.com', ['mailto:reports@example.com']],
  [
    'v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt',
    ['https://reporting.example.com/v1/tlsrpt'],
  ],
  [
    'v=TLSRPTv1; rua=mailto:a@example.com , https://example.com/?a=b;',
    ['mailto:a@example.com', 'https://example.com/?a=b'],
  ],
  ['v=TLSRPTv1; x=y; rua=mailto:a%2Cb@example.com', ['mailto:a%2Cb@example.com']],
  // A scheme of a later edition is passed over where a known one stands beside it.
  ['v=TLSRPTv1; rua=gopher:x,mailto:a@example.com', ['mailto:a@example.com']],
])('%s is read', (record, rua) => {
  expect(readTlsRptRecord([record])).toEqual({ record, rua, problem: null });
});

test.each([[[]], [['v=spf1 -all']], [['v=TLSRPTv2; rua=mailto:a@example.com']]])(
  'without a record that begins with the version there is none: %j',
  (texts) => {
    expect(readTlsRptRecord(texts)).toEqual({ record: null, rua: [], problem: null });
  },
);

test.each([
  ['two records', ['v=TLSRPTv1; rua=mailto:a@b.example', 'v=TLSRPTv1; rua=mailto:c@d.example']],
  ['no rua', ['v=TLSRPTv1; ruf=mailto:a@b.example']],
  ['a rua without a scheme', ['v=TLSRPTv1; rua=a@b.example']],
  ['mailto without a domain', ['v=TLSRPTv1; rua=mailto:postmaster']],
  ['plain http', ['v=TLSRPTv1; rua=http://b.example/']],
  ['an empty address', ['v=TLSRPTv1; rua=mailto:a@b.example,']],
  ['an exclamation mark, which must be encoded', ['v=TLSRPTv1; rua=mailto:a@b.example!10m']],
  ['the version in lower case', ['v=tlsrptv1; rua=mailto:a@b.example']],
])('%s: it cannot be used, and says why', (_, texts) => {
  const reading = readTlsRptRecord(texts);
  expect(reading.record).toBe(texts[0]);
  expect(reading.rua).toEqual([]);
  expect(reading.problem).not.toBeNull();
});

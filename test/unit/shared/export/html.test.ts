// The page of a report: what it tells, in which order, and how much of it.
import { describe, expect, test } from 'vitest';
import { MAX_EVIDENCE_OCTETS } from '../../../../shared/export/html-evidence.ts';
import { MAX_FULL_DOMAINS, reportsToHtml } from '../../../../shared/export/html.ts';
import type { Finding } from '../../../../shared/findings/finding.ts';
import type { ServerQuestion } from '../../../../shared/inspection/report.ts';
import { address, denies, ended, host, judged, mismatch, probe } from '../inspection/evidence.ts';
import { FULL_REPORT } from './full-report.ts';
import { parsePage } from './parsed-html.ts';

const textOf = (page: string): string => parsePage(page).text.replaceAll(/\s+/g, ' ');

test('opens with the outcome in a word, the sentence and what to mend first', () => {
  const text = textOf(
    reportsToHtml([judged([host({ addresses: [address('192.0.2.1', [mismatch()])] })])]),
  );
  expect(text).toMatch(/example\.org Broken Senders that check DANE defer all mail/);
  expect(text).toContain('First to mend: No record matches the certificate of mx.example.org');
});

test('tells findings worst first, those in order last', () => {
  const told = (severity: Finding['severity']): Finding => ({
    ...(FULL_REPORT.findings[0] ?? fail()),
    severity,
    title: `a finding that is ${severity}`,
  });
  const findings = (['ok', 'notice', 'error', 'warning'] as const).map(told);
  const text = textOf(reportsToHtml([{ ...FULL_REPORT, findings }]));
  const places = ['error', 'warning', 'notice', 'ok'].map((severity) =>
    text.lastIndexOf(`a finding that is ${severity}`),
  );
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
});

test('tells what each sender does, and why', () => {
  const text = textOf(
    reportsToHtml([judged([host({ addresses: [address('192.0.2.1', [mismatch()])] })])]),
  );
  // RFC 7672 §2.2: mail is not delivered to a host that fails DANE.
  expect(text).toMatch(/Exim ?hosts_try_dane = \* waits waits waits/);
  expect(text).toContain('Mail waits: no TLSA record matches the certificate of mx.example.org.');
});

test('tells what has a date, until when, and whose it is to see to', () => {
  const text = textOf(reportsToHtml([FULL_REPORT]));
  const [, rest = ''] = text.split('What breaks next');
  expect(rest).toContain('What Until What then happens Whose it is to see to');
  // The signature over the keys of example.org in that report, and the one who renews it.
  expect(rest).toContain('Signature over the keys of example.org');
  expect(rest).toContain('2026-12-01 00:00:00 UTC');
  expect(rest).toContain('DNS operator');
});

test('links a clause of an RFC, and nothing that only looks like one', () => {
  const [finding] = FULL_REPORT.findings;
  const withReference = (reference: string) =>
    parsePage(
      reportsToHtml([{ ...FULL_REPORT, findings: [{ ...(finding ?? fail()), reference }] }]),
    ).addresses;
  expect(withReference('RFC 7672 §2.2.1')).toEqual([
    'https://www.rfc-editor.org/rfc/rfc7672#section-2.2.1',
  ]);
  expect(withReference('RFC 7672 §2.2"onclick="x')).toEqual([]);
  expect(withReference('see RFC 7672')).toEqual([]);
});

test('says what each server says of the names above the record', () => {
  const text = textOf(
    reportsToHtml([
      judged([host({ ancestors: [denies({ reason: 'says that it does not exist' })] })]),
    ]),
  );
  expect(text).toContain('_tcp.mx.example.org NXDOMAIN, proven');
  expect(text).toContain('says that it does not exist');
});

test('says why a server was not judged', () => {
  const { text } = parsePage(
    reportsToHtml([
      judged([host({ addresses: [address('192.0.2.1', [ended('timeout', 'connect')])] })]),
    ]),
  );
  expect(text).toContain('does not answer');
  expect(text).toContain('Last stage: connect.');
});

test('of many servers it tells who says what, equal answers once', () => {
  const servers = Array.from({ length: 26 }, (_, index) => ({
    server: `ns${index}.example.org`,
    address: `192.0.2.${index}`,
    questions: [{ ...question(), records: [index === 7 ? 'other' : 'common'] }],
  }));
  const surveys = [{ zone: 'example.org', security: 'secure' as const, servers }];
  const text = textOf(reportsToHtml([{ ...FULL_REPORT, surveys }]));
  expect(text.match(/common · /g)).toHaveLength(1);
  expect(text).toMatch(/other · the reason of the answer ns7\.example\.org 192\.0\.2\.7/);
});

function question(): ServerQuestion {
  return FULL_REPORT.surveys[0]?.servers[0]?.questions[0] ?? fail();
}

function fail(): never {
  throw new Error('the report is not full');
}

describe('it is bounded', () => {
  test('in raw messages, and says how many it leaves out', () => {
    const octets = 4096;
    const count = MAX_EVIDENCE_OCTETS / octets + 5;
    const questions = Array.from({ length: count }, (_, index) => ({
      ...question(),
      name: `n${index}.example.org`,
      size: octets,
      raw: 'ab'.repeat(octets),
    }));
    const surveys = [
      {
        zone: 'example.org',
        security: 'secure' as const,
        servers: [{ server: 'ns.example.org', address: '192.0.2.53', questions }],
      },
    ];
    const report = { ...FULL_REPORT, hosts: [], surveys };
    const page = reportsToHtml([report, report]);
    expect(page.length).toBeLessThan(5 * MAX_EVIDENCE_OCTETS);
    expect(textOf(page)).toContain('5 more were left out');
    expect(textOf(page)).toContain(`${count} more were left out`);
  });

  test('in domains told in full; the table names every one', () => {
    const reports = Array.from({ length: MAX_FULL_DOMAINS + 3 }, (_, index) => ({
      ...judged([host({ addresses: [address('192.0.2.1', [probe()])] })]),
      domain: `d${index}.example`,
    }));
    const page = parsePage(reportsToHtml(reports));
    expect(page.skeleton.filter((element) => element === 'article id')).toHaveLength(
      MAX_FULL_DOMAINS,
    );
    expect(page.text).toContain(`d${MAX_FULL_DOMAINS + 2}.example`);
    expect(page.text.replaceAll(/\s+/g, ' ')).toContain(
      `The first ${MAX_FULL_DOMAINS} are told in full below`,
    );
  });
});

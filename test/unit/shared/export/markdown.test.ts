// A report as Markdown: nothing from the network may become markup.
import { expect, test } from 'vitest';
import { reportsToMarkdown } from '../../../../shared/export/markdown.ts';
import type { CertificateReport } from '../../../../shared/inspection/report.ts';
import { address, certificate, host, judged, probe } from '../inspection/evidence.ts';
import { FULL_REPORT } from './full-report.ts';

const withSubject = (more: Partial<CertificateReport>) =>
  reportsToMarkdown([
    judged([host({ addresses: [address('192.0.2.1', [probe({ chain: [certificate(more)] })])] })]),
  ]);

test('markup, links and HTML in a certificate’s subject stay text', () => {
  const text = withSubject({ subject: 'CN=<img src=x> [a](http://b) **c** | d' });
  expect(text).toContain('CN=\\<img src=x\\> `[a](http://b)` \\*\\*c\\*\\* \\| d');
});

test('a line feed or control character starts no line of its own', () => {
  const text = withSubject({ subject: 'CN=a\n# heading\u001b[2J' });
  expect(text).toContain(String.raw`CN=a\\x0a\# heading\\x1b\[2J`);
});

test('names the outcome, the records and what joins them', () => {
  const text = withSubject({});
  expect(text).toMatch(/^# example\.org: secure\n/);
  expect(text).toMatch(/\| `3 1 1 a{64}` \| current \| yes \| 0 \|/);
});

test('tells what MTA-STS and TLS reporting come to, and nothing where they were not looked at', () => {
  const report = judged([host({})]);
  expect(reportsToMarkdown([report])).not.toContain('MTA-STS');
  const policy = {
    mtaSts: {
      checked: true,
      record: 'v=STSv1; id=1',
      id: '1',
      security: 'secure' as const,
      policy: { mode: 'enforce' as const, maxAge: 60, mx: ['*.example.net'] },
      uncovered: ['mx.example.org'],
      problem: null,
    },
    tlsRpt: {
      checked: true,
      record: 'v=TLSRPTv1; rua=x',
      rua: [],
      security: 'secure' as const,
      problem: '“x” is no URI',
    },
  };
  const text = reportsToMarkdown([{ ...report, policy }]);
  expect(text).toContain(
    String.raw`MTA-STS: enforce, \*.example.net, 60 s; leaves out mx.example.org`,
  );
  expect(text).toContain('TLS reports: not usable: “x” is no URI');
});

test('holds the table of senders and what has a date', () => {
  const text = reportsToMarkdown([FULL_REPORT]);
  expect(text).toContain('## What senders do');
  expect(text).toMatch(/^\| Sender and setting \| behind a plain resolver/m);
  expect(text).toMatch(/^\| Exim, DANE demanded: `hosts_require_dane = \*` \| .* \| .* \| .* \|$/m);
  expect(text).toContain('## What breaks next');
  expect(text).toMatch(/^\| Signature over the keys of example\.org .*2026-12-01 `00:00:00` UTC/m);
});

test('no bar in a text ends a cell', () => {
  const [first] = FULL_REPORT.hosts;
  if (first === undefined) throw new Error('no host');
  const name = 'a|b.example @a|b';
  const text = reportsToMarkdown([{ ...FULL_REPORT, hosts: [{ ...first, name }] }]);
  for (const line of text.split('\n').filter((each) => each.startsWith('| '))) {
    // An escaped bar ends none.
    expect(line.replaceAll('\\|', '').match(/\|/g)?.length, line).toBe(5);
  }
});

// What a report of an outbound test says, and what it must not: silence is no success, and only what is unsafe is red.
import { readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import { describe, expect, test } from 'vitest';
import { writeTestReport } from '../../../../shared/export/outbound.ts';
import type { Conclusion } from '../../../../shared/lab/conclusion.ts';
import type { Situation, TestReport } from '../../../../shared/lab/test-report.ts';
import { connection, FULL_TEST, situation } from './outbound-report.ts';
import { elementsOf, type Element } from './parsed-html.ts';

const TOOL = { version: '9.9.9' };
const write = (report: TestReport, format: Parameters<typeof writeTestReport>[1]): string =>
  writeTestReport(report, format, TOOL);

function testOf(
  conclusion: Conclusion,
  isFinal: boolean,
  ...situations: readonly Situation[]
): TestReport {
  const verdict = { conclusion, because: [], unknown: [] };
  return { ...FULL_TEST, leftOut: [], verdict, isFinal, situations };
}

const classOf = ({ attrs }: Element): string =>
  attrs.find(({ name }) => name === 'class')?.value ?? '';
const coloured = (page: string, tone: string): readonly Element[] =>
  elementsOf(page).filter((each) => classOf(each).split(' ').includes(`tone-${tone}`));

function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

const textsOf = (page: string): string =>
  textOf(parseFragment(page.replace(/<head>[^]*<\/head>/, ''))).replaceAll(/\s+/g, ' ');

describe('a test that was not finished', () => {
  const UNFINISHED = /The test was not finished when this was written: 2 of 8 situations were open/;

  test('is said to be so', () => {
    expect(textsOf(write(FULL_TEST, 'html'))).toMatch(UNFINISHED);
    expect(write(FULL_TEST, 'markdown')).toMatch(UNFINISHED);
    expect(write({ ...FULL_TEST, isFinal: true }, 'html')).not.toMatch(UNFINISHED);
    const rows = parseCsv(write(FULL_TEST, 'csv'), { columns: true });
    expect(rows).toContainEqual(expect.objectContaining({ final: 'no' }));
    expect(JSON.parse(write(FULL_TEST, 'json'))).toMatchObject({ isFinal: false });
  });

  test('has no good verdict: what is open may take it away', () => {
    const open = write(
      testOf('validates', false, situation('strip', { phase: 'waiting' })),
      'html',
    );
    expect(textsOf(open)).toContain('Checks DANE, so far');
    expect(coloured(open, 'ok')).toEqual([]);
    const closed = write(testOf('validates', true), 'html');
    expect(coloured(closed, 'ok').map(classOf)).toContain('outcome tone-ok');
  });

  test('before anything is certain tells nobody to send a mail', () => {
    const text = textsOf(write(testOf('open', false), 'html'));
    expect(text).toContain('No verdict yet Too little has been seen');
    expect(text).not.toContain('Send the mail');
  });
});

describe('colours', () => {
  test.each(['silent', 'waiting', 'under-way'] as const)('%s is no success', (phase) => {
    const page = write(testOf('could-not-tell', true, situation('do', { phase })), 'html');
    for (const tone of ['ok', 'warn', 'err']) expect(coloured(page, tone)).toEqual([]);
  });

  test('only what is unsafe is red', () => {
    for (const worth of ['conforms', 'allowed', 'too-strict', 'odd', 'unsafe'] as const) {
      const page = write(testOf('could-not-tell', true, situation('do', { worth })), 'html');
      expect([worth, coloured(page, 'err').length > 0]).toEqual([worth, worth === 'unsafe']);
    }
    for (const [conclusion, red] of [
      ['open', false],
      ['validates', false],
      ['validates-with-faults', false],
      ['refuses-everything', false],
      ['could-not-tell', false],
      ['does-not-check', true],
      ['encrypts-without-checking', true],
    ] as const) {
      const page = write(testOf(conclusion, true), 'html');
      expect([conclusion, coloured(page, 'err').length > 0]).toEqual([conclusion, red]);
    }
  });
});

describe('what is not known', () => {
  test('is counted and named, also where the test is over', () => {
    const verdict = { conclusion: 'validates', because: [], unknown: ['strip', 'bogus'] } as const;
    const report = { ...FULL_TEST, isFinal: true, verdict };
    expect(textsOf(write(report, 'html'))).toContain(
      'Of 2 of 8 situations nothing is known: strip, bogus.',
    );
  });

  test('is not listed where it is everything', () => {
    const all = FULL_TEST.situations.map(({ id }) => id);
    const verdict = { conclusion: 'could-not-tell', because: [], unknown: all } as const;
    expect(textsOf(write({ ...FULL_TEST, isFinal: true, verdict }, 'html'))).toContain(
      'Nothing is known of any situation. Silence speaks neither',
    );
  });

  test('situations that were not tried are named, and have a line of the table', () => {
    expect(textsOf(write(FULL_TEST, 'html'))).toMatch(/Not tried, .*: injected\./);
    expect(write(FULL_TEST, 'markdown')).toMatch(/Not tried, .*: injected\./);
    const rows = parseCsv(write(FULL_TEST, 'csv'), { columns: true });
    expect(rows.at(-1)).toMatchObject({ scenario: 'injected', phase: 'left-out', worth: '' });
  });
});

describe('steps', () => {
  const page = write(FULL_TEST, 'html');
  const details = elementsOf(page).filter(({ tagName }) => tagName === 'details');

  test('are told by connection, and questions apart', () => {
    expect(details.map((each) => textOf(each).trim().split('\n')[0])).toEqual([
      // do
      'Connection from 192.0.2.25, 2026-11-29 12:00:01 UTC: 10 steps',
      // wrong
      'Look-ups: 1 question',
      'Connection from 192.0.2.25, to host 2, 2026-11-29 12:00:01 UTC: 4 steps',
      'Connection from 192.0.2.25, 2026-11-29 12:00:01 UTC: 10 steps',
      // servfail
      'Look-ups: 1 question',
    ]);
  });

  test('those that the verdict rests on stand open, so that paper has them', () => {
    const open = details.filter(({ attrs }) => attrs.some(({ name }) => name === 'open'));
    expect(open).toHaveLength(3);
    expect(textsOf(page)).toContain('3 earlier steps left out.');
  });

  test('Markdown has those of what decided it, and no more than a ticket takes', () => {
    const text = write(FULL_TEST, 'markdown');
    expect(text).toContain('### Wrong records: unsafe');
    expect(text).not.toContain('### Right records');
    expect(text).toMatch(
      /^ {2}12:00:01\.\d{3} {2}192\.0\.2\.53 looked up TLSA of _25\._tcp\.mx\.wrong\.havedane\.test/m,
    );
    const seen = Array.from({ length: 20 }, (_, index) =>
      connection(`c${index}`, 1, { name: 'connected' }, { name: 'quit' }, { name: 'closed' }),
    ).flat();
    const many = testOf('could-not-tell', true, situation('do', { worth: 'unsafe', seen }));
    // Twenty connections of a title and three steps; forty lines are shown.
    expect(write(many, 'markdown')).toContain('40 earlier lines left out.');
  });
});

test('facts say when, where, and who could reach it', () => {
  const text = textsOf(write(FULL_TEST, 'html'));
  for (const part of [
    'Begun 2026-11-29 12:00:00 UTC',
    'Written 2026-11-29 12:05:00 UTC',
    'Waits until 2026-11-29 12:10:00 UTC',
    'Sender 192.0.2.25 (sender.example)',
    'Its resolver 192.0.2.53',
    'Name server 127.25.0.53#5300',
    'Trust anchor havedane.test. 60 IN DS 12345 13 2 ABCDEF',
    'Within reach of this machine alone',
    'Made with DANE Inspector 9.9.9',
  ])
    expect(text).toContain(part);
  expect(textsOf(write({ ...FULL_TEST, open: true }, 'html'))).toContain('other machines too');
});

test('many senders are counted, not listed', () => {
  const seen = Array.from({ length: 12 }, (_, index) => {
    const [step] = connection('c', 1, { name: 'connected' });
    return { at: step?.at ?? '', what: { ...step?.what, from: `192.0.2.${index}` } };
  }) as Situation['seen'];
  expect(textsOf(write(testOf('open', false, situation('do', { seen })), 'html'))).toMatch(
    /192\.0\.2\.7 and 4 more/,
  );
});

describe('the table', () => {
  test('has the columns that docs/reports.md names, in that order', () => {
    const [heading] = parseCsv(write(FULL_TEST, 'csv'));
    expect(heading).toEqual(documented('The CSV file'));
  });

  test('tells the last greeting and the last TLS session of each', () => {
    const rows = parseCsv(write(FULL_TEST, 'csv'), { columns: true });
    expect(rows[2]).toMatchObject({
      ...{ scenario: 'wrong', phase: 'decided', deed: 'delivered-tls', worth: 'unsafe' },
      ...{ senders: '192.0.2.25', resolvers: '192.0.2.53', steps: '18' },
      ...{ greeting: 'sender.example', tls_version: 'TLSv1.3', server_name: 'mx.test' },
      ...{ conclusion: 'does-not-check', version: '9.9.9', smtp_port: '25' },
    });
  });
});

test('the document has the fields that docs/reports.md names', () => {
  const document: unknown = JSON.parse(write(FULL_TEST, 'json'));
  expect(Object.keys(document as object).sort()).toEqual(documented('The JSON document').sort());
});

/** Names in the first column of the table behind the paragraph that begins so. */
function documented(paragraph: string): string[] {
  const [, section = ''] = readFileSync('docs/reports.md', 'utf8').split('\n## Outbound tests\n');
  const [, text = ''] = section.split(`\n${paragraph} `);
  const [, table = ''] = text.split('\n\n');
  return table
    .split('\n')
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)])
    .map(([, name = '']) => name);
}

// Whatever a sender or a file puts into an outbound test, each format shows it as that text and nothing else.
import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { writeTestReport } from '../../../../shared/export/outbound.ts';
import type { TestReport } from '../../../../shared/lab/test-report.ts';
import { FORMULAS, HOSTILE_TEXTS } from './hostile-texts.ts';
import { FULL_TEST, withTexts } from './outbound-report.ts';
import { parseMarkdown, parsePage, withoutCode } from './parsed-html.ts';

const TOOL = { version: '9.9.9' };
const everywhere = (text: string): TestReport => withTexts(FULL_TEST, () => text);
const HUGE = '<b>"\'&'.repeat(200_000);

/** Controls but line feed, and what turns the reading order or is not seen. */
const ONLY_SEEN =
  // oxlint-disable-next-line no-control-regex -- finding control characters is what it is for
  /^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*$/;

describe('HTML', () => {
  const pageOf = (report: TestReport) => parsePage(writeTestReport(report, 'html', TOOL));
  const benign = pageOf(everywhere('benign'));

  const check = (sent: string, shown: string): void => {
    const page = pageOf(everywhere(sent));
    expect(page.skeleton).toEqual(benign.skeleton);
    expect(page.comments).toBe(0);
    expect(page.addresses).toEqual([]);
    expect(page.styles).toEqual(benign.styles);
    expect(page.text).toContain(shown);
    expect(page.text).toMatch(ONLY_SEEN);
  };

  test.each(HOSTILE_TEXTS)('shows %j as text', check);

  test('shows the start of a text of a million characters', () => check(HUGE, '<b>"\'&<b>'));

  test('of such texts in every place it stays a page that opens, and a ticket that is taken', () => {
    expect(writeTestReport(everywhere(HUGE), 'html', TOOL).length).toBeLessThan(1_000_000);
    expect(writeTestReport(everywhere(HUGE), 'markdown', TOOL).length).toBeLessThan(65_536);
  });

  test('has no element and no attribute that acts or fetches', () => {
    const page = pageOf(FULL_TEST);
    expect([...page.elements].filter((name) => !ELEMENTS.includes(name))).toEqual([]);
    expect([...page.attributes].filter((name) => !ATTRIBUTES.includes(name))).toEqual([]);
    expect(page.styles[0]).not.toMatch(/url\(|@import|expression/i);
    expect(writeTestReport(FULL_TEST, 'html', TOOL)).toMatch(
      /http-equiv="Content-Security-Policy"\s+content="default-src 'none'; /,
    );
  });

  test('tells every text but those that only a program reads', () => {
    const marks = withTexts(FULL_TEST, (_, path) => `‹${path}›`);
    const { text } = pageOf(marks);
    const paths = new Set<string>();
    withTexts(FULL_TEST, (_, path) => (paths.add(path), ''));
    expect([...paths].filter((path) => !text.includes(`‹${path}›`))).toEqual([
      // It joins what belongs together.
      'situations.seen.what.connection',
      // That of the test, which stands in every recipient.
      'situations.seen.what.step.alias',
    ]);
  });
});

const ELEMENTS: readonly string[] = (
  'html head meta title style body header main footer article section details summary ' +
  'h2 h3 h4 p table thead tbody tr th td code span strong br svg path'
).split(' ');

const ATTRIBUTES: readonly string[] = (
  'lang charset http-equiv content name class scope open aria-hidden viewBox width height d ' +
  'stroke-dasharray'
).split(' ');

describe('Markdown', () => {
  const rendered = (report: TestReport) => parseMarkdown(writeTestReport(report, 'markdown', TOOL));
  const benign = rendered(everywhere('benign'));

  test.each([...HOSTILE_TEXTS, ...FORMULAS.map((text) => [text, ''] as const)])(
    'shows %j as text',
    (sent, shown) => {
      const page = rendered(everywhere(sent));
      expect(withoutCode(page)).toEqual(withoutCode(benign));
      expect(page.comments).toBe(0);
      expect(page.addresses).toEqual([]);
      expect(page.text).toContain(shown);
      expect(page.text).toMatch(ONLY_SEEN);
    },
  );
});

describe('CSV', () => {
  const rowsOf = (report: TestReport): readonly (readonly string[])[] => {
    const rows: readonly (readonly string[])[] = parseCsv(writeTestReport(report, 'csv', TOOL));
    expect(rows).toHaveLength(1 + FULL_TEST.situations.length + FULL_TEST.leftOut.length);
    expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
    return rows;
  };

  test.each(HOSTILE_TEXTS)('shows %j as text', (sent, shown) => {
    const recipient = rowsOf(everywhere(sent))[1]?.[2];
    expect([shown, `'${shown}`]).toContain(recipient?.trim());
  });

  test.each(FORMULAS)('reckons with %j nowhere', (sent) => {
    for (const cell of rowsOf(everywhere(sent)).flat())
      for (const part of cell.split(';')) expect(part).not.toMatch(/^["\s]*[=+\-@\t\r＝]/);
  });

  test('ends each line as RFC 4180 has it, and breaks none', () => {
    const text = writeTestReport(everywhere('a\r\nb\nc\rd'), 'csv', TOOL);
    expect(text.match(/\r\n/g)).toHaveLength(10);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('JSON', () => {
  test.each(HOSTILE_TEXTS)('gives %j back, in characters that steer nothing', (sent) => {
    const json = writeTestReport(everywhere(sent), 'json', TOOL);
    expect(JSON.parse(json)).toEqual({
      ...{ kind: 'outbound-test', schemaVersion: 1, tool: TOOL },
      ...everywhere(sent),
    });
    expect(json).toMatch(ONLY_SEEN);
  });
});

// Whatever text stands in any field of a report, each format shows it as that text and nothing else.
import { readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { reportsToCsv } from '../../../../shared/export/csv.ts';
import { reportsToHtml } from '../../../../shared/export/html.ts';
import { reportsToJson, reportToJsonLine } from '../../../../shared/export/json.ts';
import { reportsToMarkdown } from '../../../../shared/export/markdown.ts';
import type { Report } from '../../../../shared/inspection/report.ts';
import { FULL_REPORT, withProblems, withTexts } from './full-report.ts';
import { FORMULAS, HOSTILE_TEXTS } from './hostile-texts.ts';
import { parseMarkdown, parsePage, withoutCode } from './parsed-html.ts';

const everywhere = (text: string): Report => withTexts(FULL_REPORT, () => text);
const ALL_HOSTILE = [...HOSTILE_TEXTS.map(([sent]) => sent), ...FORMULAS].join(' ');
/** All but instants: without these nothing has a date. */
const undated = (text: string): Report =>
  withTexts(FULL_REPORT, (value) => (/^\d{4}-\d\d-\d\dT/.test(value) ? value : text));
const HUGE = '<b>"\'&'.repeat(200_000);

describe('HTML', () => {
  const benign = parsePage(reportsToHtml([everywhere('benign')]));

  const check = (sent: string, shown: string): void => {
    const page = parsePage(reportsToHtml([everywhere(sent)]));
    expect(page.skeleton).toEqual(benign.skeleton);
    expect(page.comments).toBe(0);
    expect(page.addresses).toEqual([]);
    expect(page.styles).toEqual(benign.styles);
    expect(page.text).toContain(shown);
    expect(page.text).toMatch(ONLY_SEEN);
  };

  test.each(HOSTILE_TEXTS)('shows %j as text', check);

  test('shows the start of a text of a million characters', () => check(HUGE, '<b>"\'&<b>'));

  test('shows them as text among what has a date as well', () => {
    const page = parsePage(reportsToHtml([undated(ALL_HOSTILE)]));
    expect(page.text).toContain('What breaks next');
    expect(page.skeleton).toEqual(parsePage(reportsToHtml([undated('benign')])).skeleton);
    expect(page.comments).toBe(0);
    expect(page.addresses).toEqual([]);
    expect(page.text).toMatch(ONLY_SEEN);
  });

  test('has no element and no attribute that acts or fetches', () => {
    const page = parsePage(reportsToHtml([FULL_REPORT, withProblems(FULL_REPORT)]));
    expect([...page.elements].filter((name) => !ELEMENTS.includes(name))).toEqual([]);
    expect([...page.attributes].filter((name) => !ATTRIBUTES.includes(name))).toEqual([]);
    const [pageStyle, reportStyle] = ['page', 'report'].map((name) =>
      readFileSync(`shared/export/${name}.css`, 'utf8'),
    );
    expect(page.styles[0]?.trim()).toBe(`${pageStyle} ${reportStyle}`.trim());
    expect(page.styles[0]).not.toMatch(/url\(|@import|expression/i);
    for (const address of page.addresses) {
      expect(address).toMatch(
        /^(#domain-\d+|https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+#section-[\d.]+)$/,
      );
    }
  });

  test('lets nothing be fetched or run, whatever it holds', () => {
    const [, policy] = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(
      reportsToHtml([FULL_REPORT]),
    ) ?? ['', ''];
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test('tells every field but those that only a program reads', () => {
    const marked = (report: Report): Report => withTexts(report, (_, path) => `‹${path}›`);
    const page = parsePage(
      reportsToHtml([marked(FULL_REPORT), withTextsOfProblems(marked(FULL_REPORT))]),
    );
    const paths = new Set<string>();
    withTexts(withProblems(FULL_REPORT), (_, path) => (paths.add(path), ''));
    const missing = [...paths].filter((path) => !page.text.includes(`‹${path}›`));
    expect(missing.filter((path) => !NOT_SHOWN.some((known) => known.test(path)))).toEqual([]);
  });

  test('says how much of a text is left out', () => {
    const page = parsePage(reportsToHtml([{ ...FULL_REPORT, summary: 'a'.repeat(9000) }]));
    expect(page.text).toContain(`${'a'.repeat(8000)} … (1000 more characters)`);
    expect(page.text).not.toContain('a'.repeat(8001));
  });
});

/** Controls but line feed, and what turns the reading order or is not seen. */
const ONLY_SEEN =
  // oxlint-disable-next-line no-control-regex -- finding control characters is what it is for
  /^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*$/;

const ELEMENTS: readonly string[] = (
  'html head meta title style body header main footer article section figure figcaption details summary ' +
  'h1 h2 h3 h4 p div ul li table thead tbody tr th td code pre span strong br a svg g rect path text title'
).split(' ');

const ATTRIBUTES: readonly string[] = (
  'lang charset http-equiv content name class id href rel role scope colspan aria-label aria-hidden ' +
  'viewBox x y width height rx d text-anchor stroke-dasharray'
).split(' ');

const NOT_SHOWN: readonly RegExp[] = [
  // Shown as octets, sixteen a row.
  /\.raw$/,
  // What became a finding is told by its words.
  /^(findings\.data|observations)\./,
  // Every zone is told once, in its own section; every question in the grid of its zone.
  /\.(lookUp|lookUps)\.chain\./,
  /^hosts\.(ancestors\.questions|tlsa\.servers)\./,
  // Told by words of ours.
  /^hosts\.ancestors\.(fault|rcode|security)$/,
  /^hosts\.addresses\.probes\.(associations\.code|failure|source|starttls|stages\.stage|transcript\.from)$/,
  /^hosts\.(security|tlsa\.baseDomain)$/,
  // In the record, or the conversation, as well.
  /^policy\.mtaSts\.id$/,
  /^hosts\.addresses\.probes\.banner$/,
];

function withTextsOfProblems(report: Report): Report {
  const { mtaSts, tlsRpt } = report.policy;
  return {
    ...report,
    policy: {
      mtaSts: { ...mtaSts, problem: '‹policy.mtaSts.problem›' },
      tlsRpt: { ...tlsRpt, problem: '‹policy.tlsRpt.problem›' },
    },
  };
}

describe('Markdown', () => {
  const rendered = (report: Report) => parseMarkdown(reportsToMarkdown([report]));
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

  test('shows them as text among what has a date as well', () => {
    const page = rendered(undated(ALL_HOSTILE));
    expect(page.text).toContain('What breaks next');
    expect(withoutCode(page)).toEqual(withoutCode(rendered(undated('benign'))));
    expect(page.addresses).toEqual([]);
    expect(page.text).toMatch(ONLY_SEEN);
  });

  test('leaves no word in running text that GitHub or GitLab would link', () => {
    const source = reportsToMarkdown([everywhere('@everyone #1 a@b.org GH-1 !1')]);
    const outside = source.replaceAll(/(`+)[^`][^]*?\1/g, '');
    expect(outside).not.toMatch(/@everyone|#1|a@b|GH-1|!1/);
  });
});

describe('CSV', () => {
  const cellsOf = (report: Report): readonly string[] => {
    const rows: readonly (readonly string[])[] = parseCsv(reportsToCsv([report, FULL_REPORT]));
    expect(rows).toHaveLength(3);
    expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
    return rows[1] ?? [];
  };

  test.each(HOSTILE_TEXTS)('shows %j as text', (sent, shown) => {
    const [domain] = cellsOf(everywhere(sent));
    expect([shown, `'${shown}`]).toContain(domain?.trim());
  });

  test.each(FORMULAS)('reckons with %j nowhere', (sent) => {
    for (const cell of cellsOf(everywhere(sent))) {
      for (const part of cell.split(';')) expect(part).not.toMatch(/^["\s]*[=+\-@\t\r＝]/);
    }
  });

  test('puts an apostrophe in front of a formula, behind quotes and semicolons too', () => {
    const cells = ['=1', '"=1', 'a;=1', ' @a'].map((text) => cellsOf(everywhere(text))[0]);
    expect(cells).toEqual(["'=1", `'"=1`, "a;'=1", "' @a"]);
  });

  test('has our own quotes and dashes as every spreadsheet reads them, and a dash starts no formula', () => {
    const text = reportsToCsv([everywhere('–1 “a” it’s … b · c')]);
    expect(text).toMatch(/^[\r\n -~]*$/);
    expect(cellsOf(everywhere('–1 “a” it’s … b · c'))[0]).toBe(`'-1 "a" it's ... b - c`);
  });

  test('cuts a cell where spreadsheets would refuse it', () => {
    const [domain = ''] = cellsOf(everywhere(HUGE));
    expect(domain.length).toBeLessThan(32_767);
  });

  test('ends each line as RFC 4180 has it, and breaks none', () => {
    const text = reportsToCsv([everywhere('a\r\nb\nc\rd')]);
    expect(text.match(/\r\n/g)).toHaveLength(2);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('JSON', () => {
  test.each(HOSTILE_TEXTS)('gives %j back, in characters that steer nothing', (sent) => {
    const hostile = everywhere(sent);
    const { step: _step, finished: _finished, ...document } = hostile;
    for (const json of [reportsToJson([hostile]), reportToJsonLine(hostile)]) {
      expect(JSON.parse(json)).toEqual(document);
      expect(json).toMatch(ONLY_SEEN);
    }
    expect(reportToJsonLine(hostile)).not.toContain('\n');
  });
});

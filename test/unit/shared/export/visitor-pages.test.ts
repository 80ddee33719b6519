// The pages for visitors, as a parser of others reads them: every text is a text, and nothing acts or is fetched from elsewhere.
import { describe, expect, test } from 'vitest';
import { visitorNote, type VisitorNote } from '../../../../shared/export/visitor-note.ts';
import { visitorStart } from '../../../../shared/export/visitor-start.ts';
import {
  visitorParts,
  visitorTestPage,
  type VisitorTest,
} from '../../../../shared/export/visitor-test.ts';
import { SCENARIOS } from '../../../../shared/lab/scenario.ts';
import type { TestReport } from '../../../../shared/lab/test-report.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { FULL_TEST, seenStep, situation, withTexts } from './outbound-report.ts';
import { elementsOf, parsePage, type Element } from './parsed-html.ts';

const VERSION = '9.9.9';
const OPEN: TestReport = { ...FULL_TEST, isFinal: false };

function visitorTest(report: TestReport, isAlone = false): VisitorTest {
  return { report, isAlone, deletedAt: '2026-11-30T12:00:00.000Z' };
}

function pageOf(report: TestReport, isStill = false): string {
  return visitorTestPage(visitorTest(report), { version: VERSION, isStill });
}

function attribute(element: Element | undefined, wanted: string): string | null {
  return element?.attrs.find(({ name }) => name === wanted)?.value ?? null;
}

describe('whatever a sender says', () => {
  const everywhere = (text: string): TestReport => withTexts(OPEN, () => text);
  const benign = parsePage(pageOf(everywhere('benign')));

  test.each(HOSTILE_TEXTS)('%j is shown as text', (sent, shown) => {
    const page = parsePage(pageOf(everywhere(sent)));
    expect(page.skeleton).toEqual(benign.skeleton);
    expect(page.comments).toBe(0);
    expect(page.text).toContain(shown);
    // Paths of ours, and links that write a mail; never what a text says.
    for (const address of page.addresses) expect(address).toMatch(/^(\/|mailto:)/);
  });

  test.each(HOSTILE_TEXTS)('%j is shown as text in the parts that come later', (sent, shown) => {
    const markup = visitorParts(visitorTest(everywhere(sent))).map((part) => part.markup);
    const page = parsePage(markup.join('\n'));
    const calm = visitorParts(visitorTest(everywhere('benign'))).map((part) => part.markup);
    expect(page.skeleton).toEqual(parsePage(calm.join('\n')).skeleton);
    expect(page.text).toContain(shown);
  });

  test('it stays a page of bounded size', () => {
    const huge = pageOf(everywhere('<b>"\'&'.repeat(200_000)));
    expect(huge.length).toBeLessThan(1_500_000);
  });

  test('the latest steps of thousands are shown', () => {
    const seen = Array.from({ length: 200 }, (_, index) =>
      seenStep({
        ...{ kind: 'dns', from: '192.0.2.53', type: 'MX', dnssec: true, minimised: false },
        name: `n${index}.do.havedane.test`,
      }),
    );
    const page = pageOf({ ...OPEN, situations: [situation('do', { seen, unshown: 3000 })] });
    expect(page).toContain('n199.do.havedane.test');
    expect(page).not.toContain('n159.do.havedane.test');
    expect(page).toContain('What was seen: 3200 steps');
    expect(page).toContain('The first 3160 are not shown.');
  });
});

describe('a test’s page', () => {
  test('has every recipient: in one line, one by one, in a mail, and in commands', () => {
    const elements = elementsOf(pageOf(OPEN));
    const all = OPEN.situations.map(({ recipient }) => recipient);
    const [box] = elements.filter(({ tagName }) => tagName === 'textarea');
    const [content] = box?.childNodes ?? [];
    expect(content !== undefined && 'value' in content ? content.value : '').toBe(all.join(', '));
    const singles = elements
      .filter((each) => attribute(each, 'class') === 'whole')
      .map(({ childNodes: [only] }) => (only !== undefined && 'value' in only ? only.value : ''));
    expect(new Set(singles)).toEqual(new Set(all));
    // RFC 6068 §2: commas between them, as one “to”.
    const links = elements.map((each) => attribute(each, 'href') ?? '');
    expect(links).toContain(`mailto:${all.join(',')}?subject=DANE%20test`);
    for (const address of all) expect(parsePage(pageOf(OPEN)).text).toContain(address);
  });

  test('tells HaveDane’s three first, and of each what is asked of a sender, and by which clause', () => {
    const situations = SCENARIOS.map(({ id }) => situation(id, {}));
    const page = pageOf({ ...OPEN, situations });
    const ids = elementsOf(page)
      .map((each) => attribute(each, 'id') ?? '')
      .filter((id) => id.startsWith('situation-'));
    expect(ids.slice(0, 3)).toEqual(['situation-do', 'situation-dont', 'situation-wrong']);
    expect(ids).toHaveLength(SCENARIOS.length);
    const { text } = parsePage(page);
    for (const { title, setting, duty, clause } of SCENARIOS)
      for (const said of [title, setting, duty, clause]) expect(text).toContain(said);
  });

  test('tells how each stands by shape and word, not by colour alone', () => {
    const worths = ['conforms', 'unsafe', 'too-strict', 'allowed', 'odd'] as const;
    const shapes = worths.map((worth) => {
      const situations = [situation('do', { worth, deed: 'refused' })];
      const elements = elementsOf(
        visitorParts(visitorTest({ ...OPEN, situations }))[1]?.markup ?? '',
      );
      const path = elements.find(({ tagName }) => tagName === 'path');
      return `${attribute(path, 'd')} ${attribute(path, 'stroke-dasharray')}`;
    });
    expect(new Set(shapes).size).toBe(worths.length);
  });

  test('says what another test at the same time takes away, and nothing of it otherwise', () => {
    const said = 'Another test was open at the same time.';
    const version = { version: VERSION, isStill: false };
    expect(visitorTestPage(visitorTest(OPEN, false), version)).toContain(said);
    expect(visitorTestPage(visitorTest(OPEN, true), version)).not.toContain(said);
  });

  test('loads itself anew only where no script runs, nobody wants it still, and something is waited for', () => {
    const reload = /<noscript\s*><meta http-equiv="refresh" content="5"\s*\/><\/noscript>/;
    expect(pageOf(OPEN)).toMatch(reload);
    expect(pageOf(OPEN).match(/http-equiv/g)).toHaveLength(1);
    expect(pageOf(OPEN, true)).not.toMatch(/http-equiv/);
    expect(pageOf({ ...OPEN, isFinal: true })).not.toMatch(/http-equiv/);
    expect(pageOf(OPEN)).toContain(`href="/tests/${OPEN.alias}?still"`);
    expect(pageOf(OPEN, true)).toContain(`href="/tests/${OPEN.alias}"`);
  });

  test('is told what is new as long as something is waited for', () => {
    const script = `src="/visitor.js" data-events="/tests/${OPEN.alias}/events"`;
    expect(pageOf(OPEN)).toContain(script);
    expect(pageOf({ ...OPEN, isFinal: true })).not.toContain('data-events');
  });

  test('holds the very elements that come later in their place', () => {
    const page = pageOf(OPEN);
    const parts = visitorParts(visitorTest(OPEN));
    expect(parts.map(({ id }) => id)).toEqual([
      'verdict',
      ...SCENARIOS.map(({ id }) => `situation-${id}`).filter((id) => page.includes(`"${id}"`)),
    ]);
    expect(parts).toHaveLength(OPEN.situations.length + 1);
    for (const { id, markup } of parts) {
      expect(page).toContain(markup);
      expect(
        attribute(
          elementsOf(markup).find((each) => each.attrs.length > 0),
          'id',
        ),
      ).toBe(id);
    }
  });
});

const PLACE = { base: 'havedane.example', version: VERSION };
const NOTES: readonly VisitorNote[] = [
  { kind: 'no-page' },
  { kind: 'no-test' },
  { kind: 'method' },
  { kind: 'failed' },
  { kind: 'foreign' },
  ...(['all', 'network', 'day'] as const).map((why) => ({ kind: 'too-many' as const, why })),
];

describe('every page', () => {
  const pages = new Map([
    ['start', visitorStart({ ...PLACE, count: 19, waitsMs: 600_000 })],
    ['test', pageOf(OPEN)],
    ['final', pageOf({ ...OPEN, isFinal: true })],
    ...NOTES.map((note) => [JSON.stringify(note), visitorNote(note, PLACE)] as const),
  ]);

  test.each([...pages])(
    '%s: has a language, a title, one heading, and nothing that acts',
    (_, page) => {
      const parsed = parsePage(page);
      const elements = elementsOf(page);
      expect(attribute(elements[0], 'lang')).toBe('en');
      expect(elements.filter(({ tagName }) => tagName === 'title')).toHaveLength(1);
      expect(elements.filter(({ tagName }) => tagName === 'h1')).toHaveLength(1);
      expect([...parsed.attributes].filter((name) => /^on|^style$/.test(name))).toEqual([]);
      expect(
        [...parsed.elements].filter((name) => /^(style|img|iframe|object|embed)$/.test(name)),
      ).toEqual([]);
      for (const address of parsed.addresses) expect(address).toMatch(/^\/(?!\/)|^mailto:/);
      const ids = elements.flatMap((each) => attribute(each, 'id') ?? []);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );
});

test('the first page says what is kept, for how long, and has one form, which is sent', () => {
  const page = visitorStart({ ...PLACE, count: 19, waitsMs: 60_000 });
  const { text } = parsePage(page);
  for (const said of [
    '19 addresses',
    'waits 1 minute for mail',
    '24 hours',
    'no cookie',
    'resolver',
  ])
    expect(text).toContain(said);
  const forms = elementsOf(page).filter(({ tagName }) => tagName === 'form');
  expect(forms.map((form) => [attribute(form, 'method'), attribute(form, 'action')])).toEqual([
    ['post', '/tests'],
  ]);
});

/** Every screen in a language that no one speaks: a text that came past the words stands out. */
import { MantineProvider } from '@mantine/core';
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, expect, it, vi } from 'vitest';
import type { StateCreator } from 'zustand';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import { fold } from '../../../shared/inspection/fold.ts';
import { ALGORITHM_NAMES } from '../../../shared/lab/place.ts';
import { resolverSettings } from '../../../shared/lab/resolver-settings.ts';
import { SCENARIOS } from '../../../shared/lab/scenario.ts';
import { stepSentence } from '../../../shared/lab/step-words.ts';
import { testMails } from '../../../shared/lab/test-mails.ts';
import type { SeenStep } from '../../../shared/lab/test-report.ts';
import { recipientsOf } from '../../../shared/lab/test-run.ts';
import { CONCLUSION_WORD, conclusionSentence } from '../../../shared/lab/words.ts';
import { mailStep, question, reportWith, running, STOPPED, WISH } from './lab/reports.ts';
import { degraded, troubled } from './streams.ts';

const { OPEN, CLOSE, marked } = vi.hoisted(() => {
  const OPEN = '⟦';
  const CLOSE = '⟧';
  /** The same shape, each text between marks, also those that functions make. */
  function marked(value: unknown): unknown {
    if (typeof value === 'string') return `${OPEN}${value}${CLOSE}`;
    if (typeof value === 'function') {
      return (...given: readonly unknown[]): unknown => {
        const made: unknown = Reflect.apply(value, undefined, given);
        return Array.isArray(made)
          ? made.map((part: unknown) => (typeof part === 'string' ? marked(part) : part))
          : marked(made);
      };
    }
    if (Array.isArray(value)) return value.map(marked);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner)]));
  }
  return { OPEN, CLOSE, marked };
});

vi.mock('../../../renderer/words/words.ts', async (original) => {
  const { words } = await original<{ words: { time: { locale: string } } }>();
  const other = marked(words) as typeof words;
  // The name of the locale is read by the browser alone.
  other.time.locale = words.time.locale;
  return { words: other };
});

// Without a page, React shows what a store began with; here it shall show what it holds.
vi.mock('zustand', async (original) => {
  const { createStore, useStore } = await original<typeof import('zustand')>();
  return {
    create: (begin: StateCreator<unknown>) => {
      const store = createStore(begin);
      store.getInitialState = store.getState;
      return Object.assign((select: (state: unknown) => unknown) => useStore(store, select), store);
    },
  };
});

beforeEach(() => {
  vi.stubGlobal('window', { daneInspector: {}, addEventListener: () => undefined });
});

const SENDER = 'postmaster@localhost';
const RUN = { startedAt: 0, silentAfterMs: 0, scenarios: SCENARIOS.map(({ id }) => id) };
const sentenceOf = ({ what }: SeenStep): string => stepSentence(what);

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** A folder and a command that are the same in every language. */
const EXAMPLES = '/etc/letsencrypt/live/NAME, openssl s_client -showcerts';

/** Attributes that people read or hear. */
const READ = /^(title|alt|placeholder|aria-label|aria-description|aria-valuetext)$/;

function textsOf(markup: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('value' in node && node.nodeName === '#text') texts.push(node.value);
    if ('attrs' in node) {
      texts.push(...node.attrs.filter(({ name }) => READ.test(name)).map(({ value }) => value));
    }
    if ('childNodes' in node && node.nodeName !== 'style') node.childNodes.forEach(visit);
  };
  visit(parseFragment(markup));
  return texts;
}

/** What stands outside the marks, which may stand one in the other. */
function unmarked(text: string): string {
  let depth = 0;
  let outside = '';
  for (const character of text) {
    if (character === OPEN) depth += 1;
    if (depth === 0) outside += character;
    if (character === CLOSE) depth -= 1;
  }
  return outside.trim();
}

/** Texts with a word in them that neither the words nor the report know. */
function strangers(screen: ReactNode, known: string): readonly string[] {
  const markup = renderToStaticMarkup(<MantineProvider env="test">{screen}</MantineProvider>);
  const texts = textsOf(markup);
  expect(texts.some((text) => text.includes(OPEN))).toBe(true);
  return texts.map(unmarked).filter((text) => /\p{L}{2}/u.test(text) && !known.includes(text));
}

it.each(['generate', 'rollover', 'batch', 'outbound', 'watch', 'settings', 'start'] as const)(
  'nothing on %s as it begins is a stranger',
  async (screen) => {
    const screens = {
      generate: async () =>
        (await import('../../../renderer/generate/generate-screen.tsx')).GenerateScreen,
      rollover: async () =>
        (await import('../../../renderer/rollover/rollover-screen.tsx')).RolloverScreen,
      batch: async () => (await import('../../../renderer/batch/batch-screen.tsx')).BatchScreen,
      outbound: async () =>
        (await import('../../../renderer/lab/outbound-screen.tsx')).OutboundScreen,
      watch: async () => (await import('../../../renderer/watch/watch-screen.tsx')).WatchScreen,
      settings: async () =>
        (await import('../../../renderer/settings/settings-screen.tsx')).SettingsScreen,
      start: async () => (await import('../../../renderer/inspect/start-screen.tsx')).StartScreen,
    };
    const Screen = await screens[screen]();
    expect(strangers(<Screen />, EXAMPLES)).toEqual([]);
  },
);

it.each([
  ['degraded', degraded],
  ['troubled', troubled],
])('nothing on a result is a stranger: %s', async (_name, events) => {
  const { useInspection } = await import('../../../renderer/store/inspection-store.ts');
  const { FindingsPanel } = await import('../../../renderer/findings/findings-panel.tsx');
  const { SendersTab } = await import('../../../renderer/outlook/senders-tab.tsx');
  const { OutlookTab } = await import('../../../renderer/outlook/outlook-tab.tsx');
  const { VerdictLine } = await import('../../../renderer/inspect/verdict-line.tsx');
  const { sendersNotes, sendersTable } = await import('../../../shared/mail-software/senders.ts');
  const { deadlinesOf } = await import('../../../shared/outlook/deadlines.ts');
  const report = events().reduce(fold, emptyReport('example.org'));
  useInspection.setState({ report, phase: 'finished', runId: 'r', events: events() });
  const known = JSON.stringify([
    ...[report, sendersTable(report), sendersNotes(report)],
    deadlinesOf(report, Date.parse(report.at)),
  ]);
  expect(strangers(<FindingsPanel />, known)).toEqual([]);
  expect(strangers(<SendersTab />, known)).toEqual([]);
  expect(strangers(<OutlookTab />, known)).toEqual([]);
  expect(strangers(<VerdictLine glance={null} />, known)).toEqual([]);
});

it('nothing on the test of a sender is a stranger, before it and in each of its steps', async () => {
  const { useOutbound } = await import('../../../renderer/store/outbound-store.ts');
  const { useOutboundSetup } = await import('../../../renderer/store/outbound-setup.ts');
  const { formOf } = await import('../../../renderer/store/outbound-form.ts');
  const { OutboundScreen } = await import('../../../renderer/lab/outbound-screen.tsx');
  const { senderSettings } = await import('../../../renderer/lab/software.ts');
  const seen = [question('_25._tcp.mx.do.havedane.test'), mailStep({ name: 'connected' })];
  const report = reportWith({ leftOut: ['strip'] }, { do: { seen, unshown: 2 } });
  const { base, nameServer, trustAnchor } = report;
  const recipients = recipientsOf({ ...report, ...RUN }, base);
  const check = {
    resolver: '127.0.0.1#53',
    state: 'ready',
    sentence: 'So.',
    advice: null,
  } as const;
  const known = [
    ...[report, WISH, SCENARIOS, ALGORITHM_NAMES, CONCLUSION_WORD, check, seen.map(sentenceOf)],
    ...resolverSettings({ base, ...nameServer, trustAnchor }),
    ...[senderSettings(report, WISH.addresses, '127.0.0.1'), testMails(recipients, SENDER)],
    conclusionSentence(report.verdict),
  ];
  const texts = stringsIn(known).join('\n');
  useOutbound.setState({ form: formOf(WISH), isFormOpen: true, state: STOPPED });
  expect(strangers(<OutboundScreen />, texts)).toEqual([]);
  useOutbound.setState({ state: running(report), unfolded: ['do', 'wrong'] });
  useOutboundSetup.setState({ checked: { checks: [check], problem: null } });
  for (const step of ['resolver', 'mail-server', 'send', null] as const) {
    useOutboundSetup.setState({ step, sender: SENDER });
    expect(strangers(<OutboundScreen />, texts), step ?? 'folded').toEqual([]);
  }
});

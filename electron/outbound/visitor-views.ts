/** The tests of visitors as their pages show them; each is looked at so often only, however many read it. */
import { writeTestReport } from '../../shared/export/outbound.ts';
import {
  visitorParts,
  visitorTestPage,
  type VisitorPart,
  type VisitorTest,
} from '../../shared/export/visitor-test.ts';
import { testReport, type TestFacts } from '../../shared/lab/test-report.ts';
import type { TestRun } from '../../shared/lab/test-run.ts';
import { once } from '../lab/once.ts';
import type { Clock } from '../net/network.ts';
import type { OutboundTest } from './outbound-test.ts';
import { KEEP_MS } from './state.ts';

export interface VisitorViews {
  /** Null for a test that is not kept, or never was. */
  read(alias: string): VisitorView | null;
}

/** Each is written once, when somebody wants it. */
export interface VisitorView {
  /** Nothing more is waited for. */
  readonly isFinal: boolean;
  page(): string;
  /** One that does not load itself anew. */
  stillPage(): string;
  parts(): readonly VisitorPart[];
  /** JSON, as reports have it. */
  data(): string;
}

/** What the service does not know by itself. */
export interface VisitorFacts extends Pick<TestFacts, 'smtpPort' | 'open'> {
  /** Of this program. */
  readonly version: string;
}

/** Milliseconds for which a look holds: what everybody saw is gone through for each. */
export const VIEW_MS = 500;
/** Views that are held; there are no more tests than are kept, and few are read at a time. */
const MAX_HELD = 50;

interface Held {
  readonly view: VisitorView;
  readonly until: number;
}

export function createVisitorViews(
  test: OutboundTest,
  facts: VisitorFacts,
  clock: Pick<Clock, 'now' | 'monotonic'>,
): VisitorViews {
  const held = new Map<string, Held>();
  return {
    read(alias) {
      const known = held.get(alias);
      if (known !== undefined && clock.monotonic() < known.until) return known.view;
      held.delete(alias);
      const seen = look(test, facts, clock.now(), alias);
      if (seen === null) return null;
      const view = viewOf(seen, facts.version);
      // From the end of the look, so that what takes long is done the more seldom.
      held.set(alias, { view, until: clock.monotonic() + VIEW_MS });
      const [oldest] = held.keys();
      if (held.size > MAX_HELD && oldest !== undefined) held.delete(oldest);
      return view;
    },
  };
}

function viewOf(test: VisitorTest, version: string): VisitorView {
  const { report } = test;
  return {
    isFinal: report.isFinal,
    page: once(() => visitorTestPage(test, { version, isStill: false })),
    stillPage: once(() => visitorTestPage(test, { version, isStill: true })),
    parts: once(() => visitorParts(test)),
    data: once(() => writeTestReport(report, 'json', { version })),
  };
}

function look(
  test: OutboundTest,
  { smtpPort, open }: VisitorFacts,
  now: number,
  alias: string,
): VisitorTest | null {
  const runs = test.runs();
  const run = runs.find((each) => each.alias === alias);
  const standings = test.standings(alias);
  const seen = test.seen(alias);
  if (run === undefined || standings === null || seen === null) return null;
  const { base, nameServer, trustAnchor, leftOut } = test;
  const facts = { base, nameServer, trustAnchor, smtpPort, open, leftOut };
  return {
    report: testReport(facts, run, standings, seen, now),
    deletedAt: new Date(run.startedAt + KEEP_MS).toISOString(),
    isAlone: runs.every((other) => other.alias === alias || !meets(run, other, now)),
  };
}

/** Whether both were open at some time up to now: then a question to the name server may be of either. */
function meets(run: TestRun, other: TestRun, now: number): boolean {
  const end = Math.min(now, run.startedAt + run.silentAfterMs);
  return other.startedAt <= end && run.startedAt <= other.startedAt + other.silentAfterMs;
}

/** Tells of an outbound test: for a person in lines, for a program one JSON object a change. */
import { printable } from '../../shared/findings/safe-text.ts';
import type { Verdict } from '../../shared/lab/conclusion.ts';
import type { Observation } from '../../shared/lab/observation.ts';
import type { Worth } from '../../shared/lab/scenario.ts';
import type { Standing } from '../../shared/lab/standing.ts';
import { stepSentence } from '../../shared/lab/step-words.ts';
import { recipientsOf, type TestRun } from '../../shared/lab/test-run.ts';
import {
  CONCLUSION_WORD,
  conclusionSentence,
  deedSentence,
  WORTH_WORD,
} from '../../shared/lab/words.ts';
import type { OutboundTest } from '../compose.ts';
import {
  tellGuide,
  tellPlace,
  tellResolver,
  tellVisitorsGuide,
  type ResolverWord,
  type StartFacts,
} from './print-outbound-start.ts';
import type { Terminal, Tone } from './terminal.ts';
import { wrap } from './wrap.ts';

export interface OutboundTeller {
  /** Null for `run`: visitors begin tests, on their page. */
  started(test: OutboundTest, run: TestRun | null, facts: StartFacts): void;
  /** Of each resolver that was to be asked. */
  resolver(check: ResolverWord): void;
  /** What there is to do, once all that was to be asked is. */
  guide(test: OutboundTest, run: TestRun | null, facts: StartFacts): void;
  seen(observation: Observation): void;
  /** Of a situation that is another than before. */
  standing(standing: Standing): void;
  verdict(verdict: Verdict, standings: readonly Standing[], isLast: boolean): void;
}

export function jsonTeller({ out }: Terminal): OutboundTeller {
  const tell = (object: object): void => out(JSON.stringify(object));
  return {
    started: (test, run, { smtpPort, listenPort, open, goesOn, settings, silentAfterMs }) => {
      const { base, trustAnchor, nameServer, leftOut } = test;
      tell({
        ...{ event: 'started', base, nameServer, trustAnchor, smtpPort, listenPort, open, goesOn },
        hosts: test.hosts.map(({ scenario, rank, name, address }) => ({
          ...{ scenario, rank, name, address },
        })),
        leftOut,
        startedAt: run === null ? null : instant(run.startedAt),
        silentAfterMs: run?.silentAfterMs ?? silentAfterMs,
        recipients: (run === null ? [] : recipientsOf(run, base)).map(
          ({ scenario: { id }, address }) => ({ scenario: id, address }),
        ),
        ...settings,
      });
    },
    resolver: ({ resolver: { address, port }, state, sentence, advice }) =>
      tell({ event: 'resolver', resolver: `${address}#${port}`, state, sentence, advice }),
    guide: () => undefined,
    seen: ({ at, scenario, seen }) => tell({ event: 'seen', at: instant(at), scenario, ...seen }),
    standing: ({ scenario, phase, deed, worth, basis }) =>
      tell({ event: 'standing', scenario: scenario.id, phase, deed, worth, basis }),
    verdict: ({ conclusion, because, unknown }, _, isLast) =>
      tell({ event: 'verdict', conclusion, because, unknown, final: isLast }),
  };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

export function personTeller(terminal: Terminal): OutboundTeller {
  return {
    started: (test, _, facts) => tellPlace(test, facts, terminal),
    resolver: (check) => tellResolver(check, terminal),
    guide: (test, run, facts) =>
      run === null
        ? tellVisitorsGuide(test, facts, terminal)
        : tellGuide(test, run, facts, terminal),
    seen: (observation) => tellSeen(observation, terminal),
    standing: (standing) => tellStanding(standing, terminal),
    verdict: (verdict, standings, isLast) => {
      if (verdict.conclusion !== 'open') tellVerdict(verdict, standings, isLast, terminal);
    },
  };
}

/** One line, however long: what was seen is a log, which programs search too. */
function tellSeen({ at, scenario, seen }: Observation, { out, paint }: Terminal): void {
  const who = printable(seen.from);
  const host = seen.kind === 'smtp' && seen.host > 1 ? ` (host ${seen.host})` : '';
  out(
    paint('quiet', `${clock(at)}  ${scenario.padEnd(LABEL_COLUMNS)}  ${who}${host} `) +
      printable(stepSentence(seen)),
  );
}

/** Of the longest situation: `unusable-strip`. */
const LABEL_COLUMNS = 14;

function clock(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}

const MARKS: Readonly<Record<Worth, readonly [string, Tone]>> = {
  conforms: ['✓', 'good'],
  allowed: ['○', 'quiet'],
  'too-strict': ['!', 'warning'],
  odd: ['?', 'warning'],
  unsafe: ['✗', 'bad'],
};

function tellStanding(standing: Standing, terminal: Terminal): void {
  if (standing.phase === 'decided') terminal.out(standingLine(standing, terminal));
}

function standingLine(standing: Standing, { paint, width }: Terminal): string {
  const { scenario, worth } = standing;
  const [mark, tone] = worth === null ? (['·', 'quiet'] as const) : MARKS[worth];
  const judged = worth === null ? '' : ` (${WORTH_WORD[worth]}, ${scenario.clause})`;
  const head = `${mark} ${scenario.id.padEnd(LABEL_COLUMNS)}`;
  const indent = ' '.repeat(head.length + 2);
  const text = wrap(`${scenario.title}: ${deedSentence(standing)}${judged}`, width, indent);
  return `${paint(tone, head)}${text.slice(head.length)}`;
}

function tellVerdict(
  verdict: Verdict,
  standings: readonly Standing[],
  isLast: boolean,
  terminal: Terminal,
): void {
  const { out, paint, width } = terminal;
  const { conclusion } = verdict;
  out(`\n${paint(toneOf(verdict), CONCLUSION_WORD[conclusion])}`);
  out(wrap(conclusionSentence(verdict), width, ''));
  if (isLast) for (const standing of standings) out(standingLine(standing, terminal));
  else out(wrap('What is still open may add to it.', width, ''));
  out('');
}

function toneOf({ conclusion }: Verdict): Tone {
  switch (conclusion) {
    case 'validates':
      return 'good';
    case 'does-not-check':
    case 'encrypts-without-checking':
      return 'bad';
    case 'open':
      return 'quiet';
    case 'validates-with-faults':
    case 'refuses-everything':
    case 'could-not-tell':
      return 'warning';
  }
}

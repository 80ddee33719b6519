/** Tells of an outbound test: for a person in lines, for a program one JSON object a change. */
import { printable } from '../../shared/findings/safe-text.ts';
import type { Verdict } from '../../shared/lab/conclusion.ts';
import type { Observation } from '../../shared/lab/observation.ts';
import { resolverSettings, type ResolverSettings } from '../../shared/lab/resolver-settings.ts';
import type { Worth } from '../../shared/lab/scenario.ts';
import type { Standing } from '../../shared/lab/standing.ts';
import { stepSentence } from '../../shared/lab/step-words.ts';
import { testMails } from '../../shared/lab/test-mails.ts';
import { recipientsOf, type TestRun } from '../../shared/lab/test-run.ts';
import {
  CONCLUSION_WORD,
  conclusionSentence,
  deedSentence,
  WORTH_WORD,
} from '../../shared/lab/words.ts';
import type { OutboundTest } from '../compose.ts';
import type { Terminal, Tone } from './terminal.ts';
import { indentLines, wrap } from './wrap.ts';

export interface StartFacts {
  readonly smtpPort: number;
  readonly listenPort: number;
  /** Whether strangers can reach it. */
  readonly open: boolean;
  /** The run was begun before a restart. */
  readonly goesOn: boolean;
}

export interface OutboundTeller {
  started(test: OutboundTest, run: TestRun, facts: StartFacts): void;
  seen(observation: Observation): void;
  /** Of a situation that is another than before. */
  standing(standing: Standing): void;
  verdict(verdict: Verdict, standings: readonly Standing[], isLast: boolean): void;
}

/** Whose mail it is said to be; any will do. */
const SENDER = 'postmaster@localhost';

export function jsonTeller({ out }: Terminal): OutboundTeller {
  const tell = (object: object): void => out(JSON.stringify(object));
  return {
    started: (test, run, { smtpPort, listenPort, open, goesOn }) => {
      const { base, trustAnchor, nameServer, leftOut } = test;
      tell({
        ...{ event: 'started', base, nameServer, trustAnchor, smtpPort, listenPort, open, goesOn },
        hosts: test.hosts.map(({ scenario, rank, name, address }) => ({
          ...{ scenario, rank, name, address },
        })),
        leftOut,
        ...{ startedAt: instant(run.startedAt), silentAfterMs: run.silentAfterMs },
        recipients: recipientsOf(run, base).map(({ scenario, address }) => ({
          ...{ scenario: scenario.id, address },
        })),
        resolvers: settingsOf(test),
      });
    },
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
    started: (test, run, facts) => tellStart(test, run, facts, terminal),
    seen: (observation) => tellSeen(observation, terminal),
    standing: (standing) => tellStanding(standing, terminal),
    verdict: (verdict, standings, isLast) => {
      if (verdict.conclusion !== 'open') tellVerdict(verdict, standings, isLast, terminal);
    },
  };
}

function tellStart(
  test: OutboundTest,
  run: TestRun,
  { smtpPort, listenPort, open, goesOn }: StartFacts,
  terminal: Terminal,
): void {
  const { out, paint, width } = terminal;
  const { base, nameServer, hosts, leftOut, trustAnchor } = test;
  const say = (text: string): void => out(wrap(text, width, ''));
  const addresses = [...new Set(hosts.map(({ address }) => address))];
  const led = listenPort === smtpPort ? '' : `, led to port ${listenPort}`;
  out(paint('strong', `Outbound test ${base}`));
  out(`Name server   ${nameServer.address}#${nameServer.port}`);
  out(`Mail servers  ${addresses.join(' ')}, port ${smtpPort}${led}`);
  out(`Trust anchor  ${trustAnchor}`);
  if (open) say('Strangers can reach it. Mail for others than the recipients below is refused.');
  if (leftOut.length > 0) {
    say(
      `Left out for want of addresses: ${leftOut.join(', ')}. Each of them needs an address of its own (--addresses).`,
    );
  }
  if (addresses.length < hosts.length) {
    say(
      'Situations share an address. They are told apart by the server name that the sender gives in TLS, or by the recipient; of a sender that leaves without either, nothing is told.',
    );
  }
  out(paint('strong', '\n1. Let the resolver of your mail server find the zone, and trust it'));
  for (const settings of settingsOf(test)) tellSettings(settings, terminal);
  out(paint('strong', '\n2. Send one mail to all of these, from the mail server that is tested'));
  if (goesOn) say('The test that was under way before the restart goes on.');
  for (const { label, text } of testMails(recipientsOf(run, base), SENDER))
    out(`${paint('quiet', label)}\n${indentLines(text, '  ')}`);
  out(paint('strong', '\n3. What it does'));
  say(`Silence counts after ${Math.round(run.silentAfterMs / 1000)} seconds. Ctrl-C ends it.`);
}

function settingsOf({ base, nameServer, trustAnchor }: OutboundTest): readonly ResolverSettings[] {
  return resolverSettings({ base, ...nameServer, trustAnchor });
}

function tellSettings(settings: ResolverSettings, { out, paint, width }: Terminal): void {
  const { software, file, text, apply, notes } = settings;
  out(paint('quiet', file === null ? software : `${software}: ${file}`));
  if (text !== '') out(indentLines(text.trimEnd(), '  '));
  if (apply !== null) out(`  # then: ${apply}`);
  for (const note of notes) out(wrap(note, width, '  '));
}

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
  allowed: ['✓', 'good'],
  'too-strict': ['!', 'warning'],
  odd: ['?', 'warning'],
  unsafe: ['✗', 'bad'],
};

function tellStanding(standing: Standing, terminal: Terminal): void {
  if (standing.phase === 'decided') terminal.out(standingLine(standing, terminal));
}

function standingLine(standing: Standing, { paint }: Terminal): string {
  const { scenario, worth } = standing;
  const [mark, tone] = worth === null ? (['·', 'quiet'] as const) : MARKS[worth];
  const judged = worth === null ? '' : ` (${WORTH_WORD[worth]}, ${scenario.clause})`;
  const head = `${mark} ${scenario.id.padEnd(LABEL_COLUMNS)}`;
  return `${paint(tone, head)}  ${scenario.title}: ${deedSentence(standing)}${judged}`;
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

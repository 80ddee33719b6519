/** What a report of an outbound test says of it, in words and shapes that all formats share. */
import { conclusionSentence, CONCLUSION_WORD, WORTH_WORD } from '../lab/words.ts';
import type { Conclusion } from '../lab/conclusion.ts';
import type { MailStep } from '../lab/observation.ts';
import { SCENARIOS, type Scenario, type Worth } from '../lab/scenario.ts';
import { stepSentence } from '../lab/step-words.ts';
import type { SeenStep, Situation, TestReport } from '../lab/test-report.ts';
import type { Face, Shape, Tone } from './faces.ts';
import { instant } from './instant.ts';

export interface VerdictTold {
  readonly face: Face;
  readonly sentence: string;
  /** What limits it: that the test was not over, what is not known, what was not tried. */
  readonly limits: readonly string[];
}

export function verdictTold(report: TestReport): VerdictTold {
  const { verdict, isFinal } = report;
  const { conclusion } = verdict;
  return {
    face: verdictFace(conclusion, isFinal),
    sentence: conclusion === 'open' ? NOTHING_CERTAIN : conclusionSentence(verdict),
    limits: [...unfinished(report), ...unknown(report), ...leftOut(report)],
  };
}

const NOTHING_CERTAIN = 'Too little has been seen of this sender for a verdict.';

/** What is still open can take away from a good verdict, never from a bad one. */
function verdictFace(conclusion: Conclusion, isFinal: boolean): Face {
  const word = CONCLUSION_WORD[conclusion];
  switch (conclusion) {
    case 'validates':
      return isFinal ? face('ok', 'tick', word) : face('none', 'question', `${word}, so far`);
    case 'validates-with-faults':
    case 'refuses-everything':
      return face('warn', 'triangle', isFinal ? word : `${word}, so far`);
    case 'does-not-check':
    case 'encrypts-without-checking':
      return face('err', 'octagon', word);
    case 'could-not-tell':
      return face('none', 'question', word);
    case 'open':
      return face('none', 'question', 'No verdict yet');
  }
}

function unfinished({ isFinal, situations }: TestReport): readonly string[] {
  if (isFinal) return [];
  const open = situations.filter(({ phase }) => phase === 'waiting' || phase === 'under-way');
  return [
    `The test was not finished when this was written: ${open.length} of ${situations.length} situations were open, and what comes of them counts too.`,
  ];
}

function unknown({ isFinal, situations, verdict }: TestReport): readonly string[] {
  if (!isFinal || verdict.unknown.length === 0) return [];
  if (verdict.unknown.length === situations.length)
    return [
      'Nothing is known of any situation. Silence speaks neither for the sender nor against it.',
    ];
  return [
    `Of ${verdict.unknown.length} of ${situations.length} situations nothing is known: ${verdict.unknown.join(', ')}. Silence speaks neither for the sender nor against it.`,
  ];
}

function leftOut(report: TestReport): readonly string[] {
  if (report.leftOut.length === 0) return [];
  return [`Not tried, for want of addresses of their own: ${report.leftOut.join(', ')}.`];
}

/** Nothing but what is unsafe is red; what is not known is no success. */
export function situationFace({ phase, worth }: Situation): Face {
  if (worth !== null) return WORTH_FACES[worth];
  return phase === 'under-way'
    ? face('none', 'question', 'not decided yet')
    : face('none', 'question', phase === 'waiting' ? 'nothing seen yet' : 'not known');
}

const face = (tone: Tone, shape: Shape, word: string): Face => ({ tone, shape, word });

const WORTH_FACES: Readonly<Record<Worth, Face>> = {
  conforms: face('ok', 'tick', WORTH_WORD.conforms),
  allowed: face('none', 'ring', WORTH_WORD.allowed),
  'too-strict': face('warn', 'triangle', WORTH_WORD['too-strict']),
  odd: face('warn', 'question', WORTH_WORD.odd),
  unsafe: face('err', 'octagon', WORTH_WORD.unsafe),
};

export interface SituationTold {
  readonly scenario: Scenario;
  readonly situation: Situation;
  readonly face: Face;
  /** It bears on the verdict, or is not as it should be. */
  readonly matters: boolean;
}

export function situationsTold({ situations, verdict }: TestReport): readonly SituationTold[] {
  return SCENARIOS.flatMap((scenario) =>
    situations
      .filter(({ id }) => id === scenario.id)
      .map((situation) => ({
        ...{ scenario, situation, face: situationFace(situation) },
        matters: verdict.because.includes(scenario.id) || isAmiss(situation),
      })),
  );
}

function isAmiss({ worth }: Situation): boolean {
  return worth === 'unsafe' || worth === 'too-strict' || worth === 'odd';
}

/** What is to be read together: the questions of resolvers, or the steps of one connection. */
export interface Episode {
  readonly title: string;
  readonly steps: readonly StepTold[];
}

export interface StepTold {
  /** `15:03:00.120`, UTC. */
  readonly time: string;
  readonly text: string;
}

export function episodesOf({ seen }: Situation): readonly Episode[] {
  const questions = seen.filter(({ what }) => what.kind === 'dns');
  const connections = new Map<string, { readonly first: MailStep; readonly steps: SeenStep[] }>();
  for (const step of seen) {
    const { what } = step;
    if (what.kind === 'dns') continue;
    const known = connections.get(what.connection) ?? { first: what, steps: [] };
    known.steps.push(step);
    connections.set(what.connection, known);
  }
  return [
    ...(questions.length === 0
      ? []
      : [
          {
            title: `Look-ups: ${counted(questions.length, 'question')}`,
            steps: questions.map(stepTold),
          },
        ]),
    ...[...connections.values()].map(({ first, steps }) => ({
      title: connectionTitle(first, steps),
      steps: steps.map(stepTold),
    })),
  ];
}

function connectionTitle({ from, host }: MailStep, steps: readonly SeenStep[]): string {
  const at = instant(steps[0]?.at ?? '');
  const which = host > 1 ? `, to host ${host}` : '';
  return `Connection from ${shortened(from)}${which}, ${shortened(at)}: ${counted(steps.length, 'step')}`;
}

function stepTold({ at, what }: SeenStep): StepTold {
  const who = what.kind === 'dns' ? `${shortened(what.from)} ` : '';
  return {
    time: at.slice(TIME_OF_DAY.from, TIME_OF_DAY.to),
    text: shortened(who + stepSentence(what)),
  };
}

/** Of an instant in ISO 8601, `HH:MM:SS.sss`. */
const TIME_OF_DAY = { from: 11, to: 23 };

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Characters of one step: names have up to 255 (RFC 1035 §2.3.4), and a greeting is as long as its sender likes. */
const MAX_STEP_CHARACTERS = 400;

export function shortened(text: string): string {
  const left = text.length - MAX_STEP_CHARACTERS;
  return left <= 0 ? text : `${text.slice(0, MAX_STEP_CHARACTERS)} … (${left} more characters)`;
}

/** `label`, `value`: when, where and with what. */
export type Fact = readonly [label: string, value: string];

export function factsTold(report: TestReport, tool: { readonly version: string }): readonly Fact[] {
  const { base, alias, nameServer, smtpPort } = report;
  const facts: readonly Fact[] = [
    ['Begun', instant(report.startedAt)],
    [report.isFinal ? 'Finished' : 'Written', instant(report.at)],
    ...(report.isFinal ? [] : [['Waits until', instant(report.silentAt)] as const]),
    ['Recipients', `${alias}@SITUATION.${base}`],
    ['Sender', listed(greetedSenders(report), 'none came')],
    ['Its resolver', listed(resolversIn(report), 'none asked')],
    ['Name server', `${nameServer.address}#${nameServer.port}`],
    ['Mail servers', `port ${smtpPort}`],
    ['Trust anchor', report.trustAnchor],
    ['Within reach of', report.open ? 'other machines too' : 'this machine alone'],
    ['Made with', `DANE Inspector ${tool.version}`],
  ];
  return facts.map(([label, value]) => [label, shortened(value)]);
}

/** Address of each that connected. */
export function sendersIn({ situations }: Pick<TestReport, 'situations'>): readonly string[] {
  return addressesOf(situations, 'smtp');
}

/** Each with what it last called itself. */
function greetedSenders({ situations }: TestReport): readonly string[] {
  const names = new Map<string, string>();
  for (const { what } of situations.flatMap(({ seen }) => seen)) {
    if (what.kind === 'smtp' && what.step.name === 'ehlo') names.set(what.from, what.step.greeting);
  }
  return sendersIn({ situations }).map((address) => {
    const name = names.get(address);
    return name === undefined ? address : `${address} (${shortened(name)})`;
  });
}

/** Address of each that asked the name server. */
export function resolversIn({ situations }: Pick<TestReport, 'situations'>): readonly string[] {
  return addressesOf(situations, 'dns');
}

function addressesOf(
  situations: readonly Situation[],
  kind: SeenStep['what']['kind'],
): readonly string[] {
  const steps = situations.flatMap(({ seen }) => seen.filter(({ what }) => what.kind === kind));
  return [...new Set(steps.map(({ what }) => what.from))];
}

/** Addresses in one line; large senders have hundreds. */
const MAX_LISTED = 8;

function listed(addresses: readonly string[], none: string): string {
  if (addresses.length === 0) return none;
  const rest = addresses.length - MAX_LISTED;
  return addresses.slice(0, MAX_LISTED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

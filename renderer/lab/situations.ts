/** The situations as the table shows them: in groups, with a face each, and their steps put together. */
import type { DnsQuestion, MailStep } from '../../shared/lab/observation.ts';
import {
  SCENARIOS,
  type Scenario,
  type ScenarioId,
  type Worth,
} from '../../shared/lab/scenario.ts';
import type { SeenStep, Situation, TestReport } from '../../shared/lab/test-report.ts';
import { WORTH_WORD } from '../../shared/lab/words.ts';
import type { IconName } from '../ui/icon.tsx';
import type { Face } from '../ui/tone.ts';
import { words } from '../words/words.ts';

const { table, phases } = words.outbound;

export type GroupName = keyof typeof table.groups;

export interface SituationRow {
  readonly scenario: Scenario;
  readonly situation: Situation;
}

export interface SituationGroup {
  readonly name: GroupName;
  readonly rows: readonly SituationRow[];
}

const GROUP_OF: Readonly<Record<ScenarioId, GroupName>> = {
  do: 'havedane',
  wrong: 'havedane',
  dont: 'havedane',
  strip: 'attack',
  'unusable-strip': 'attack',
  bogus: 'attack',
  servfail: 'attack',
  injected: 'attack',
  unusable: 'records',
  ta: 'records',
  'ta-name': 'records',
  'ta-expired': 'records',
  'ta-missing': 'records',
  expired: 'records',
  cname: 'records',
  'cname-wrong': 'records',
  insecure: 'ways',
  fallback: 'ways',
  ancestor: 'ways',
};

const GROUPS: readonly GroupName[] = ['havedane', 'attack', 'records', 'ways'];

/** Groups without a situation are left out. */
export function situationGroups({ situations }: TestReport): readonly SituationGroup[] {
  const rows = situations.flatMap((situation) => {
    const scenario = scenarioOf(situation.id);
    return scenario === undefined ? [] : [{ scenario, situation }];
  });
  return GROUPS.map((name) => ({
    name,
    rows: rows.filter(({ scenario }) => GROUP_OF[scenario.id] === name),
  })).filter((group) => group.rows.length > 0);
}

export function scenarioOf(id: ScenarioId): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}

const WORTH_FACES: Readonly<Record<Worth, Omit<Face, 'word'>>> = {
  conforms: { tone: 'ok', icon: 'tick' },
  unsafe: { tone: 'err', icon: 'octagon' },
  'too-strict': { tone: 'warn', icon: 'triangle' },
  allowed: { tone: 'none', icon: 'ring' },
  odd: { tone: 'none', icon: 'question' },
};

/** Nothing is red that is not unsafe; silence is no verdict. */
export function situationFace({ phase, worth }: Pick<Situation, 'phase' | 'worth'>): Face {
  switch (phase) {
    case 'waiting':
      return { tone: 'pending', icon: 'clock', word: phases.waiting };
    case 'under-way':
      return { tone: 'pending', icon: 'cycle', word: phases['under-way'] };
    case 'silent':
      return { tone: 'none', icon: 'question', word: phases.silent };
    case 'decided':
      return worth === null
        ? { tone: 'none', icon: 'question', word: phases.silent }
        : { ...WORTH_FACES[worth], word: WORTH_WORD[worth] };
  }
}

export type StepGroup =
  | {
      readonly kind: 'dns';
      readonly key: string;
      /** The resolver. */
      readonly from: string;
      readonly steps: readonly SeenStep[];
    }
  | {
      readonly kind: 'smtp';
      readonly key: string;
      /** The sender. */
      readonly from: string;
      readonly host: number;
      readonly steps: readonly SeenStep[];
    };

/** A resolver’s questions until somebody connects are a group, and each connection is one; in the order of their beginnings. */
export function stepGroups(seen: readonly SeenStep[]): readonly StepGroup[] {
  const groups = new Map<string, StepGroup>();
  let connections = 0;
  for (const step of seen) {
    const { what } = step;
    if (what.kind === 'smtp' && !groups.has(what.connection)) connections += 1;
    const key = what.kind === 'smtp' ? what.connection : `dns ${what.from} ${connections}`;
    const steps = [...(groups.get(key)?.steps ?? []), step];
    groups.set(
      key,
      what.kind === 'smtp'
        ? { kind: 'smtp', key, from: what.from, host: what.host, steps }
        : { kind: 'dns', key, from: what.from, steps },
    );
  }
  return [...groups.values()];
}

/** Shape alone: the words stand beside it. */
export function stepIcon(what: DnsQuestion | MailStep): IconName {
  if (what.kind === 'dns') return 'search';
  switch (what.step.name) {
    case 'tls':
      return 'lock';
    case 'tls-failed':
    case 'closed':
      return 'close';
    case 'delivered':
      return 'save';
    case 'mail':
    case 'recipient':
      return what.step.tls ? 'lock' : 'unlocked';
    case 'injection-taken':
      return 'triangle';
    default:
      return 'right';
  }
}

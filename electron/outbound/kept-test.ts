/** The outbound test with the file that it keeps: the same zone key and the same runs after a restart. */
import { SCENARIOS } from '../../shared/lab/scenario.ts';
import type { SigningAlgorithm } from '../lab/zone-key.ts';
import {
  planOutboundTest,
  startOutboundTest,
  type ListenFailure,
  type OutboundOptions,
  type OutboundPlan,
  type OutboundPorts,
  type OutboundTest,
} from './outbound-test.ts';
import { openStateFile, peekStateFile, type StateFile } from './state-file.ts';
import type { OutboundState } from './state.ts';

export interface KeptTestOptions extends Omit<OutboundOptions, 'algorithm' | 'scenarios'> {
  /** Null takes what was kept, or the usual one. */
  readonly algorithm: SigningAlgorithm | null;
  /** Null keeps nothing. */
  readonly statePath: string | null;
  /** Given a sentence about a file that was set aside, or cannot be written. */
  tell(message: string): void;
}

export type StartedTest =
  | { readonly ok: true; readonly test: OutboundTest }
  | { readonly ok: false; readonly reason: 'listen'; readonly failure: ListenFailure }
  /** One sentence: why the file is not used. */
  | { readonly ok: false; readonly reason: 'file'; readonly message: string };

/** ECDSAP256SHA256 (RFC 8624 §3.1): every validator knows it. */
const USUAL_ALGORITHM: SigningAlgorithm = 13;

export async function startKeptTest(
  { statePath, tell, ...options }: KeptTestOptions,
  ports: Pick<OutboundPorts, 'clock' | 'random'>,
): Promise<StartedTest> {
  const tellFailure = (message: string): void =>
    tell(`${message} The test goes on, and a restart begins anew.`);
  const opened = statePath === null ? null : openStateFile(statePath, ports.clock, tellFailure);
  if (opened?.ok === false) return { ok: false, reason: 'file', message: opened.message };
  const file = opened?.file ?? NO_FILE;
  const { kept } = file;
  const foreign = kept === null ? null : whyNot(kept, options);
  if (foreign !== null) {
    file.close();
    return { ok: false, reason: 'file', message: refusal(statePath ?? '', foreign) };
  }
  if (file.notice !== null) tell(file.notice);
  const started = await startOutboundTest(wholeOptions(options, kept), {
    ...{ ...ports, kept },
    keep: (read) => file.keep(read),
  });
  if (!started.ok) {
    file.close();
    return { ok: false, reason: 'listen', failure: started };
  }
  const { test } = started;
  const close = async (): Promise<void> => {
    await test.close();
    file.close();
  };
  return { ok: true, test: { ...test, close } };
}

export type PlannedTest =
  /** `notice` is a sentence about a file that was set aside. */
  | { readonly ok: true; readonly plan: OutboundPlan; readonly notice: string | null }
  /** One sentence: why the file is not used. */
  | { readonly ok: false; readonly message: string };

export interface PlannedTestOptions extends Omit<KeptTestOptions, 'statePath' | 'tell'> {
  readonly statePath: string;
}

/** What a start with this file publishes; keys that it would need are made, and kept in it. Opens no port. */
export function planKeptTest(
  { statePath, ...options }: PlannedTestOptions,
  ports: Pick<OutboundPorts, 'clock' | 'random'>,
): PlannedTest {
  const whole = (kept: OutboundState | null): OutboundPlan =>
    planOutboundTest(wholeOptions(options, kept), { ...ports, kept, keep: () => undefined });
  const there = peekStateFile(statePath);
  if (there !== null && whyNot(there, options) === null) {
    const plan = whole(there);
    // All keys are there: whoever runs with the file may go on.
    if (sameKeys(plan.state, there)) return { ok: true, plan, notice: null };
  }
  const told: string[] = [];
  const opened = openStateFile(statePath, ports.clock, (message) => told.push(message));
  if (!opened.ok) return opened;
  const { file } = opened;
  const foreign = file.kept === null ? null : whyNot(file.kept, options);
  if (foreign !== null) {
    file.close();
    return { ok: false, message: refusal(statePath, foreign) };
  }
  const plan = whole(file.kept);
  file.keep(() => plan.state);
  file.close();
  const [failure] = told;
  return failure === undefined
    ? { ok: true, plan, notice: file.notice }
    : { ok: false, message: failure };
}

function refusal(path: string, foreign: string): string {
  return `${path} ${foreign} Ask for the same, or move it away.`;
}

function sameKeys(one: OutboundState, other: OutboundState): boolean {
  const keys = Object.keys(one.hostKeys ?? {});
  return keys.every((owner) => one.hostKeys?.[owner] === other.hostKeys?.[owner]);
}

function wholeOptions(
  options: Omit<KeptTestOptions, 'statePath' | 'tell'>,
  kept: OutboundState | null,
): OutboundOptions {
  return {
    ...options,
    algorithm: options.algorithm ?? kept?.algorithm ?? USUAL_ALGORITHM,
    scenarios: SCENARIOS.map(({ id }) => id),
  };
}

const NO_FILE: StateFile = {
  ...{ kept: null, notice: null },
  keep: () => undefined,
  close: () => undefined,
};

/** Resolvers trust the key that was kept: it is not thrown away for a slip of the pen. */
function whyNot(
  kept: OutboundState,
  { base, algorithm }: Pick<KeptTestOptions, 'base' | 'algorithm'>,
): string | null {
  if (kept.base !== base) return `holds the test of ${kept.base}, not of ${base}.`;
  return algorithm === null || algorithm === kept.algorithm
    ? null
    : `holds a zone key of algorithm ${kept.algorithm}, not ${algorithm}.`;
}

/** What the outbound test keeps between two starts: its key, its runs, what was seen. One file, short-lived rows. */
import { z } from 'zod';
import { SCENARIOS, type ScenarioId } from '../../shared/lab/scenario.ts';
import type { Observation } from '../../shared/lab/observation.ts';
import type { TestRun } from '../../shared/lab/test-run.ts';
import type { SigningAlgorithm } from '../lab/zone-key.ts';
import type { KeptKeys } from './host-keys.ts';

export interface OutboundState {
  readonly base: string;
  readonly algorithm: SigningAlgorithm;
  /** PKCS #8, base64: the trust anchor that others have set up must hold after a restart. */
  readonly zoneKey: string;
  /** Of the mail hosts; none in a file of an earlier version. */
  readonly hostKeys?: KeptKeys | undefined;
  readonly runs: readonly TestRun[];
  readonly observations: readonly Observation[];
}

/** Milliseconds after which a run and all that was seen is deleted. */
export const KEEP_MS = 24 * 60 * 60_000;
/** Runs at a time: an old one goes for a new one. */
export const MAX_RUNS = 200;
/** Things seen: a run of all situations makes some hundred. */
export const MAX_OBSERVATIONS = 20_000;
/** Characters of the file; beyond it is none of ours. */
export const MAX_FILE_CHARACTERS = 16 * 1024 * 1024;

/** Without what is older than a day, and the oldest of what is too much. */
export function pruned(state: OutboundState, now: number): OutboundState {
  // What is dated a day ahead was written under a clock that was wrong, and would never grow old.
  const isKept = (at: number): boolean => at > now - KEEP_MS && at < now + KEEP_MS;
  return {
    ...state,
    runs: state.runs.filter(({ startedAt }) => isKept(startedAt)).slice(-MAX_RUNS),
    observations: state.observations.filter(({ at }) => isKept(at)).slice(-MAX_OBSERVATIONS),
  };
}

/** How every file of ours begins, so that nothing else is ever taken for one and written over. */
export const FILE_MARK = '{"file":"DANE Inspector outbound test"';

export function writeState({
  base,
  algorithm,
  zoneKey,
  hostKeys,
  runs,
  observations,
}: OutboundState): string {
  const kept = { version: 1, base, algorithm, zoneKey, hostKeys, runs, observations };
  return `${FILE_MARK},${JSON.stringify(kept).slice(1)}\n`;
}

/** Null for what is none of ours, or damaged. */
export function readState(text: string): OutboundState | null {
  if (text.length > MAX_FILE_CHARACTERS) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

const MAX_TEXT = 1024;
/** Hosts are some twenty. */
const MAX_HOST_KEYS = 100;
const text = z.string().max(MAX_TEXT);
const scenarioIds: readonly string[] = SCENARIOS.map(({ id }) => id);
const scenario = z.custom<ScenarioId>(
  (value) => typeof value === 'string' && scenarioIds.includes(value),
);

const step = z.discriminatedUnion('name', [
  z.object({ name: z.literal('connected') }),
  z.object({ name: z.literal('ehlo'), greeting: text, tls: z.boolean() }),
  z.object({ name: z.literal('starttls') }),
  z.object({
    name: z.literal('tls'),
    version: text,
    cipher: text,
    serverName: text.nullable(),
  }),
  z.object({ name: z.literal('tls-failed'), reason: text }),
  z.object({ name: z.literal('mail'), tls: z.boolean() }),
  z.object({ name: z.literal('recipient'), alias: text, tls: z.boolean() }),
  z.object({ name: z.literal('delivered'), alias: text, tls: z.boolean() }),
  z.object({ name: z.literal('injection-taken') }),
  z.object({ name: z.literal('quit') }),
  z.object({ name: z.literal('closed'), cutOff: z.boolean().optional() }),
]);

const schema: z.ZodType<OutboundState> = z.object({
  version: z.literal(1),
  base: text,
  algorithm: z.union([z.literal(8), z.literal(13), z.literal(14), z.literal(15)]),
  zoneKey: z.string().max(8 * MAX_TEXT),
  hostKeys: z
    .record(text, text)
    .refine((keys) => Object.keys(keys).length <= MAX_HOST_KEYS)
    .optional(),
  runs: z
    .array(
      z.object({
        alias: text,
        startedAt: z.number(),
        silentAfterMs: z.number().positive(),
        scenarios: z.array(scenario),
      }),
    )
    .max(MAX_RUNS),
  observations: z
    .array(
      z.object({
        at: z.number(),
        scenario,
        seen: z.discriminatedUnion('kind', [
          z.object({
            kind: z.literal('dns'),
            from: text,
            name: text,
            type: text,
            dnssec: z.boolean(),
            minimised: z.boolean(),
          }),
          z.object({
            kind: z.literal('smtp'),
            connection: text,
            from: text,
            host: z.number().int(),
            step,
          }),
        ]),
      }),
    )
    .max(MAX_OBSERVATIONS),
});

/** The shapes of what window and process say to each other about the test of a sender. */
import { z } from 'zod';
import { SCENARIOS, type ScenarioId } from '../lab/scenario.ts';
import { MAX_STEPS_SHOWN } from '../lab/test-report.ts';
import type { OutboundEvents, OutboundRequests, OutboundState } from './outbound.ts';
import type { Schemas } from './schemas.ts';

/** Characters in a field that a person fills; 64 IPv6 addresses fit. */
const MAX_TYPED_CHARACTERS = 4096;
const MAX_PORT = 65_535;
/** Seconds: a day, after which everything is deleted. */
const MAX_SECONDS = 86_400;

const port = z.number().int().min(1).max(MAX_PORT);
const typed = z.string().max(MAX_TYPED_CHARACTERS);
const algorithm = z.literal([8, 13, 14, 15]);

const wish = z.object({
  base: typed,
  nameServer: typed,
  addresses: typed,
  smtpPort: port,
  listenPort: port,
  algorithm: algorithm.nullable(),
  seconds: z.number().int().min(1).max(MAX_SECONDS),
  open: z.boolean(),
});

const known: readonly string[] = SCENARIOS.map(({ id }) => id);
const scenarioId = z.custom<ScenarioId>(
  (value) => typeof value === 'string' && known.includes(value),
);
const scenarioIds = z.array(scenarioId).max(SCENARIOS.length);

const step = z.discriminatedUnion('name', [
  z.object({ name: z.literal('connected') }),
  z.object({ name: z.literal('ehlo'), greeting: z.string(), tls: z.boolean() }),
  z.object({ name: z.literal('starttls') }),
  z.object({
    name: z.literal('tls'),
    version: z.string(),
    cipher: z.string(),
    serverName: z.string().nullable(),
  }),
  z.object({ name: z.literal('tls-failed'), reason: z.string() }),
  z.object({ name: z.literal('mail'), tls: z.boolean() }),
  z.object({ name: z.literal('recipient'), alias: z.string(), tls: z.boolean() }),
  z.object({ name: z.literal('delivered'), alias: z.string(), tls: z.boolean() }),
  z.object({ name: z.literal('injection-taken') }),
  z.object({ name: z.literal('quit') }),
  z.object({ name: z.literal('closed'), cutOff: z.boolean().optional() }),
]);

const seen = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('dns'),
    from: z.string(),
    name: z.string(),
    type: z.string(),
    dnssec: z.boolean(),
    minimised: z.boolean(),
  }),
  z.object({
    kind: z.literal('smtp'),
    connection: z.string(),
    from: z.string(),
    host: z.number(),
    step,
  }),
]);

const report = z.object({
  base: z.string(),
  nameServer: z.object({ address: z.string(), port: z.number() }),
  trustAnchor: z.string(),
  smtpPort: z.number(),
  open: z.boolean(),
  leftOut: scenarioIds,
  alias: z.string(),
  startedAt: z.string(),
  silentAt: z.string(),
  at: z.string(),
  verdict: z.object({
    conclusion: z.enum([
      'open',
      'validates',
      'validates-with-faults',
      'does-not-check',
      'encrypts-without-checking',
      'refuses-everything',
      'could-not-tell',
    ]),
    because: scenarioIds,
    unknown: scenarioIds,
  }),
  isFinal: z.boolean(),
  situations: z
    .array(
      z.object({
        id: scenarioId,
        recipient: z.string(),
        phase: z.enum(['waiting', 'under-way', 'decided', 'silent']),
        deed: z.enum(['delivered-tls', 'delivered-clear', 'refused', 'fooled']).nullable(),
        worth: z.enum(['conforms', 'unsafe', 'too-strict', 'allowed', 'odd']).nullable(),
        basis: z.enum(['seen', 'inferred']).nullable(),
        sentence: z.string(),
        seen: z.array(z.object({ at: z.string(), what: seen })).max(MAX_STEPS_SHOWN),
        unshown: z.number(),
      }),
    )
    .max(SCENARIOS.length),
});

const problem = z.string().nullable();
const state: z.ZodType<OutboundState> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stopped'), wish, problem }),
  z.object({
    kind: z.literal('running'),
    wish,
    problem,
    goesOn: z.boolean(),
    resolver: typed.nullable(),
    report,
  }),
]);

const advice = z.object({
  trouble: z.string(),
  ways: z.array(z.object({ text: z.string(), commands: z.array(z.string()) })),
});

const check = z.object({
  resolver: z.string(),
  state: z.enum([
    'ready',
    'no-answer',
    'not-found',
    'fails',
    'not-trusted',
    'bit-lost',
    'takes-forged',
  ]),
  sentence: z.string(),
  advice: z.string().nullable(),
});

export const outboundPayloads: Schemas<OutboundRequests, 'payload'> = {
  'outbound:read': z.null(),
  'outbound:start': wish,
  'outbound:again': z.null(),
  'outbound:stop': z.null(),
  'outbound:check': z.object({ resolver: typed.nullable() }),
};

export const outboundReplies: Schemas<OutboundRequests, 'reply'> = {
  'outbound:read': state,
  'outbound:start': z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('started'), state }),
    z.object({ kind: z.literal('refused'), field: wish.keyof(), message: z.string() }),
    z.object({ kind: z.literal('asks'), question: z.string() }),
    z.object({ kind: z.literal('cannot-listen'), advice }),
    z.object({ kind: z.literal('failed'), message: z.string() }),
  ]),
  'outbound:again': state,
  'outbound:stop': state,
  'outbound:check': z.object({ checks: z.array(check), problem }),
};

export const outboundEvents: {
  readonly [C in keyof OutboundEvents]: z.ZodType<OutboundEvents[C]>;
} = { 'outbound:changed': state };

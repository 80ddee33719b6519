/** The shapes of what window and process say to each other about watched domains. */
import { z } from 'zod';
import { inspectionEvent } from './event-schema.ts';
import { domainOutcome } from './report-schema.ts';
import type { Schemas } from './schemas.ts';
import { watchNote, watchSettings } from './watch-kept.ts';
import type { WatchEvents, WatchRequests } from './watch.ts';

/** Characters in what a person types for a domain; a URL may be long, a name has 253 at most. */
const MAX_TYPED_CHARACTERS = 2048;
/** Events of one run; the largest that an inspection's bounds allow is a quarter of it. */
const MAX_RUN_EVENTS = 20_000;

const state = z.object({
  settings: watchSettings,
  domains: z.array(
    z.object({
      domain: z.string(),
      looking: z.boolean(),
      waiting: z.boolean(),
      outcome: domainOutcome.nullable(),
      doubt: domainOutcome.nullable(),
      lookedAt: z.string().nullable(),
      nextAt: z.string().nullable(),
      problem: z.string().nullable(),
      failures: z.number(),
      ends: z.object({ what: z.string(), at: z.string(), soon: z.boolean() }).nullable(),
      notes: z.array(watchNote),
    }),
  ),
  problem: z.string().nullable(),
  refusal: z.string().nullable(),
  canNotify: z.boolean(),
});

const domain = z.string().max(MAX_TYPED_CHARACTERS);

export const watchPayloads: Schemas<WatchRequests, 'payload'> = {
  'watch:read': z.null(),
  'watch:add': z.object({ domain }),
  'watch:remove': z.object({ domain }),
  'watch:settings': watchSettings,
  'watch:look': z.object({ domain: domain.nullable() }),
  'watch:run': z.object({ domain }),
};

export const watchReplies: Schemas<WatchRequests, 'reply'> = {
  'watch:read': state,
  'watch:add': state,
  'watch:remove': state,
  'watch:settings': state,
  'watch:look': state,
  'watch:run': z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('kept'),
      domain: z.string(),
      network: z.enum(['internet', 'lab']),
      at: z.string(),
      events: z.array(inspectionEvent).max(MAX_RUN_EVENTS),
    }),
    z.object({ kind: z.literal('none'), message: z.string() }),
  ]),
};

export const watchEvents: { readonly [C in keyof WatchEvents]: z.ZodType<WatchEvents[C]> } = {
  'watch:changed': state,
  'watch:show': z.object({ domain: z.string().nullable() }),
};

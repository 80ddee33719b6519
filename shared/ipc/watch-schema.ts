/** The shapes of what window and process say to each other about watched domains. */
import { z } from 'zod';
import { domainOutcome } from './report-schema.ts';
import type { Schemas } from './schemas.ts';
import type { WatchEvents, WatchRequests } from './watch.ts';

/** Characters in what a person types for a domain; a URL may be long, a name has 253 at most. */
const MAX_TYPED_CHARACTERS = 2048;
const MAX_INTERVAL_MINUTES = 7 * 24 * 60;
const MIN_INTERVAL_MINUTES = 5;
const MAX_EXPIRY_DAYS = 90;

const settings = z.object({
  on: z.boolean(),
  intervalMinutes: z.number().int().min(MIN_INTERVAL_MINUTES).max(MAX_INTERVAL_MINUTES),
  expiryDays: z.number().int().nonnegative().max(MAX_EXPIRY_DAYS),
  notify: z.boolean(),
  stayInTray: z.boolean(),
});

const note = z.object({
  at: z.string(),
  kind: z.enum(['outcome', 'expiry', 'failed']),
  text: z.string(),
});

const state = z.object({
  settings,
  domains: z.array(
    z.object({
      domain: z.string(),
      looking: z.boolean(),
      outcome: domainOutcome.nullable(),
      lookedAt: z.string().nullable(),
      nextAt: z.string().nullable(),
      notes: z.array(note),
    }),
  ),
  problem: z.string().nullable(),
});

const domain = z.string().max(MAX_TYPED_CHARACTERS);

export const watchPayloads: Schemas<WatchRequests, 'payload'> = {
  'watch:read': z.null(),
  'watch:add': z.object({ domain }),
  'watch:remove': z.object({ domain }),
  'watch:settings': settings,
  'watch:look': z.object({ domain: domain.nullable() }),
};

export const watchReplies: Schemas<WatchRequests, 'reply'> = {
  'watch:read': state,
  'watch:add': state,
  'watch:remove': state,
  'watch:settings': state,
  'watch:look': state,
};

export const watchEvents: { readonly [C in keyof WatchEvents]: z.ZodType<WatchEvents[C]> } = {
  'watch:changed': state,
};

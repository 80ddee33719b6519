/** The shapes of what window and process say to each other about a list of domains. */
import { z } from 'zod';
import type { BatchEvents, BatchRequests } from './batch.ts';
import { inspectionEvent } from './event-schema.ts';
import { domainOutcome } from './report-schema.ts';
import { savedReply } from './saved-schema.ts';
import type { Schemas } from './schemas.ts';

/** Characters of a pasted list: 10,000 names of the greatest length, with room for what stands around them. */
const MAX_LIST_CHARACTERS = 4 * 1024 * 1024;
/** Rows of one list. */
const MAX_ROWS = 10_000;
const MAX_CONCURRENCY = 64;
/** Events of one run; the largest that an inspection's bounds allow is a quarter of it. */
const MAX_RUN_EVENTS = 20_000;

const network = z.enum(['internet', 'lab']);
const count = z.number().int().nonnegative();
const concurrency = z.number().int().min(1).max(MAX_CONCURRENCY);

const state = z.object({
  phase: z.enum(['empty', 'ready', 'running', 'paused', 'finished']),
  network,
  concurrency,
  total: count,
  done: count,
  refused: z.array(z.string()),
  refusedCount: count,
  problem: z.string().nullable(),
});

const row = z.object({
  index: count,
  domain: z.string(),
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  outcome: domainOutcome.nullable(),
  errors: count,
  warnings: count,
  codes: z.array(z.string()),
  sentence: z.string(),
  durationMs: z.number(),
  at: z.string().nullable(),
});

const rows = z.array(row).max(MAX_ROWS);

export const batchPayloads: Schemas<BatchRequests, 'payload'> = {
  'batch:read': z.null(),
  'batch:load': z.object({ text: z.string().max(MAX_LIST_CHARACTERS), network }),
  'batch:command': z.object({
    command: z.enum(['start', 'pause', 'retry', 'clear']),
    concurrency: concurrency.exactOptional(),
  }),
  'batch:rows': z.object({ from: count }),
  'batch:open': z.object({ index: count }),
  'batch:export': z.object({
    format: z.enum(['csv', 'json', 'markdown', 'html']),
    rows: z.array(count).max(MAX_ROWS).nullable(),
  }),
};

export const batchReplies: Schemas<BatchRequests, 'reply'> = {
  'batch:read': state,
  'batch:load': state,
  'batch:command': state,
  'batch:rows': z.object({ rows }),
  'batch:open': z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('opened'),
      domain: z.string(),
      network,
      events: z.array(inspectionEvent).max(MAX_RUN_EVENTS),
    }),
    z.object({ kind: z.literal('refused'), message: z.string() }),
  ]),
  'batch:export': savedReply,
};

export const batchEvents: { readonly [C in keyof BatchEvents]: z.ZodType<BatchEvents[C]> } = {
  'batch:changed': z.object({ state, rows }),
};

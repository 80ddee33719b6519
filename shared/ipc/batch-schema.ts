/** The shapes of what window and process say to each other about a list of domains. */
import { z } from 'zod';
import {
  MAX_CONCURRENCY,
  MAX_DOMAINS,
  MAX_LIST_CHARACTERS,
  MAX_ROW_CODES,
  MAX_SENTENCE_CHARACTERS,
} from '../batch/limits.ts';
import type { BatchRow } from '../batch/row.ts';
import type { BatchEvents, BatchRequests } from './batch.ts';
import { inspectionEvent } from './event-schema.ts';
import { domainOutcome } from './report-schema.ts';
import { savedReply } from './saved-schema.ts';
import type { Schemas } from './schemas.ts';

/** Events of one run; the largest that an inspection's bounds allow is a quarter of it. */
const MAX_RUN_EVENTS = 20_000;

const network = z.enum(['internet', 'lab']);
const count = z.number().int().nonnegative();
const concurrency = z.number().int().min(1).max(MAX_CONCURRENCY);

const state = z.object({
  list: z.string(),
  phase: z.enum(['empty', 'ready', 'running', 'paused', 'finished']),
  network,
  concurrency,
  total: count,
  done: count,
  activeMs: z.number().nonnegative(),
  restMs: z.number().nonnegative().nullable(),
  refused: z.array(z.string()),
  refusedCount: count,
  duplicates: count,
  leftOut: count,
  problems: z.array(z.string()),
});

/** Characters of a domain name in presentation form (RFC 1035 §2.3.4: 255 octets), generously. */
const MAX_DOMAIN_CHARACTERS = 1024;
const MAX_CODE_CHARACTERS = 64;
const MAX_TITLE_CHARACTERS = 1000;

export const batchRow: z.ZodType<BatchRow> = z.object({
  index: count.max(MAX_DOMAINS - 1),
  domain: z.string().max(MAX_DOMAIN_CHARACTERS),
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  outcome: domainOutcome.nullable(),
  errors: count,
  warnings: count,
  codes: z.array(z.string().max(MAX_CODE_CHARACTERS)).max(MAX_ROW_CODES),
  first: z.string().max(MAX_TITLE_CHARACTERS),
  sentence: z.string().max(MAX_SENTENCE_CHARACTERS),
  durationMs: z.number().nonnegative(),
  at: z.string().nullable(),
});

const rows = z.array(batchRow).max(MAX_DOMAINS);

export const batchPayloads: Schemas<BatchRequests, 'payload'> = {
  'batch:read': z.null(),
  'batch:load': z.object({ text: z.string().max(MAX_LIST_CHARACTERS), network }),
  'batch:command': z.object({
    command: z.enum(['start', 'pause', 'retry', 'clear', 'concurrency']),
    concurrency: concurrency.exactOptional(),
  }),
  'batch:rows': z.object({ from: count }),
  'batch:open': z.object({ index: count }),
  'batch:export': z.object({
    format: z.enum(['csv', 'json', 'markdown', 'html']),
    rows: z.array(count).max(MAX_DOMAINS).nullable(),
  }),
};

export const batchReplies: Schemas<BatchRequests, 'reply'> = {
  'batch:read': state,
  'batch:load': z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('loaded'), state }),
    z.object({
      kind: z.literal('refused'),
      refused: z.array(z.string()),
      refusedCount: count,
    }),
  ]),
  'batch:command': state,
  'batch:rows': z.object({ list: z.string(), rows }),
  'batch:open': z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('opened'),
      domain: z.string(),
      network,
      events: z.array(inspectionEvent).max(MAX_RUN_EVENTS),
    }),
    z.object({ kind: z.literal('gone'), domain: z.string(), network, message: z.string() }),
    z.object({ kind: z.literal('refused'), message: z.string() }),
  ]),
  'batch:export': savedReply,
};

export const batchEvents: { readonly [C in keyof BatchEvents]: z.ZodType<BatchEvents[C]> } = {
  'batch:changed': z.object({ state, rows }),
};

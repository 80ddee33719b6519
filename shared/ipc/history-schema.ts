/** The shapes of what window and process say to each other about kept runs. */
import { z } from 'zod';
import { inspectionEvent } from './event-schema.ts';
import type { HistoryRequests } from './history.ts';
import type { Schemas } from './schemas.ts';
import { domainOutcome } from './report-schema.ts';

const MAX_ID_CHARACTERS = 64;
/** Events of one run; the largest that an inspection's bounds allow is a quarter of it. */
const MAX_RUN_EVENTS = 20_000;

const reference = z.object({ id: z.string().min(1).max(MAX_ID_CHARACTERS) });

export const historyEntry = z.object({
  id: z.string(),
  domain: z.string(),
  network: z.enum(['internet', 'lab']),
  at: z.string(),
  outcome: domainOutcome,
  durationMs: z.number(),
  errors: z.number().int(),
  warnings: z.number().int(),
  ownTrust: z.boolean(),
});

const list = z.object({ entries: z.array(historyEntry), problems: z.array(z.string()) });

export const historyPayloads: Schemas<HistoryRequests, 'payload'> = {
  'history:list': z.null(),
  'history:open': reference,
  'history:delete': reference.nullable(),
};

export const historyReplies: Schemas<HistoryRequests, 'reply'> = {
  'history:list': list,
  'history:open': z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('opened'),
      entry: historyEntry,
      events: z.array(inspectionEvent).max(MAX_RUN_EVENTS),
    }),
    z.object({ kind: z.literal('refused'), message: z.string() }),
  ]),
  'history:delete': list,
};

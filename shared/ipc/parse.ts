/** Narrows what arrives over IPC, in both directions, to the shapes of the contract. */
import { z } from 'zod';
import type { EventChannel, Events, RequestChannel, Requests } from './contract.ts';
import { MAX_GIVEN_CHAINS } from '../inspection/given-chains.ts';
import { MAX_PEM_CHARACTERS } from '../x509/limits.ts';
import { batchEvents, batchPayloads, batchReplies } from './batch-schema.ts';
import { COMMAND_NAMES } from './commands.ts';
import { inspectionEvent } from './event-schema.ts';
import { historyPayloads, historyReplies } from './history-schema.ts';
import { outboundEvents, outboundPayloads, outboundReplies } from './outbound-schema.ts';
import {
  preferenceEvents,
  preferencePayloads,
  preferenceReplies,
  settings,
} from './preferences-schema.ts';
import { savedReply } from './saved-schema.ts';
import { watchEvents, watchPayloads, watchReplies } from './watch-schema.ts';
import { MAX_FILE_OCTETS } from '../material/limits.ts';

// The window's content security policy forbids compiling code from strings, which zod would try.
z.config({ jitless: true });

/** Characters in what a person types for a domain; a URL may be long, a name has 253 at most. */
const MAX_TYPED_CHARACTERS = 2048;
/** Characters that may be copied at once: a chain of a hundred certificates in PEM fits. */
const MAX_COPIED_CHARACTERS = 1024 * 1024;
const MAX_ADDRESS_CHARACTERS = 256;
const MAX_ID_CHARACTERS = 64;

const MAX_PORT = 65_535;
/** Characters of a TLSA record as text; a full certificate of 32 KiB in hex fits. */
const MAX_RECORD_CHARACTERS = 70_000;
/** Records of one RRset that are judged. */
const MAX_RECORDS = 100;
const MAX_FILE_NAME_CHARACTERS = 255;
/** PATH_MAX of Linux; other systems allow less. */
const MAX_PATH_CHARACTERS = 4096;
/** Characters of a file that is saved; a report with its raw evidence fits. */
const MAX_SAVED_CHARACTERS = 64 * 1024 * 1024;
/** Octets of a case file; the limit of `shared/export`, which refuses in words what is larger. */
const MAX_CASE_OCTETS = 64 * 1024 * 1024;

/** Events of one run; the largest that an inspection's bounds allow is a quarter of it. */
const MAX_RUN_EVENTS = 20_000;

const nothing = z.null();
const runEvents = z.array(inspectionEvent).max(MAX_RUN_EVENTS);
const refusal = z.object({ kind: z.literal('refused'), message: z.string() });
const runId = z.string().min(1).max(MAX_ID_CHARACTERS);
const theme = z.enum(['system', 'light', 'dark']);

const openedFiles = {
  files: z.array(
    z.object({
      name: z.string(),
      bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= MAX_FILE_OCTETS + 1),
    }),
  ),
  problems: z.array(z.string()),
};

const payloads: { readonly [C in RequestChannel]: z.ZodType<Requests[C]['payload']> } = {
  ...batchPayloads,
  ...historyPayloads,
  ...outboundPayloads,
  ...preferencePayloads,
  ...watchPayloads,
  'app:info': nothing,
  'inspection:start': z.object({
    domain: z.string().max(MAX_TYPED_CHARACTERS),
    network: z.enum(['internet', 'lab']),
    chains: z
      .array(
        z.object({
          host: z.string().max(MAX_TYPED_CHARACTERS),
          text: z.string().max(MAX_PEM_CHARACTERS),
        }),
      )
      .max(MAX_GIVEN_CHAINS)
      .exactOptional(),
  }),
  'inspection:cancel': z.object({ runId }),
  'lab:domains': nothing,
  'link:open': z.object({ address: z.string().max(MAX_ADDRESS_CHARACTERS) }),
  'clipboard:write': z.object({ text: z.string().max(MAX_COPIED_CHARACTERS) }),
  'settings:read': nothing,
  'settings:theme': z.object({ theme }),
  'settings:forget': nothing,
  'host:look': z.object({
    host: z.string().max(MAX_TYPED_CHARACTERS),
    port: z.number().int().min(1).max(MAX_PORT),
    network: z.enum(['internet', 'lab']),
  }),
  'what-if:judge': z.object({
    events: runEvents,
    host: z.string().max(MAX_TYPED_CHARACTERS),
    records: z.array(z.string().max(MAX_RECORD_CHARACTERS)).max(MAX_RECORDS).nullable(),
    chain: z.string().max(MAX_PEM_CHARACTERS).nullable(),
    at: z.iso.datetime().exactOptional(),
  }),
  'file:save': z.object({
    name: z.string().min(1).max(MAX_FILE_NAME_CHARACTERS),
    text: z.string().max(MAX_SAVED_CHARACTERS),
    executable: z.boolean(),
  }),
  'files:take': nothing,
  'folder:read': z.object({ path: z.string().max(MAX_PATH_CHARACTERS).nullable() }),
  'report:save': z.object({
    domain: z.string().max(MAX_TYPED_CHARACTERS),
    at: z.iso.datetime(),
    content: z.discriminatedUnion('format', [
      z.object({
        format: z.enum(['html', 'pdf', 'markdown', 'csv', 'json']),
        text: z.string().max(MAX_SAVED_CHARACTERS),
      }),
      z.object({ format: z.literal('case'), runId }),
    ]),
  }),
  'case:open': z.discriminatedUnion('from', [
    z.object({ from: z.literal('dialog') }),
    z.object({ from: z.literal('waiting') }),
    z.object({
      from: z.literal('drop'),
      name: z.string().max(MAX_FILE_NAME_CHARACTERS),
      octets: z.instanceof(Uint8Array).refine(({ length }) => length <= MAX_CASE_OCTETS + 1),
    }),
  ]),
  'case:show': z.object({ index: z.number().int().nonnegative() }),
};

const sighting = z.object({
  record: z.string(),
  since: z.string(),
  missedAt: z.string().exactOptional(),
  matchedAt: z.string().exactOptional(),
  ttl: z.number().exactOptional(),
});

const openedCase = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('opened'),
    runId,
    domain: z.string(),
    events: runEvents,
    note: z.object({
      file: z.string(),
      recordedAt: z.string(),
      version: z.string(),
      likeness: z.enum(['same', 'same findings', 'different']),
      differences: z.array(z.string()),
      ownTrust: z.boolean(),
      domains: z.array(z.string()),
      index: z.number().int().nonnegative(),
    }),
  }),
  z.object({ kind: z.literal('none') }),
  refusal,
]);

const replies: { readonly [C in RequestChannel]: z.ZodType<Requests[C]['reply']> } = {
  ...batchReplies,
  ...historyReplies,
  ...outboundReplies,
  ...preferenceReplies,
  ...watchReplies,
  'app:info': z.object({
    version: z.string(),
    electron: z.string(),
    chromium: z.string(),
    node: z.string(),
    lab: z.boolean(),
    domain: z.string().nullable(),
    problem: z.string().nullable(),
  }),
  'inspection:start': z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('started'), runId, domain: z.string() }),
    refusal,
  ]),
  'inspection:cancel': nothing,
  'lab:domains': z.array(z.object({ domain: z.string(), description: z.string() })),
  'link:open': z.object({ opened: z.boolean() }),
  'clipboard:write': nothing,
  'settings:read': settings,
  'settings:theme': settings,
  'settings:forget': settings,
  'host:look': z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('seen'),
      events: runEvents,
      sightings: z.array(sighting),
    }),
    refusal,
  ]),
  'what-if:judge': z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('judged'), events: runEvents }),
    refusal,
  ]),
  'file:save': savedReply,
  'files:take': z.object(openedFiles),
  'folder:read': z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('read'), ...openedFiles }),
    z.object({ kind: z.literal('left') }),
  ]),
  'report:save': savedReply,
  'case:open': openedCase,
  'case:show': openedCase,
};

const sequence = z.number().int().nonnegative();

const events: { readonly [C in EventChannel]: z.ZodType<Events[C]> } = {
  ...batchEvents,
  ...outboundEvents,
  ...preferenceEvents,
  ...watchEvents,
  'inspection:event': z.object({ runId, sequence, event: inspectionEvent }),
  'inspection:ended': z.object({
    runId,
    sequence,
    how: z.enum(['finished', 'cancelled', 'failed']),
    message: z.string().nullable(),
  }),
  'menu:command': z.object({ command: z.enum(COMMAND_NAMES) }),
  'files:waiting': nothing,
};

/** What a border found: the value, or in one line why it is none. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** For the process behind the window: what the window asks. */
export function parsePayload<C extends RequestChannel>(
  channel: C,
  payload: unknown,
): Parsed<Requests[C]['payload']> {
  return parse(channel, payloads[channel], payload);
}

/** For the window: what it was answered. */
export function parseReply<C extends RequestChannel>(
  channel: C,
  reply: unknown,
): Parsed<Requests[C]['reply']> {
  return parse(channel, replies[channel], reply);
}

/** For the window: what it is told. */
export function parseEvent<C extends EventChannel>(
  channel: C,
  payload: unknown,
): Parsed<Events[C]> {
  return parse(channel, events[channel], payload);
}

function parse<T>(channel: string, schema: z.ZodType<T>, input: unknown): Parsed<T> {
  const result = schema.safeParse(input);
  if (result.success) return { ok: true, value: result.data };
  const [issue] = result.error.issues;
  const where = issue === undefined ? '' : ` at ${issue.path.join('.') || 'the top'}`;
  return { ok: false, problem: `${channel}: ${issue?.message ?? 'not as agreed'}${where}` };
}

/** The schema of a recorded run, kept equal to `shared/inspection` by the compiler: a case may come from anyone. */
import { z } from 'zod';
import type { Failure } from '../failure.ts';
import type { RecordedRun } from '../inspection/recorded-run.ts';
import { inspectionEvent } from './event-schema.ts';
import { failure as probeFailure, offer, stage } from './report-schema.ts';

/** Null for what is no recorded run. */
export function parseRecordedRun(value: unknown): RecordedRun | null {
  const parsed = recordedRun.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Characters of one text: a zone file of root hints, a saved chain. */
const MAX_TEXT = 1024 * 1024;
/** Octets of a message over TCP, with its length, twice over as hexadecimal digits. */
const MAX_HEX = 2 * (65_535 + 2);
/** Octets of a certificate, twice over. */
const MAX_DER_HEX = 2 * 128 * 1024;
/** Things of one kind: some hundred queries a host, fifty hosts. */
const MAX_ITEMS = 20_000;
/** Milliseconds: an inspection ends within a minute. */
const MAX_WAIT_MS = 600_000;
/** The last millisecond of the year 9999. */
const MAX_INSTANT = 253_402_300_799_999;

const text = z.string().max(MAX_TEXT);
const hex = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^(?:[0-9a-f]{2})*$/);
const octets = hex(MAX_HEX);
const wait = z.number().min(0).max(MAX_WAIT_MS);
const instant = z.number().int().min(0).max(MAX_INSTANT);
const port = z.number().int().min(1).max(65_535);
const address = z.string().max(64);
const items = <T extends z.ZodType>(item: T) => z.array(item).max(MAX_ITEMS);

const failure: z.ZodType<Failure> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('timeout'), afterMs: z.number() }),
  z.object({ kind: z.literal('refused') }),
  z.object({ kind: z.literal('unreachable'), code: text }),
  z.object({ kind: z.literal('closed'), code: text }),
  z.object({
    kind: z.literal('tls'),
    detail: text,
    alert: z.number().exactOptional(),
    turnedDown: z.literal(true).exactOptional(),
  }),
  z.object({ kind: z.literal('not-allowed'), address: text, detail: text }),
  z.object({ kind: z.literal('malformed'), detail: text }),
  z.object({ kind: z.literal('rcode'), rcode: text }),
  z.object({
    kind: z.literal('proxy'),
    step: z.enum(['connect', 'greeting', 'authentication', 'request']),
    detail: text,
  }),
  z.object({ kind: z.literal('unsupported'), detail: text }),
  z.object({ kind: z.literal('limit'), limit: text }),
]);

const settings = z.object({
  domain: z.string().max(1024),
  version: z.string().max(64),
  startedAt: instant,
  at: instant,
  rootHints: text,
  trustAnchors: text,
  resolver: z.object({ address, port }).nullable(),
  dnsPort: port,
  smtpPort: port,
  timeoutMs: z.number().min(1).max(MAX_WAIT_MS),
  families: z.array(z.union([z.literal(4), z.literal(6)])).max(2),
  smtp: z.boolean(),
  allowPrivate: z.boolean(),
  maxConnections: z.number().int().min(1).max(1000),
  withoutSni: z.boolean(),
  chains: z.array(z.object({ host: text, text })).max(1000),
  proxy: text.nullable(),
  seed: hex(128),
});

const exchange = z.object({
  transport: z.enum(['udp', 'tcp']),
  address,
  port,
  query: octets,
  answers: z.array(z.object({ afterMs: wait, octets })).max(64),
  end: z.object({ afterMs: wait, failure: failure.nullable() }).nullable(),
});

const probe = z.object({
  address,
  port,
  serverName: text.nullable(),
  keyTypes: z.array(z.enum(['rsa', 'ecdsa', 'eddsa'])).nullable(),
  afterMs: wait,
  result: z.object({
    address,
    offer,
    source: z.enum(['network', 'file']),
    serverName: text.nullable(),
    stage,
    failure: probeFailure.nullable(),
    turnedDown: z.boolean().exactOptional(),
    error: text.nullable(),
    banner: text.nullable(),
    starttls: z.enum(['offered', 'missing', 'refused']).nullable(),
    injected: z.boolean(),
    session: z
      .object({
        version: text,
        cipher: text,
        presented: z.array(hex(MAX_DER_HEX)).max(1000),
        exact: z.boolean(),
      })
      .nullable(),
    transcript: items(
      z.object({ from: z.enum(['server', 'client', 'note']), text, atMs: z.number() }),
    ),
    stages: items(z.object({ stage, durationMs: z.number() })),
    parting: z.object({ afterMs: wait, words: text.nullable() }).nullable(),
  }),
});

const recordedRun: z.ZodType<RecordedRun> = z.object({
  settings,
  events: items(inspectionEvent),
  exchanges: items(exchange),
  connections: items(z.object({ address, port, afterMs: wait, failure: failure.nullable() })),
  probes: items(probe),
  policyFiles: items(
    z.object({
      host: text,
      afterMs: wait,
      file: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('file'), text }),
        z.object({ kind: z.literal('failed'), reason: text }),
      ]),
    }),
  ),
});

/** The schema of an inspection event, kept equal to `shared/inspection` by the compiler. */
import { z } from 'zod';
import type { Observation } from '../dnssec/reason.ts';
import type { InspectionEvent } from '../inspection/event.ts';
import type {
  AddressReport,
  AncestorReport,
  CertificateReport,
  LookUpReport,
  MxReport,
  ProbeReport,
  TlsaReport,
  ZoneReport,
} from '../inspection/report.ts';

const text = z.string();
const count = z.number().int().nonnegative();
const security = z.enum(['secure', 'insecure', 'bogus', 'indeterminate']);
const server = z.object({ name: text, address: text });

const zone: z.ZodType<ZoneReport> = z.object({
  zone: text,
  security,
  reason: text.nullable(),
  ds: z.array(z.object({ keyTag: count, algorithm: count, digestType: count, digest: text })),
  dnskeys: z.array(
    z.object({ keyTag: count, algorithm: count, flags: count, secureEntryPoint: z.boolean() }),
  ),
  signedBy: count.nullable(),
  signature: z.object({ inception: text, expiration: text }).nullable(),
  servers: z.array(server),
});

const lookUp: z.ZodType<LookUpReport> = z.object({
  name: text,
  type: text,
  rcode: text,
  security,
  answers: z.array(z.object({ name: text, type: text, ttl: count, data: text })),
  reason: text.nullable(),
  ede: count.nullable(),
  chain: z.array(zone),
});

const mx: z.ZodType<MxReport> = z.object({
  security,
  records: z.array(z.object({ preference: count, exchange: text })),
  implicit: z.boolean(),
  null: z.boolean(),
  nonexistent: z.boolean(),
  failed: z.boolean(),
  networkDown: z.boolean().exactOptional(),
  lookUp: lookUp.nullable(),
});

const certificate: z.ZodType<CertificateReport> = z.object({
  subject: text,
  issuer: text,
  notBefore: text,
  notAfter: text,
  names: z.array(text),
  keyType: text,
  isAuthority: z.boolean(),
  selfSigned: z.boolean(),
  serial: text,
  spkiSha256: text,
  certSha256: text,
  pem: text,
});

const stage = z.enum(['connect', 'greeting', 'ehlo', 'starttls', 'tls', 'done']);

const verdict = z.enum(['authenticated', 'encrypted-only', 'failed']).nullable();

const probe: z.ZodType<ProbeReport> = z.object({
  ok: z.boolean(),
  error: text.nullable(),
  stage,
  failure: z
    .enum([
      'private-address',
      'timeout',
      'refused',
      'unreachable',
      'closed',
      'rejected',
      'protocol',
      'starttls-missing',
      'starttls-refused',
      'tls-failed',
      'limit',
      'skipped',
    ])
    .nullable(),
  banner: text.nullable(),
  starttls: z.enum(['offered', 'missing', 'refused']).nullable(),
  injected: z.boolean(),
  tlsVersion: text.nullable(),
  cipher: text.nullable(),
  keyType: text.nullable(),
  sni: text.nullable(),
  chain: z.array(certificate),
  chainExact: z.boolean(),
  pkix: text.nullable(),
  transcript: z.array(
    z.object({ from: z.enum(['server', 'client', 'note']), text, atMs: z.number() }),
  ),
  stages: z.array(z.object({ stage, durationMs: z.number() })),
  associations: z.array(
    z.object({
      usable: z.boolean(),
      matches: z.boolean(),
      matchedDepth: count.nullable(),
      code: text,
      reason: text,
    }),
  ),
  verdict,
});

const address: z.ZodType<AddressReport> = z.object({
  address: text,
  family: z.union([z.literal(4), z.literal(6)]),
  security,
  probes: z.array(probe),
});

const tlsaServers = z.array(
  z.object({ server: text, address: text, rcode: text, security, records: z.array(text), verdict }),
);

const tlsa: z.ZodType<TlsaReport> = z.object({
  name: text,
  baseDomain: text,
  cname: z.array(text),
  security: security.nullable(),
  rcode: text.nullable(),
  ttl: count.nullable(),
  failed: z.boolean(),
  records: z.array(
    z.object({
      usage: count,
      selector: count,
      matchingType: count,
      data: text,
      usable: z.boolean(),
      matches: z.boolean(),
      matchedDepth: count.nullable(),
      role: z.enum(['current', 'issuer', 'next-or-stale']),
    }),
  ),
  rolloverScheme: z.enum(['current+next', 'current+issuer', 'issuer-only', 'single', 'none']),
  lookUp: lookUp.nullable(),
  done: z.boolean(),
  applies: z.boolean(),
  zone: text.nullable(),
  soaRefresh: count.nullable(),
  servers: tlsaServers,
});

const ancestor: z.ZodType<AncestorReport> = z.object({
  name: text,
  server: text,
  address: text,
  rcode: text,
  security,
  ok: z.boolean(),
  fault: z
    .enum(['ancestor-nxdomain', 'ancestor-denied', 'ancestor-bogus', 'ancestor-lookup-failed'])
    .nullable(),
  proven: z.boolean(),
  covers: z.boolean(),
  coveredNames: z.array(text),
  answer: z.enum(['answer', 'empty', 'nxdomain', 'none']),
  reason: text,
  raw: text,
});

const observation: z.ZodType<Observation> = z.object({
  code: z.enum([
    'rrsig-expired',
    'rrsig-not-yet-valid',
    'rrsig-invalid',
    'rrsig-missing',
    'rrsig-expiring',
    'ds-mismatch',
    'dnskey-missing',
    'denial-invalid',
    'algorithm-deprecated',
    'algorithm-unsupported',
    'nsec3-iterations',
    'nsec3-opt-out',
    'limit-reached',
    'server-unresponsive',
    'server-lame',
    'server-no-edns',
    'server-no-tcp',
  ]),
  subject: text,
  parameters: z.record(text, z.union([text, z.number(), z.boolean()])),
});

export const inspectionEvent: z.ZodType<InspectionEvent> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('started'),
    domain: text,
    at: text,
    startedAt: text,
    version: text,
    resolver: text,
    smtpPort: count,
    smtp: z.boolean(),
  }),
  z.object({ kind: z.literal('progress'), step: text, queries: count, elapsedMs: z.number() }),
  z.object({ kind: z.literal('observed'), observations: z.array(observation) }),
  z.object({ kind: z.literal('zones'), zones: z.array(zone) }),
  z.object({ kind: z.literal('mx'), mx, nonexistent: z.boolean(), failed: z.boolean() }),
  z.object({
    kind: z.literal('addresses'),
    host: text,
    security,
    addresses: z.array(address),
    lookUps: z.array(lookUp),
    failed: z.object({ a: z.boolean(), aaaa: z.boolean() }),
    alias: text.nullable(),
  }),
  z.object({ kind: z.literal('tlsa'), host: text, tlsa }),
  z.object({
    kind: z.literal('ancestors'),
    host: text,
    ancestors: z.array(ancestor),
    tlsaServers,
  }),
  z.object({
    kind: z.literal('zone-refresh'),
    host: text,
    zone: text,
    soaRefresh: count.nullable(),
  }),
  z.object({ kind: z.literal('probe'), host: text, address: text, index: count, probe }),
  z.object({ kind: z.literal('finished'), durationMs: z.number(), queries: count }),
]);

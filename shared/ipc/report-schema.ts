/** The schemas of a report's parts, kept equal to `shared/inspection` by the compiler. */
import { z } from 'zod';
import type {
  AddressReport,
  AncestorReport,
  CertificateReport,
  LookUpReport,
  MtaStsReport,
  MxReport,
  ProbeReport,
  RecordIdentity,
  ServerQuestion,
  TlsaReport,
  TlsRptReport,
  ZoneReport,
  ZoneSurvey,
} from '../inspection/report.ts';

export const text = z.string();
export const count = z.number().int().nonnegative();
export const security = z.enum(['secure', 'insecure', 'bogus', 'indeterminate']);
const server = z.object({ name: text, address: text });

export const zone: z.ZodType<ZoneReport> = z.object({
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

export const lookUp: z.ZodType<LookUpReport> = z.object({
  name: text,
  type: text,
  rcode: text,
  security,
  answers: z.array(z.object({ name: text, type: text, ttl: count, data: text })),
  reason: text.nullable(),
  ede: count.nullable(),
  chain: z.array(zone),
});

export const mx: z.ZodType<MxReport> = z.object({
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

export const stage = z.enum(['connect', 'greeting', 'ehlo', 'starttls', 'tls', 'done']);

const verdict = z.enum(['authenticated', 'encrypted-only', 'failed']).nullable();

const chainShape = z.object({
  ordered: z.boolean(),
  superfluous: z.array(count),
  duplicates: z.array(count),
  missingIssuer: text.nullable(),
});

export const offer = z.enum(['usual', 'rsa', 'ecdsa', 'eddsa', 'no-sni']);

export const failure = z.enum([
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
  'proxy',
  'unsupported',
  'skipped',
]);

export const probe: z.ZodType<ProbeReport> = z.object({
  offer,
  source: z.enum(['network', 'file']),
  ok: z.boolean(),
  error: text.nullable(),
  stage,
  failure: failure.nullable(),
  banner: text.nullable(),
  starttls: z.enum(['offered', 'missing', 'refused']).nullable(),
  injected: z.boolean(),
  tlsVersion: text.nullable(),
  cipher: text.nullable(),
  keyType: text.nullable(),
  sni: text.nullable(),
  chain: z.array(certificate),
  chainExact: z.boolean(),
  chainShape: chainShape.nullable(),
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

export const address: z.ZodType<AddressReport> = z.object({
  address: text,
  family: z.union([z.literal(4), z.literal(6)]),
  security,
  probes: z.array(probe),
});

export const tlsaServers = z.array(
  z.object({
    server: text,
    address: text,
    rcode: text,
    security,
    records: z.array(text),
    verdict,
    transport: z.enum(['udp', 'tcp']).optional(),
    ttl: count.optional(),
  }),
);

export const identity: z.ZodType<RecordIdentity> = z.object({
  kind: z.enum(['certificate', 'key', 'pem-certificate', 'pem-key', 'empty-input']),
  algorithm: z.enum(['SHA2-256', 'SHA2-512', 'Full']),
  host: text.nullable(),
  depth: count.nullable(),
  subject: text.nullable(),
  meant: text.nullable(),
  record: text.nullable(),
});

export const tlsa: z.ZodType<TlsaReport> = z.object({
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
      identity: identity.nullable(),
    }),
  ),
  rolloverScheme: z.enum(['current+next', 'current+issuer', 'issuer-only', 'single', 'none']),
  lookUp: lookUp.nullable(),
  done: z.boolean(),
  applies: z.boolean(),
  zone: text.nullable(),
  soaRefresh: count.nullable(),
  negativeTtl: count.nullable(),
  unasked: z.array(text),
  servers: tlsaServers,
});

const question: z.ZodType<ServerQuestion> = z.object({
  name: text,
  type: text,
  transport: z.enum(['udp', 'tcp']),
  rcode: text,
  answer: z.enum(['answer', 'empty', 'nxdomain', 'referral', 'none']),
  security,
  reason: text,
  size: count.nullable(),
  authoritative: z.boolean(),
  truncated: z.boolean(),
  edns: z.boolean(),
  signed: z.boolean(),
  records: z.array(text),
  raw: text,
});

export const survey: z.ZodType<ZoneSurvey> = z.object({
  zone: text,
  security,
  servers: z.array(z.object({ server: text, address: text, questions: z.array(question) })),
});

export const mtaSts: z.ZodType<MtaStsReport> = z.object({
  checked: z.boolean(),
  record: text.nullable(),
  id: text.nullable(),
  security: security.nullable(),
  policy: z
    .object({
      mode: z.enum(['enforce', 'testing', 'none']),
      maxAge: count,
      mx: z.array(text),
    })
    .nullable(),
  uncovered: z.array(text),
  problem: text.nullable(),
});

export const tlsRpt: z.ZodType<TlsRptReport> = z.object({
  checked: z.boolean(),
  record: text.nullable(),
  rua: z.array(text),
  security: security.nullable(),
  problem: text.nullable(),
});

export const ancestor: z.ZodType<AncestorReport> = z.object({
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
  questions: z.array(question),
});

export const domainOutcome = z.enum([
  'pending',
  'secure',
  'partial',
  'insecure',
  'degraded',
  'broken',
  'unknown',
  'no-mail',
]);

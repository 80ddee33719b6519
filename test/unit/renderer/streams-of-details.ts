/** Event streams for the details: twelve servers, a hundred certificates, a message that is damaged. */
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import type { ServerQuestion } from '../../../shared/inspection/report.ts';
import { question } from './streams-of-servers.ts';
import {
  addresses,
  equal,
  leaf,
  mxEvent,
  probeEvent,
  R11,
  started,
  tlsaEvent,
  tlsaRecord,
} from './streams.ts';

const DOMAIN = 'example.org';
const HOST = 'mx1.example.org';
const OWNER = `_25._tcp.${HOST}`;

/** An answer to `_25._tcp.mx1.example.org TLSA` with two records, made by hand (RFC 1035 §4.1). */
const ANSWER = [
  '1f2b84000001000200000000',
  '035f3235045f746370036d7831076578616d706c65036f72670000340001',
  `c00c0034000100000e100023030101${'2b'.repeat(32)}`,
  `c00c0034000100000e100023020101${'8d'.repeat(32)}`,
].join('');
/** The same, cut off in its last record. */
const CUT = ANSWER.slice(0, -24);

/** Twelve servers, of which one sends a damaged message and one nothing; one address with a hundred certificates. */
export function crowded(): readonly InspectionEvent[] {
  const chain = [
    leaf(HOST, 'a1', '2026-10-02'),
    ...Array.from({ length: 99 }, (_, index) => ({ ...R11, subject: `CN=Issuer ${index + 1}` })),
  ];
  const servers = Array.from({ length: 12 }, (_, index) => ({
    server: `ns${index + 1}.example.org`,
    address: `192.0.2.${index + 53}`,
    questions: questionsOf(index),
  }));
  return [
    started(DOMAIN),
    mxEvent(DOMAIN, [[10, HOST]]),
    addresses(HOST, ['192.0.2.10']),
    tlsaEvent(HOST, [tlsaRecord(3, '2b'), tlsaRecord(2, '8d')]),
    { kind: 'ancestors', host: HOST, ancestors: [], tlsaServers: [] },
    { kind: 'survey', survey: { zone: DOMAIN, security: 'secure', servers } },
    probeEvent(HOST, '192.0.2.10', chain, [equal(0), equal(1)]),
    { kind: 'finished', durationMs: 1840, queries: 131 },
  ];
}

function questionsOf(server: number): readonly ServerQuestion[] {
  const asked = { name: OWNER, type: 'TLSA', signed: false };
  if (server === 11) {
    const silent = { rcode: 'TIMEOUT', answer: 'none', raw: '', size: null } as const;
    return [question({ ...asked, ...silent, reason: 'no answer within 5 seconds' })];
  }
  const raw = server === 10 ? CUT : ANSWER;
  return [
    question({ ...asked, raw, size: raw.length / 2 }),
    question({ ...asked, raw, size: raw.length / 2, transport: 'tcp' }),
  ];
}

/** Before anything has been answered. */
export function early(): readonly InspectionEvent[] {
  return [started(DOMAIN), mxEvent(DOMAIN, [[10, HOST]])];
}

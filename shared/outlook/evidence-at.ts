/** The same evidence seen at another time, when nothing was signed anew: signatures out of their period make an answer bogus (RFC 4035 §5.3.1). */
import { timeToText } from '../dnssec/time.ts';
import { printable } from '../findings/safe-text.ts';
import type { InspectionEvent } from '../inspection/event.ts';
import type { LookUpReport, Report, Security } from '../inspection/report.ts';
import { signaturePeriods, type SignaturePeriod } from './signatures.ts';

/**
 * `report` is what the events come to; `at` in milliseconds since the epoch. What failed when it was
 * asked stays failed: what an answer held that nobody could use is not known. Chains are not judged here.
 */
export function evidenceAt(
  events: readonly InspectionEvent[],
  report: Report,
  at: number,
): readonly InspectionEvent[] {
  const lapsed = signaturePeriods(report).filter(({ from, until }) => at < from || at > until);
  return events.map((event) => eventAt(event, lapsed, at));
}

function eventAt(
  event: InspectionEvent,
  lapsed: readonly SignaturePeriod[],
  at: number,
): InspectionEvent {
  switch (event.kind) {
    case 'started':
      return { ...event, at: new Date(at).toISOString() };
    case 'mx': {
      const lookUp = lookUpAt(event.mx.lookUp, lapsed, at);
      if (lookUp === event.mx.lookUp) return event;
      const { networkDown } = event.mx;
      const mx = { ...event.mx, ...NO_MX, networkDown, lookUp };
      return { ...event, mx, nonexistent: false, failed: true };
    }
    case 'addresses':
      return addressesAt(event, lapsed, at);
    case 'tlsa': {
      const { tlsa } = event;
      const lookUp = lookUpAt(tlsa.lookUp, lapsed, at);
      if (lookUp === tlsa.lookUp || !tlsa.applies) return event;
      const bogus = { security: 'bogus', failed: true, records: [], ttl: null, lookUp } as const;
      return { ...event, tlsa: { ...tlsa, ...bogus } };
    }
    case 'ancestors': {
      // Every server’s records are under the same signatures as those of the look-up.
      const isLapsed = lapsed.some(({ type, name }) => type === 'TLSA' && isOwnerOf(event, name));
      return isLapsed ? { ...event, tlsaServers: event.tlsaServers.map(bogusServer) } : event;
    }
    default:
      return event;
  }
}

const NO_MX = {
  security: 'bogus',
  records: [],
  implicit: false,
  null: false,
  nonexistent: false,
  failed: true,
} as const;

type EventOf<Kind extends InspectionEvent['kind']> = Extract<
  InspectionEvent,
  { readonly kind: Kind }
>;

function addressesAt(
  event: EventOf<'addresses'>,
  lapsed: readonly SignaturePeriod[],
  at: number,
): InspectionEvent {
  const lookUps = event.lookUps.map((lookUp) => lookUpAt(lookUp, lapsed, at) ?? lookUp);
  const hasLapsed = (type: string): boolean =>
    event.lookUps.some((lookUp, index) => lookUp.type === type && lookUps[index] !== lookUp);
  const [a, aaaa] = [hasLapsed('A'), hasLapsed('AAAA')];
  if (!a && !aaaa) return event;
  return {
    ...event,
    lookUps,
    security: 'bogus',
    addresses: event.addresses.filter(({ family }) => !(family === 4 ? a : aaaa)),
    failed: { a: event.failed.a || a, aaaa: event.failed.aaaa || aaaa },
  };
}

function isOwnerOf({ ancestors, host }: EventOf<'ancestors'>, name: string): boolean {
  const questions = ancestors.flatMap((ancestor) => ancestor.questions);
  return questions.some((question) => question.name === name) || name.endsWith(`.${host}`);
}

function bogusServer<Server extends { readonly security: Security }>(server: Server) {
  return { ...server, security: 'bogus', records: [], verdict: null } as const;
}

/** The same look-up where nothing of it has lapsed. */
function lookUpAt(
  lookUp: LookUpReport | null,
  lapsed: readonly SignaturePeriod[],
  at: number,
): LookUpReport | null {
  if (lookUp === null) return null;
  const fault = lapsed.find((period) => hangsOn(lookUp, period));
  if (fault === undefined) return lookUp;
  return { ...lookUp, security: 'bogus', answers: [], reason: faultWords(fault, at), ede: null };
}

function hangsOn({ name, type, security, chain }: LookUpReport, period: SignaturePeriod): boolean {
  if (period.type !== 'DNSKEY') {
    return security === 'secure' && name === period.name && type === period.type;
  }
  // RFC 4035 §5.2: that a zone is not signed is proven by keys above it.
  const validates = security === 'secure' || security === 'insecure';
  return validates && chain.some((each) => each.zone === period.zone && each.security === 'secure');
}

function faultWords({ zone, name, type, from, until }: SignaturePeriod, at: number): string {
  const what = type === 'DNSKEY' ? `the keys of ${printable(zone)}` : `${printable(name)} ${type}`;
  return at < from
    ? `the signature over ${what} begins only at ${timeToText(from / 1000)}`
    : `the signature over ${what} ended at ${timeToText(until / 1000)}`;
}

/** What each server serves at a TLSA name, for comparison (RFC 1034 §4.3.5). */
import { formatTlsa } from '../../shared/dane/tlsa.ts';
import type { Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { TlsaServerReport } from '../../shared/inspection/report.ts';
import type { ServerAnswer } from '../resolver/resolver.ts';
import { kindOf, rcodeOf } from './server-question.ts';
import { tlsaRecords } from './tlsa.ts';

/**
 * One entry a server, two where it says one thing over UDP and another over TCP: a sender may get either.
 * An alias is left to the zone that it leads to.
 */
export function tlsaServersOf(
  owner: Name,
  answers: readonly ServerAnswer[],
): readonly TlsaServerReport[] {
  const asked = answers.filter(({ name, type }) => name.key === owner.key && type === TYPE.TLSA);
  const addresses = [...new Set(asked.map(({ server }) => server.address))];
  return addresses.flatMap((address) =>
    entriesOf(asked.filter(({ server }) => server.address === address)),
  );
}

function entriesOf(asked: readonly ServerAnswer[]): readonly TlsaServerReport[] {
  const overUdp = asked.find(({ transport }) => transport === 'udp');
  const overTcp = asked.find(({ transport }) => transport === 'tcp');
  const [first, second] = [overUdp, overTcp].filter(
    (answer) => answer !== undefined && isTaken(answer, overUdp, overTcp),
  );
  if (first === undefined || first.answers.some(({ type }) => type === TYPE.CNAME)) return [];
  const entry = entryOf(first);
  const other = second === undefined ? entry : entryOf(second);
  const same = other.security === entry.security && other.records.join() === entry.records.join();
  if (same) return [entry];
  return [
    { ...entry, transport: 'udp' },
    { ...other, transport: 'tcp' },
  ];
}

/** A resolver asks over UDP, and over TCP only where the datagram is cut off: no answer there is no matter else. */
function isTaken(
  answer: ServerAnswer,
  overUdp: ServerAnswer | undefined,
  overTcp: ServerAnswer | undefined,
): boolean {
  if (answer === overUdp) return !answer.truncated || overTcp === undefined;
  return kindOf(answer) !== 'none' || overUdp === undefined || overUdp.truncated;
}

function entryOf(answer: ServerAnswer): TlsaServerReport {
  const ttls = answer.answers.filter(({ type }) => type === TYPE.TLSA).map(({ ttl }) => ttl);
  return {
    server: answer.server.name,
    address: answer.server.address,
    rcode: rcodeOf(answer),
    security: kindOf(answer) === 'none' ? 'indeterminate' : answer.security,
    records: tlsaRecords(answer.answers).map(formatTlsa).sort(),
    verdict: null,
    ...(ttls.length === 0 ? {} : { ttl: Math.max(...ttls) }),
  };
}

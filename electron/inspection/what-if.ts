/** The same evidence judged as if a host published other records or presented another chain, or at another time; nobody is asked (RFC 7672 §2.2). */
import { readTypedRecord } from '../../shared/dane/record-text.ts';
import { formatTlsa, type Tlsa } from '../../shared/dane/tlsa.ts';
import { fromHex } from '../../shared/dns/bytes.ts';
import { nameFromText } from '../../shared/dns/name.ts';
import { printable } from '../../shared/findings/safe-text.ts';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { readGivenChains, type GivenChain } from '../../shared/inspection/given-chains.ts';
import type { HostReport, Report, TlsaReport } from '../../shared/inspection/report.ts';
import type { WhatIfReply, WhatIfRequest } from '../../shared/ipc/contract.ts';
import { evidenceAt } from '../../shared/outlook/evidence-at.ts';
import { withDetective } from './detective.ts';
import { imaginedProbes, imaginedServers, imaginedTlsa } from './imagined.ts';
import type { InspectionPorts } from './ports.ts';
import { judgeServers } from './server-verdicts.ts';

export type WhatIfPorts = Pick<InspectionPorts, 'crypto' | 'describe'>;

/**
 * What it cannot know stays as it was: how servers that do not answer will answer, what single name
 * servers say of the names above, and whatever ended a conversation before a chain was presented.
 */
export function judgeWhatIf(
  { events: run, host: typed, records, chain, at }: WhatIfRequest,
  ports: WhatIfPorts,
): WhatIfReply {
  const instant = at === undefined ? null : Date.parse(at);
  if (Number.isNaN(instant)) return refuse(`“${printable(at ?? '')}” is no instant.`);
  const events = instant === null ? run : eventsAt(run, instant, ports);
  if (instant !== null && typed === '') return { kind: 'judged', events };
  const report = events.reduce(gather, emptyReport(''));
  const name = nameFromText(typed.trim());
  const host = report.hosts.find((each) => name.ok && each.name === name.value.key);
  if (host === undefined) return refuse(`${printable(typed)} is no mail host of this inspection.`);
  const recordSet = records === null ? null : readRecords(records);
  if (typeof recordSet === 'string') return refuse(recordSet);
  const reason = recordSet === null ? null : whyRecordsTellNothing(host);
  if (reason !== null) return refuse(reason);
  const given = chain === null ? null : readChain(host.name, chain);
  if (typeof given === 'string') return refuse(given);
  const imagined = { records: recordSet, chain: given };
  return { kind: 'judged', events: imagine(events, report, host, imagined, ports) };
}

function readRecords(texts: readonly string[]): readonly Tlsa[] | string {
  const records: Tlsa[] = [];
  for (const text of texts) {
    const typed = readTypedRecord(text);
    const record = typed?.record ?? null;
    if (record === null) {
      const why = typed?.fault === undefined || typed.fault === null ? '' : `: ${typed.fault}`;
      return `“${printable(text.slice(0, SHOWN_CHARACTERS))}” is no TLSA record${why}.`;
    }
    records.push(record);
  }
  // RFC 2181 §5: an RRset holds a record once.
  return [...new Map(records.map((record) => [formatTlsa(record), record])).values()];
}

const SHOWN_CHARACTERS = 60;

/** Other records would be looked up the same way: where that fails, they would not be had either. */
function whyRecordsTellNothing({ tlsa }: HostReport): string | null {
  if (!tlsa.done) return `The look-up of ${tlsa.name} has not come to an end.`;
  if (!tlsa.failed && tlsa.security !== 'bogus') return null;
  return `The look-up of ${tlsa.name} fails now, and other records there would be as hard to get.`;
}

function readChain(host: string, text: string): GivenChain | string {
  const reading = readGivenChains([{ host, text }]);
  if (!reading.ok) return reading.message;
  return reading.chains.get(host)?.[0] ?? 'There is no certificate in the chain.';
}

/** Every host is judged anew, as far as what was seen tells. */
function eventsAt(
  run: readonly InspectionEvent[],
  at: number,
  ports: WhatIfPorts,
): readonly InspectionEvent[] {
  const reportOf = (events: readonly InspectionEvent[]): Report =>
    events.reduce(gather, emptyReport(''));
  let events = evidenceAt(run, reportOf(run), at);
  const { hosts } = reportOf(events);
  for (const { name } of hosts) {
    const report = reportOf(events);
    const host = report.hosts.find((each) => each.name === name);
    if (host !== undefined) events = imagine(events, report, host, AS_IT_IS, ports);
  }
  return events;
}

/** Null leaves what is published, or presented. */
interface Imagined {
  readonly records: readonly Tlsa[] | null;
  readonly chain: GivenChain | null;
}

const AS_IT_IS: Imagined = { records: null, chain: null };

function imagine(
  events: readonly InspectionEvent[],
  report: Report,
  host: HostReport,
  { records, chain }: Imagined,
  { crypto, describe }: WhatIfPorts,
): readonly InspectionEvent[] {
  const told: InspectionEvent[] = [];
  const tell = withDetective((event) => told.push(event), crypto);
  const tlsa = records === null ? asTold(host.tlsa) : imaginedTlsa(host.tlsa, records);
  const expectation = {
    records: tlsa.applies && tlsa.security === 'secure' ? parsed(tlsa) : [],
    referenceNames: referenceNames(report, host),
    at: Date.parse(report.at),
  };
  const probes = imaginedProbes(
    host,
    chain,
    (result) => describe(result, expectation, crypto).keyType,
  );
  const chains = probes
    .filter(({ result }) => result.offer !== 'no-sni')
    .flatMap(({ result }) => (result.session === null ? [] : [result.session.presented]));
  const presented = { ...expectation, chains };
  for (const event of events.filter(isEvidence)) {
    if (!('host' in event) || event.host !== host.name) tell(event);
    else if (event.kind === 'tlsa') tell({ ...event, tlsa });
    else if (event.kind === 'ancestors') {
      const servers =
        records === null ? event.tlsaServers : imaginedServers(event.tlsaServers, records);
      tell({ ...event, tlsaServers: judgeServers(servers, presented, crypto) });
    } else if (event.kind !== 'probe') tell(event);
  }
  for (const { address, index, result } of probes) {
    const probe = describe(result, expectation, crypto);
    tell({ kind: 'probe', host: host.name, address, index, probe });
  }
  for (const event of events) if (event.kind === 'finished') tell(event);
  return told;
}

/** What records turn out to be is found out anew, and the end comes last. */
function isEvidence({ kind }: InspectionEvent): boolean {
  return kind !== 'identities' && kind !== 'finished';
}

function asTold(tlsa: TlsaReport): TlsaReport {
  return { ...tlsa, records: tlsa.records.map((record) => ({ ...record, identity: null })) };
}

function parsed({ records }: TlsaReport): readonly Tlsa[] {
  return records.map(({ usage, selector, matchingType, data }) => ({
    usage,
    selector,
    matchingType,
    data: fromHex(data) ?? new Uint8Array(0),
  }));
}

/** RFC 7672 §3.2.2: the TLSA base domain and, where its MX records are secure, the next-hop domain and what that is an alias for. */
function referenceNames({ domain, mx }: Report, { tlsa }: HostReport): readonly string[] {
  // A host that was looked at by itself has no next hop.
  if (mx.lookUp === null || (!mx.implicit && mx.security !== 'secure')) return [tlsa.baseDomain];
  const aliases = mx.lookUp.answers.filter(({ type }) => type === 'CNAME');
  const expanded = mx.lookUp.security === 'secure' ? aliases.slice(-1) : [];
  const names = expanded.map(({ data }) => data.replace(/\.$/, '').toLowerCase());
  return [...new Set([tlsa.baseDomain, domain, ...names])];
}

function refuse(message: string): WhatIfReply {
  return { kind: 'refused', message };
}

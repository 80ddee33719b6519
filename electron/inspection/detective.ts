/** Tells what unmatched TLSA records turn out to be, as soon as the chains of any host of the domain show it. */
import type { AssociationCrypto } from '../../shared/dane/association.ts';
import { createDetective, type Detective } from '../../shared/dane/detective.ts';
import { fromHex } from '../../shared/dns/bytes.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import type {
  ProbeReport,
  RecordIdentity,
  TlsaRecordReport,
} from '../../shared/inspection/report.ts';
import { unmatchedIndices } from '../../shared/inspection/tlsa-roles.ts';
import { readCertificate, type Certificate } from '../../shared/x509/certificate.ts';
import { readPem } from '../../shared/x509/pem.ts';

type Emit = (event: InspectionEvent) => void;

interface HostFacts {
  readonly records: readonly TlsaRecordReport[];
  /** By address and index: a probe told again replaces what it told before. */
  readonly probes: Map<string, ProbeReport>;
  /** What was told of its records last. */
  told: readonly (RecordIdentity | null)[];
}

/** Passes every event on, and adds `identities` behind those that bring something to light. */
export function withDetective(emit: Emit, crypto: AssociationCrypto): Emit {
  const detective = createDetective(crypto);
  const hosts = new Map<string, HostFacts>();

  const tell = (host: string, facts: HostFacts): void => {
    const identities = identify(detective, host, facts);
    if (JSON.stringify(identities) === JSON.stringify(facts.told)) return;
    facts.told = identities;
    emit({ kind: 'identities', host, identities });
  };

  return (event) => {
    emit(event);
    if (event.kind === 'tlsa') {
      const { records } = event.tlsa;
      hosts.set(event.host, { records, probes: new Map(), told: records.map(() => null) });
    } else if (event.kind === 'probe') {
      const { host, address, index, probe } = event;
      // What is presented without SNI is not what records are for.
      const isNews = probe.offer !== 'no-sni' && detective.learn(host, probe.chain.map(readAgain));
      hosts.get(host)?.probes.set(`${address} ${index}`, probe);
      // What this host presents may be what another one's record is.
      for (const [name, facts] of hosts) if (isNews || name === host) tell(name, facts);
    }
  };
}

function identify(
  detective: Detective,
  host: string,
  { records, probes }: HostFacts,
): readonly (RecordIdentity | null)[] {
  const unmatched = new Set(unmatchedIndices(records.length, [...probes.values()]));
  return records.map((record, index) => {
    const data = unmatched.has(index) ? fromHex(record.data) : null;
    return data === null ? null : detective.identify({ ...record, data }, host);
  });
}

function readAgain({ pem }: ProbeReport['chain'][number]): Certificate | null {
  const blocks = readPem(pem);
  const [der] = blocks.ok ? blocks.certificates : [];
  if (der === undefined) return null;
  const reading = readCertificate(der);
  return reading.ok ? reading.certificate : null;
}

/** What a host would publish and present, made of what it does (RFC 2181 §5, RFC 8446 §4.4.2). */
import { formatTlsa, type Tlsa } from '../../shared/dane/tlsa.ts';
import type { GivenChain } from '../../shared/inspection/given-chains.ts';
import type {
  AddressReport,
  HostReport,
  LookUpReport,
  ProbeReport,
  TlsaReport,
  TlsaServerReport,
} from '../../shared/inspection/report.ts';
import { kindOf } from '../../shared/rollover/chain.ts';
import { USUAL_TTL } from '../../shared/rollover/zone-times.ts';
import { readPem } from '../../shared/x509/pem.ts';
import type { ProbeResult } from '../smtp/probe.ts';
import { resultsOfChains } from './given-chain.ts';
import { recordReport } from './tlsa.ts';

/** As secure as the zone is now; an empty set is a proven absence where the zone proves one. */
export function imaginedTlsa(tlsa: TlsaReport, records: readonly Tlsa[]): TlsaReport {
  const lookUp = tlsa.lookUp === null ? null : imaginedLookUp(tlsa.lookUp, tlsa, records);
  return {
    ...tlsa,
    rcode: 'NOERROR',
    ttl: records.length === 0 ? null : tlsa.ttl,
    records: records.map(recordReport),
    lookUp,
  };
}

function imaginedLookUp(
  lookUp: LookUpReport,
  { name, cname, ttl }: TlsaReport,
  records: readonly Tlsa[],
): LookUpReport {
  const answers = records.map((record) => ({
    name: cname.at(-1) ?? name,
    type: 'TLSA',
    ttl: ttl ?? USUAL_TTL,
    data: formatTlsa(record),
  }));
  const aliases = lookUp.answers.filter(({ type }) => type !== 'TLSA');
  return { ...lookUp, rcode: 'NOERROR', answers: [...aliases, ...answers] };
}

/** Every server that answers says the same, once; one that does not answer would not then. */
export function imaginedServers(
  servers: readonly TlsaServerReport[],
  records: readonly Tlsa[],
): readonly TlsaServerReport[] {
  const texts = records.map(formatTlsa).sort();
  const byAddress = new Map<string, TlsaServerReport>();
  for (const { server, address, rcode, security, ttl } of servers) {
    if (byAddress.get(address)?.security === 'secure') continue;
    const answers = security === 'secure';
    byAddress.set(address, {
      server,
      address,
      rcode: answers ? 'NOERROR' : rcode,
      security,
      records: answers ? texts : [],
      verdict: null,
      ...(ttl === undefined || texts.length === 0 ? {} : { ttl }),
    });
  }
  return [...byAddress.values()];
}

export interface ImaginedProbe {
  readonly address: string;
  readonly index: number;
  readonly result: ProbeResult;
}

/** Of every address: what it presented, or `chain` in its place; a conversation that ended before stays as it was. */
export function imaginedProbes(
  { addresses }: HostReport,
  chain: GivenChain | null,
  keyTypeOf: (result: ProbeResult) => string | null,
): readonly ImaginedProbe[] {
  return addresses.flatMap((address) => {
    const results = resultsAt(address, chain, keyTypeOf);
    return results.map((result, index) => ({ address: address.address, index, result }));
  });
}

function resultsAt(
  { address, probes }: AddressReport,
  chain: GivenChain | null,
  keyTypeOf: (result: ProbeResult) => string | null,
): readonly ProbeResult[] {
  const [given] = chain === null ? [] : resultsOfChains(address, [chain]);
  if (given === undefined) return probes.map((probe) => resultOf(address, probe));
  if (probes.length === 0) return [given];
  const kind = kindOf(keyTypeOf(given) ?? '');
  const presented = probes.filter((probe) => probe.offer !== 'no-sni' && probe.chain.length > 0);
  const kinds = new Set(presented.map(({ keyType }) => kindOf(keyType ?? '')));
  // A server with two kinds of key changes one of them; with one kind, it changes that for another.
  const isReplaced = ({ chain: shown, keyType }: ProbeReport): boolean =>
    shown.length > 0 && (kinds.size < 2 || !kinds.has(kind) || kindOf(keyType ?? '') === kind);
  return probes.map((probe) => {
    const result = resultOf(address, probe);
    return isReplaced(probe) ? { ...result, source: 'file', session: given.session } : result;
  });
}

/** What the probe's report was made of. */
function resultOf(address: string, probe: ProbeReport): ProbeResult {
  const { offer, source, sni, stage, failure, error, banner, starttls, injected } = probe;
  const hasSession = probe.chain.length > 0 || probe.tlsVersion !== null;
  return {
    address,
    offer,
    source,
    serverName: sni,
    stage,
    failure,
    error,
    banner,
    starttls,
    injected,
    session: hasSession
      ? {
          version: probe.tlsVersion ?? '',
          cipher: probe.cipher ?? '',
          presented: probe.chain.map(bytesOf),
          exact: probe.chainExact,
        }
      : null,
    transcript: probe.transcript,
    stages: probe.stages,
    parting: Promise.resolve(null),
  };
}

function bytesOf({ pem }: ProbeReport['chain'][number]): Uint8Array {
  const blocks = readPem(pem);
  const [der] = blocks.ok ? blocks.certificates : [];
  return der ?? new Uint8Array(0);
}

/** Findings about the certificate a host presents: dates, names, key, chain (RFC 5280, RFC 7672 §3). */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding, Parameters } from '../findings/finding.ts';
import type { HostStanding } from './host-standing.ts';
import type {
  AddressReport,
  CertificateReport,
  HostReport,
  ProbeReport,
  Report,
} from './report.ts';
import { targetParameters } from './tlsa-parameters.ts';

export function certificateFindings(
  report: Report,
  host: HostReport,
  standing: HostStanding,
): readonly Finding[] {
  const leaves = new Set<string>();
  const chains = new Set<string>();
  return presentedChains(host).flatMap(({ address, probe, leaf }) => {
    const presented = { report, host, standing, address, probe, leaf };
    const chain = probe.chain.map(({ certSha256 }) => certSha256).join();
    // The same certificate, or chain, at several addresses is told once.
    const findings = [
      ...(leaves.has(leaf.certSha256) ? [] : leafFindings(presented)),
      ...(chains.has(chain) ? [] : chainFindings(presented)),
    ];
    leaves.add(leaf.certSha256);
    chains.add(chain);
    return findings;
  });
}

/** What senders get to see; what a server presents when it is not told the name is not among it. */
function presentedChains(
  host: HostReport,
): readonly Pick<Presented, 'address' | 'probe' | 'leaf'>[] {
  return host.addresses.flatMap((address) =>
    address.probes.flatMap((probe) => {
      const [leaf] = probe.chain;
      return leaf === undefined || probe.offer === 'no-sni' ? [] : [{ address, probe, leaf }];
    }),
  );
}

interface Presented {
  readonly report: Report;
  readonly host: HostReport;
  readonly standing: HostStanding;
  readonly address: AddressReport;
  readonly probe: ProbeReport;
  readonly leaf: CertificateReport;
}

function leafFindings(presented: Presented): readonly Finding[] {
  const { address, leaf } = presented;
  const shared = sharedParameters(presented);
  return [
    ...dateFindings(presented, shared),
    ...nameFindings(presented, shared),
    ...(isWeakKey(leaf.keyType)
      ? [makeFinding('certificate-key-weak', address.address, shared)]
      : []),
    ...weakIssuers(presented, shared),
  ];
}

function sharedParameters({ report, host, address, leaf }: Presented): Parameters {
  return {
    ...targetParameters(report, host, address),
    notAfter: leaf.notAfter,
    names: leaf.names,
    keyType: leaf.keyType,
    issuer: leaf.issuer,
  };
}

function dateFindings(presented: Presented, shared: Parameters): readonly Finding[] {
  const { report, host, address, leaf } = presented;
  const at = Date.parse(report.at);
  const end = Date.parse(leaf.notAfter);
  const start = Date.parse(leaf.notBefore);
  if (Number.isNaN(end) || Number.isNaN(at)) return [];
  if (end < at) {
    // RFC 7672 §3.1.1: under usage 3 the date is ignored.
    if (matchedByUsage(presented, 3)) return [makeFinding('tlsa-ee-expired', host.name, shared)];
    // Under usage 2 `tlsa-ta-expired` says it.
    if (isAnchorExpired(presented)) return [];
    return [makeFinding('certificate-expired', address.address, shared)];
  }
  const warning = Math.min(EXPIRY_WARNING_MS, (end - start) / 4);
  if (end - at >= warning) return [];
  const counts = matchedByUsage(presented, 2) && !matchedByUsage(presented, 3);
  const severity = counts ? 'warning' : 'notice';
  return [makeFinding('certificate-expiring', address.address, { ...shared, counts }, severity)];
}

/** 14 days: renewals usually run a month ahead, so one that has not run by then has failed. */
const EXPIRY_WARNING_MS = 14 * 24 * 3600 * 1000;

/** RFC 7672 §3.1.1: names do not matter under usage 3; under usage 2 `tlsa-ta-name-mismatch` says it. */
function nameFindings(presented: Presented, shared: Parameters): readonly Finding[] {
  const { host, address, leaf, standing } = presented;
  if (standing.dane !== 'none' || leaf.names.some((name) => covers(name, host.name))) return [];
  return [makeFinding('certificate-name-mismatch', address.address, shared)];
}

/** A wildcard stands for the whole left-most label (RFC 9525 §6.3). */
function covers(pattern: string, host: string): boolean {
  const lower = pattern.toLowerCase().replace(/\.$/, '');
  if (lower === host) return true;
  if (!lower.startsWith('*.')) return false;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === lower.slice(1) && lower.slice(2).includes('.');
}

/** Bits below which RSA is refused by common TLS libraries as they come (RFC 9325 §4.2). */
const LEAST_RSA_BITS = 2048;
/** Curves of less than 112 bits of strength, and a kind of key that TLS has given up (RFC 8422, RFC 8446). */
const WEAK_KEYS: readonly string[] = ['ECDSA P-192', 'DSA'];

function isWeakKey(keyType: string): boolean {
  const bits = /^RSA(?:-PSS)? (\d+)$/.exec(keyType)?.[1];
  return bits === undefined ? WEAK_KEYS.includes(keyType) : Number(bits) < LEAST_RSA_BITS;
}

function chainFindings(presented: Presented): readonly Finding[] {
  const { address, probe } = presented;
  const { chainShape: shape, chain } = probe;
  if (shape === null) return [];
  const shared = sharedParameters(presented);
  const extras = extrasOf(probe).map((depth) => `${depth}: ${chain[depth]?.subject ?? ''}`);
  return [
    ...incompleteFindings(presented, shared),
    ...(shape.ordered ? [] : [makeFinding('chain-order', address.address, shared)]),
    ...(extras.length > 0
      ? [makeFinding('chain-superfluous', address.address, { ...shared, extras })]
      : []),
  ];
}

/** Depths of what takes no part in the path, or is there already. */
function extrasOf({ chainShape }: ProbeReport): readonly number[] {
  if (chainShape === null) return [];
  return [...chainShape.superfluous, ...chainShape.duplicates].sort((a, b) => a - b);
}

/**
 * A chain without its root is complete: whoever trusts the root has it. Without the issuer of its own
 * certificate nobody can build a path, and under usage 2 the issuer named in the record must be there.
 */
function incompleteFindings(presented: Presented, shared: Parameters): readonly Finding[] {
  const { host, address, probe } = presented;
  const issuer = probe.chainShape?.missingIssuer ?? null;
  if (issuer === null) return [];
  const wanted = probe.associations.some(({ code }) => code === 'ta-missing-from-chain');
  const alone = extrasOf(probe).length === probe.chain.length - 1;
  const served = probe.verdict === 'authenticated';
  const counts =
    !served && (wanted || (alone && host.tlsa.records.some((record) => record.usage === 2)));
  if (!counts && !alone) return [];
  const parameters = { ...shared, issuer, counts };
  // Where another record authenticates, or none is there, only senders that check the Web PKI mind.
  const severity = counts ? 'warning' : 'notice';
  return [makeFinding('chain-incomplete', address.address, parameters, severity)];
}

/** Under usage 2 the issuers' keys are part of what authenticates. */
function weakIssuers(presented: Presented, shared: Parameters): readonly Finding[] {
  if (!matchedByUsage(presented, 2)) return [];
  const { probe, address } = presented;
  return probe.chain
    .slice(1)
    .filter(({ keyType }) => isWeakKey(keyType))
    .map(({ keyType, subject }) =>
      makeFinding('certificate-key-weak', address.address, {
        ...shared,
        keyType,
        ofIssuer: subject,
      }),
    );
}

function matchedByUsage({ host, probe }: Presented, usage: number): boolean {
  return probe.associations.some(
    (association, index) => association.matches && host.tlsa.records[index]?.usage === usage,
  );
}

function isAnchorExpired({ probe }: Presented): boolean {
  return probe.associations.some((association) => association.code === 'ta-expired');
}

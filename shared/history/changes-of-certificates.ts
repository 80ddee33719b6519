/** Which certificates a host presents other than before: a renewal, a new key, or another chain behind the same. */
import type { CertificateReport, HostReport } from '../inspection/report.ts';
import type { Change, PresentedCertificate } from './change.ts';
import { comeAndGone } from './come-and-gone.ts';

/** Only addresses that presented something both times are held against each other. */
export function changesOfCertificates(before: HostReport, now: HostReport): readonly Change[] {
  const [old, fresh] = [chainsByAddress(before), chainsByAddress(now)];
  const shared = [...fresh.keys()].filter((address) => old.has(address));
  const oldChains = shared.flatMap((address) => old.get(address) ?? []);
  const freshChains = shared.flatMap((address) => fresh.get(address) ?? []);
  const leaves = changesOfLeaves(now.name, leavesOf(oldChains), leavesOf(freshChains)).filter(
    // Where a kind of key could not be asked for, a certificate with it is neither new nor gone.
    (change) =>
      (change.before !== null || areAllKindsHeard(before, shared)) &&
      (change.now !== null || areAllKindsHeard(now, shared)),
  );
  return leaves.length > 0 ? leaves : changesOfIssuers(now.name, oldChains, freshChains);
}

type Chain = readonly CertificateReport[];
type CertificateChange = Extract<Change, { readonly kind: 'certificate' }>;

/** Each offer brought a chain, or the server's word that it has no such key. */
function areAllKindsHeard({ addresses }: HostReport, some: readonly string[]): boolean {
  return addresses
    .filter(({ address }) => some.includes(address))
    .flatMap(({ probes }) => probes)
    .every(({ offer, ok, failure }) => offer === 'no-sni' || ok || failure === 'tls-failed');
}

/** Without server names other certificates may be right (RFC 7672 §8.1); a file is no server. */
function chainsByAddress({ addresses }: HostReport): ReadonlyMap<string, readonly Chain[]> {
  return new Map(
    addresses.flatMap(({ address, probes }) => {
      const chains = probes
        .filter(({ offer, source, chain }) => {
          return offer !== 'no-sni' && source === 'network' && chain.length > 0;
        })
        .map(({ chain }) => chain);
      return chains.length === 0 ? [] : [[address, chains] as const];
    }),
  );
}

function leavesOf(chains: readonly Chain[]): ReadonlyMap<string, CertificateReport> {
  return new Map(chains.flatMap(([leaf]) => (leaf === undefined ? [] : [[leaf.certSha256, leaf]])));
}

/** One that came and one that went with a key of the same kind are a replacement. */
function changesOfLeaves(
  host: string,
  before: ReadonlyMap<string, CertificateReport>,
  now: ReadonlyMap<string, CertificateReport>,
): readonly CertificateChange[] {
  const gone = [...before.values()].filter(({ certSha256 }) => !now.has(certSha256));
  const come = [...now.values()].filter(({ certSha256 }) => !before.has(certSha256));
  const replaced = come.map((certificate): CertificateChange => {
    const place = gone.findIndex(({ keyType }) => kindOf(keyType) === kindOf(certificate.keyType));
    const [former = null] = place < 0 ? [] : gone.splice(place, 1);
    return {
      kind: 'certificate',
      host,
      before: former === null ? null : presented(former),
      now: presented(certificate),
    };
  });
  const lost = gone.map((certificate): CertificateChange => ({
    ...{ kind: 'certificate', host, before: presented(certificate), now: null },
  }));
  return [...replaced, ...lost];
}

/** `RSA` of `RSA 2048`. */
function kindOf(keyType: string): string {
  return keyType.split(' ')[0] ?? keyType;
}

function presented(certificate: CertificateReport): PresentedCertificate {
  const { subject, certSha256, spkiSha256, notBefore, notAfter } = certificate;
  return { subject, certSha256, spkiSha256, notBefore, notAfter };
}

function changesOfIssuers(
  host: string,
  before: readonly Chain[],
  now: readonly Chain[],
): readonly Change[] {
  const issuers = (chains: readonly Chain[]): ReadonlyMap<string, string> =>
    new Map(
      chains.flatMap(([, ...rest]) => rest.map(({ certSha256, subject }) => [certSha256, subject])),
    );
  const [old, fresh] = [issuers(before), issuers(now)];
  const { come, gone } = comeAndGone(old.keys(), fresh.keys());
  if (come.length === 0 && gone.length === 0) return [];
  const names = (of: ReadonlyMap<string, string>, some: readonly string[]): readonly string[] =>
    some.map((each) => of.get(each) ?? '');
  return [{ kind: 'issuers', host, come: names(fresh, come), gone: names(old, gone) }];
}

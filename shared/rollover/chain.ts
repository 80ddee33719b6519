/** Chains that a host presents or will present, and which records of a set authenticate them (RFC 7671 §5 and §9). */
import { readTypedRecord } from '../dane/record-text.ts';
import { supersededBy, usabilityOf } from '../dane/usability.ts';
import type { CertificateReport, HostReport, ProbeReport } from '../inspection/report.ts';

export interface Chain {
  /** SHA-256 of the leaf's SubjectPublicKeyInfo, lower-case hex: the data of its 3 1 1 record. */
  readonly key: string;
  /** SHA-256 of the leaf certificate, lower-case hex; null for a key whose certificate is not known. */
  readonly certificate: string | null;
  /** `RSA`, `ECDSA`, `Ed25519`…: a client that takes one key of a kind takes any. */
  readonly kind: string;
  /** Records in presentation form, published or to be published, each of which alone authenticates it. */
  readonly records: readonly string[];
}

/** A chain, or a key whose chain is not known yet, that is to be installed. */
export interface ComingChain extends Chain {
  /** What the scheme wants published for it; of issuers not known to sign it too, which are none of `records`. */
  readonly publish: readonly string[];
  /** Its issuers were given; else records of issuers may fit it without our knowing. */
  readonly issuersKnown: boolean;
}

export interface PresentedChains {
  readonly chains: readonly Chain[];
  /** Every address that the host has presented a chain. */
  readonly complete: boolean;
}

/** What senders are presented with at all addresses; a certificate that comes with two chains counts as the weaker of them. */
export function presentedBy(host: HostReport): PresentedChains {
  const texts = publishedTexts(host);
  const others = elsewhere(host, texts);
  const byCertificate = new Map<string, Chain>();
  for (const { chain, associations } of host.addresses.flatMap(sessionsOf)) {
    const [leaf] = chain;
    if (leaf === undefined) continue;
    const { certSha256: certificate, spkiSha256 } = leaf;
    // A leaf that cannot be read is presented all the same; its certificate's digest stands for the key.
    const key = spkiSha256 === '' ? certificate : spkiSha256;
    const matching = [
      ...texts.filter((_text, index) => associations[index]?.matches === true),
      ...others.filter((record) => namesLeaf(record, leaf)),
    ];
    const before = byCertificate.get(certificate)?.records ?? matching;
    const records = before.filter((record) => matching.includes(record));
    byCertificate.set(certificate, { key, certificate, kind: kindOf(leaf.keyType), records });
  }
  const complete =
    host.addresses.length > 0 &&
    unaskedAddresses(host).length === 0 &&
    host.addresses.every((address) => sessionsOf(address).length > 0);
  return { chains: [...byCertificate.values()], complete };
}

/** What senders may connect to all the same: addresses beyond the most that are asked, and families whose look-up failed. */
export function unaskedAddresses({
  addresses,
  lookUps,
  resolution,
}: HostReport): readonly string[] {
  const asked = new Set(addresses.map(({ address }) => address));
  const answered = lookUps
    .flatMap(({ answers }) => answers)
    .flatMap(({ type, data }) => (type === 'A' || type === 'AAAA' ? [data] : []));
  return [
    ...new Set(answered.filter((address) => !asked.has(address))),
    ...(resolution?.failed.a === true ? ['IPv4 addresses'] : []),
    ...(resolution?.failed.aaaa === true ? ['IPv6 addresses'] : []),
  ];
}

/** RFC 7672 §8.1: senders give the name, so what is presented without it is nobody's business. */
function sessionsOf({ probes }: HostReport['addresses'][number]): readonly ProbeReport[] {
  return probes.filter(({ offer, chain }) => offer !== 'no-sni' && chain.length > 0);
}

/** The records that the look-up gave, in presentation form and in its order; empty unless secure. */
export function publishedTexts({ tlsa }: HostReport): readonly string[] {
  if (tlsa.security !== 'secure') return [];
  return tlsa.records.map(
    ({ usage, selector, matchingType, data }) => `${usage} ${selector} ${matchingType} ${data}`,
  );
}

/** Records of single servers that the look-up did not give, so that no handshake was judged by them. */
function elsewhere({ tlsa }: HostReport, looked: readonly string[]): readonly string[] {
  const served = tlsa.servers.filter(({ security }) => security === 'secure');
  const records = new Set(served.flatMap((server) => server.records));
  return [...records].filter((record) => !looked.includes(record));
}

/** What the reported digests of a leaf tell without its octets: usage 3 with SHA-256. */
export function namesLeaf(
  record: string,
  { spkiSha256, certSha256 }: Pick<CertificateReport, 'spkiSha256' | 'certSha256'>,
): boolean {
  return record === `3 1 1 ${spkiSha256}` || record === `3 0 1 ${certSha256}`;
}

/** `RSA 2048` and `RSA 4096` are one kind. */
export function kindOf(keyType: string): string {
  return keyType.split(' ')[0] ?? keyType;
}

/** Whether the presented chain is the one to come: by its certificate or, where that is not known yet, by its key. */
export function isInstalled(coming: ComingChain, presented: Chain): boolean {
  return coming.certificate === null
    ? coming.key === presented.key
    : coming.certificate === presented.certificate;
}

/** Wherever the host presents a key of that kind, it is this one already: only its certificate changes. */
export function isKeyInUse({ key, kind }: Chain, presented: readonly Chain[]): boolean {
  const alike = presented.filter((each) => each.kind === kind);
  return alike.length > 0 && alike.every((each) => each.key === key);
}

/** RFC 7671 §5.1: the record that names the key and nothing else. */
export function ownRecord({ key }: Chain): string {
  return `3 1 1 ${key}`;
}

/** Whether a client that has this record set takes the chain. */
export function authenticates(records: readonly string[], chain: Chain): boolean {
  return effectiveRecords(records, chain).length > 0;
}

/** Those of the set that authenticate the chain for a client that has all of the set: no stronger digest sets them aside (RFC 7671 §9). */
export function effectiveRecords(records: readonly string[], chain: Chain): readonly string[] {
  const readable = records.flatMap((text) => {
    const record = readTypedRecord(text)?.record ?? null;
    return record === null ? [] : [{ text, record }];
  });
  const superseded = supersededBy(readable.map(({ record }) => record));
  return readable
    .filter(({ record }, index) => superseded[index] === null && usabilityOf(record).usable)
    .map(({ text }) => text)
    .filter((text) => chain.records.includes(text));
}

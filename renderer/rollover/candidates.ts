/** What of the dropped material can come next at a host: each key once, and how it stands to what is in use. */
import { findMatchingName } from '../../shared/dane/reference-name.ts';
import { toHex } from '../../shared/dns/bytes.ts';
import { arrange, type Arranged } from '../../shared/material/arrange.ts';
import type { KeyMaterial, Material, MaterialFile } from '../../shared/material/material.ts';
import type { Certificate } from '../../shared/x509/certificate.ts';
import { keptDigests } from '../store/publish-digests.ts';

export interface Candidate {
  /** SHA-256 of the SubjectPublicKeyInfo, lower-case hex: the data of its 3 1 1 record. */
  readonly id: string;
  readonly what: 'certificate' | KeyMaterial['origin'];
  /** Names of the files that it was found in. */
  readonly files: readonly string[];
  readonly keyType: string;
  /** DNS names; empty for a bare key. */
  readonly names: readonly string[];
  readonly issuer: string | null;
  /** Milliseconds since the epoch; null for what does not end. */
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  /** What its records are made of: itself, and those of its issuers that were dropped too. */
  readonly arranged: Arranged;
}

/** How a candidate stands to the host at hand, now. */
export interface Standing {
  /** `unknown` where no certificate of the host was seen. */
  readonly key: 'same' | 'differs' | 'unknown';
  readonly name: 'fits' | 'misses' | 'unnamed';
  readonly validity: 'valid' | 'expired' | 'not-yet' | 'endless';
}

/** What is taken from a dropped file. */
type Dropped = Pick<MaterialFile, 'name' | 'items'>;

/** Server certificates and bare keys, each key once; of several certificates of a key the one that lasts longest. */
export function candidatesOf(
  files: readonly Dropped[],
  { servers, keys }: Arranged = arrange(files.flatMap(({ items }) => items)),
): readonly Candidate[] {
  const filesOf = filesByKey(files);
  const candidates = [
    ...servers.map(({ certificate, issuers }) => ofCertificate(certificate, issuers, filesOf)),
    ...keys.map((key) => ofKey(key, filesOf)),
  ];
  const byKey = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const before = byKey.get(candidate.id);
    if (before === undefined || (candidate.notAfter ?? 0) > (before.notAfter ?? 0)) {
      byKey.set(candidate.id, candidate);
    }
  }
  return [...byKey.values()];
}

export function standingOf(
  candidate: Candidate,
  host: string | null,
  keysInUse: readonly string[],
  now: number,
): Standing {
  return {
    key: keysInUse.length === 0 ? 'unknown' : keysInUse.includes(candidate.id) ? 'same' : 'differs',
    name:
      candidate.names.length === 0
        ? 'unnamed'
        : host !== null && findMatchingName(candidate.names, [host]) !== null
          ? 'fits'
          : 'misses',
    validity: validityOf(candidate, now),
  };
}

/**
 * The candidates that a plan is made for: for each algorithm the one that fits best, and what the
 * person put in or took out.
 */
export function chosenOf(
  candidates: readonly Candidate[],
  standings: ReadonlyMap<string, Standing>,
  chosen: Readonly<Record<string, boolean>>,
): readonly Candidate[] {
  const best = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const standing = standings.get(candidate.id);
    if (standing === undefined || !isUsable(standing)) continue;
    const algorithm = algorithmOf(candidate.keyType);
    const before = best.get(algorithm);
    if (before === undefined || isBetter(candidate, before, standings)) {
      best.set(algorithm, candidate);
    }
  }
  const proposed = new Set(best.values());
  return candidates.filter((candidate) => chosen[candidate.id] ?? proposed.has(candidate));
}

/** All of them together. */
export function arrangedTogether(candidates: readonly Candidate[]): Arranged {
  return {
    servers: candidates.flatMap(({ arranged }) => arranged.servers),
    issuers: [...new Set(candidates.flatMap(({ arranged }) => arranged.issuers))],
    keys: candidates.flatMap(({ arranged }) => arranged.keys),
  };
}

/** `RSA 2048` and `RSA 4096` are one kind: a server presents one of a kind. */
export function algorithmOf(keyType: string): string {
  return keyType.split(' ')[0] ?? keyType;
}

function isUsable({ name, validity }: Standing): boolean {
  return name !== 'misses' && validity !== 'expired';
}

/** A new key before the one in use, then what was issued last. */
function isBetter(
  candidate: Candidate,
  before: Candidate,
  standings: ReadonlyMap<string, Standing>,
): boolean {
  const isNew = (each: Candidate): boolean => standings.get(each.id)?.key !== 'same';
  if (isNew(candidate) !== isNew(before)) return isNew(candidate);
  return (candidate.notBefore ?? 0) > (before.notBefore ?? 0);
}

function validityOf({ notBefore, notAfter }: Candidate, now: number): Standing['validity'] {
  if (notAfter === null) return 'endless';
  if (notAfter < now) return 'expired';
  return notBefore !== null && notBefore > now ? 'not-yet' : 'valid';
}

function ofCertificate(
  certificate: Certificate,
  issuers: readonly Certificate[],
  filesOf: ReadonlyMap<string, readonly string[]>,
): Candidate {
  const id = keyDigest(certificate.spki);
  return {
    id,
    what: 'certificate',
    files: filesOf.get(id) ?? [],
    keyType: certificate.keyType,
    names: certificate.names,
    issuer: certificate.issuer,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    arranged: { servers: [{ certificate, issuers }], issuers, keys: [] },
  };
}

function ofKey(key: KeyMaterial, filesOf: ReadonlyMap<string, readonly string[]>): Candidate {
  const id = keyDigest(key.spki);
  return {
    id,
    what: key.origin,
    files: filesOf.get(id) ?? [],
    keyType: key.keyType,
    names: key.names,
    issuer: null,
    notBefore: null,
    notAfter: null,
    arranged: { servers: [], issuers: [], keys: [key] },
  };
}

function filesByKey(files: readonly Dropped[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { name, items } of files) {
    for (const id of new Set(items.map((item) => keyDigest(spkiOf(item))))) {
      const before = names.get(id);
      if (before === undefined) names.set(id, [name]);
      else before.push(name);
    }
  }
  return names;
}

function spkiOf(material: Material): Uint8Array {
  return material.kind === 'certificate' ? material.certificate.spki : material.spki;
}

/** Worked out once for each key: a thousand certificates may come, file by file. */
function keyDigest(spki: Uint8Array): string {
  const known = digestsInHex.get(spki) ?? toHex(keptDigests.sha256(spki));
  digestsInHex.set(spki, known);
  return known;
}

const digestsInHex = new WeakMap<Uint8Array, string>();

/** What was given, in words: each piece once, its place in a chain, and what is odd about it (RFC 5280 §6.1). */
import type { Certificate } from '../x509/certificate.ts';
import { arrange } from './arrange.ts';
import type { Fingerprint, KeyMaterial, Material, MaterialFile } from './material.ts';
import {
  remarksOnCertificate,
  remarksOnKey,
  remarksOnWhole,
  surroundingsOf,
  type Remark,
  type Surroundings,
} from './remarks.ts';

export interface Description {
  /** Servers' certificates, issuers, then keys; each once. */
  readonly pieces: readonly Piece[];
  readonly chains: readonly Chain[];
  /** About all of it together. */
  readonly remarks: readonly Remark[];
}

export interface Piece {
  readonly fingerprint: Fingerprint;
  readonly what: 'certificate' | 'issuer' | KeyMaterial['origin'];
  /** RFC 4514 form; null for a bare key. */
  readonly subject: string | null;
  readonly names: readonly string[];
  /** Null where it is self-signed or a key. */
  readonly issuer: string | null;
  /** Milliseconds since the epoch; null where there is none, or none that can be read. */
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  readonly keyType: string;
  /** Names of the files that hold it. */
  readonly files: readonly string[];
  readonly remarks: readonly Remark[];
}

export interface Chain {
  /** The server's certificate first, then its issuers, nearest first. */
  readonly fingerprints: readonly Fingerprint[];
  /** Who would come next and was not given; null where the chain ends in a self-signed certificate. */
  readonly missing: string | null;
}

/** `at`: the instant at which certificates are valid or not, milliseconds since the epoch. */
export function describeMaterials(
  files: readonly Pick<MaterialFile, 'name' | 'items'>[],
  at: number,
): Description {
  const holders = holdersOf(files);
  const arranged = arrange(files.flatMap(({ items }) => items));
  const fingerprints = new Map<Certificate, Fingerprint>();
  for (const { item } of holders.values()) {
    if (item.kind === 'certificate') fingerprints.set(item.certificate, item.fingerprint);
  }
  const fingerprintOf = (certificate: Certificate): Fingerprint =>
    fingerprints.get(certificate) ?? '';
  const surroundings = surroundingsOf(arranged);
  const certificates = [
    ...arranged.servers.map(({ certificate }) => certificate),
    ...arranged.issuers,
  ];
  return {
    pieces: [
      ...certificates.map((certificate) =>
        certificatePiece(certificate, holders.get(fingerprintOf(certificate)), surroundings, at),
      ),
      ...keysOf(holders).map((holder) => keyPiece(holder, surroundings)),
    ],
    chains: arranged.servers.map(({ certificate, issuers }) => {
      const last = issuers.at(-1) ?? certificate;
      return {
        fingerprints: [certificate, ...issuers].map(fingerprintOf),
        missing: last.selfIssued ? null : last.issuer,
      };
    }),
    remarks: remarksOnWhole(arranged),
  };
}

interface Holder<Item = Material> {
  readonly item: Item;
  /** One for each time that it was given. */
  readonly files: readonly string[];
}

/** What has the same bytes is one piece, and a private key and its public one are two. */
function holdersOf(
  files: readonly Pick<MaterialFile, 'name' | 'items'>[],
): ReadonlyMap<string, Holder> {
  const holders = new Map<string, { item: Material; files: string[] }>();
  for (const { name, items } of files) {
    for (const item of items) {
      const key = item.kind === 'key' ? `${item.origin} ${item.fingerprint}` : item.fingerprint;
      const holder = holders.get(key);
      if (holder === undefined) holders.set(key, { item, files: [name] });
      else {
        // The one that arranging keeps, too.
        holder.item = item;
        holder.files.push(name);
      }
    }
  }
  return holders;
}

function keysOf(holders: ReadonlyMap<string, Holder>): readonly Holder<KeyMaterial>[] {
  return [...holders.values()].flatMap(({ item, files }) =>
    item.kind === 'key' ? [{ item, files }] : [],
  );
}

function certificatePiece(
  certificate: Certificate,
  holder: Holder | undefined,
  surroundings: Surroundings,
  at: number,
): Piece {
  const { subject, names, issuer, selfIssued, notBefore, notAfter, keyType } = certificate;
  const files = holder?.files ?? [];
  return {
    fingerprint: holder?.item.fingerprint ?? '',
    what: surroundings.issuersOfServer.has(certificate) ? 'certificate' : 'issuer',
    ...{ subject, names, notBefore, notAfter, keyType },
    issuer: selfIssued ? null : issuer,
    files: [...new Set(files)],
    remarks: remarksOnCertificate(certificate, surroundings, files, at),
  };
}

function keyPiece({ item, files }: Holder<KeyMaterial>, surroundings: Surroundings): Piece {
  const { fingerprint, origin, subject, names, keyType } = item;
  return {
    ...{ fingerprint, what: origin, subject, names, keyType },
    ...{ issuer: null, notBefore: null, notAfter: null },
    files: [...new Set(files)],
    remarks: remarksOnKey(item, surroundings, files),
  };
}

/** What was dropped as rows of a list: what wants a password, servers, issuers, keys, what could not be used. */
import { formatTlsa } from '../../shared/dane/tlsa.ts';
import type { Piece } from '../../shared/material/describe.ts';
import type { Fingerprint } from '../../shared/material/material.ts';
import type { WantedRecord } from '../../shared/publish/wanted.ts';
import type { DroppedFile } from '../store/material-store.ts';
import type { MaterialView } from '../store/material-view.ts';
import { words } from '../words/words.ts';

const { dropped, material: said } = words.generate;

export type MaterialRow =
  | { readonly kind: 'heading'; readonly key: string; readonly text: string }
  | { readonly kind: 'file'; readonly key: string; readonly file: DroppedFile }
  | { readonly kind: 'card'; readonly key: string; readonly card: Card };

export interface Card {
  readonly piece: Piece;
  /** A host, a common name, or what kind of key it is. */
  readonly title: string;
  readonly issuer: string | null;
  /** Names besides the title. */
  readonly names: readonly string[];
  /** From the certificate up: common names of the issuers that are here. */
  readonly chain: readonly string[];
  /** Who would come next in the chain and was not dropped; null where it ends or is no chain. */
  readonly missing: string | null;
  /** What else here holds its key, e.g. `private key fits`. */
  readonly fits: readonly string[];
  /** Presentation form of the first record made of it; null when none is. */
  readonly record: string | null;
}

export function rowsOf(
  files: readonly DroppedFile[],
  view: MaterialView,
  records: readonly WantedRecord[],
): readonly MaterialRow[] {
  // While a password is tried its file stays in place, and the focus with it.
  const locked = files.filter(({ phase, locked: why }) => phase !== 'read' && why !== null);
  const faulty = files.filter(({ phase, problems }) => phase === 'read' && problems.length > 0);
  const beside = faulty.filter(
    ({ inFolder, items, name }) => !inFolder || items.length > 0 || CERTIFICATE_NAME.test(name),
  );
  const cards = cardsOf(view, records);
  const ofKind = (...kinds: readonly Piece['what'][]): readonly MaterialRow[] =>
    cards.filter(({ piece }) => kinds.includes(piece.what)).map(cardRow);
  return [
    ...group(dropped.groups.locked, locked.map(fileRow)),
    ...group(dropped.groups.faulty, beside.map(fileRow)),
    ...group(dropped.groups.servers, ofKind('certificate')),
    ...group(dropped.groups.issuers, ofKind('issuer')),
    ...group(dropped.groups.keys, ofKind('private-key', 'public-key', 'request')),
    ...lainBeside(faulty.length - beside.length),
  ];
}

function group(text: string, rows: readonly MaterialRow[]): readonly MaterialRow[] {
  if (rows.length === 0) return [];
  const heading = dropped.group(text, rows.length);
  return [{ kind: 'heading', key: `heading ${text}`, text: heading }, ...rows];
}

/** What is broken is told where a certificate would be missed: a renewal may have failed. */
const CERTIFICATE_NAME = /\.(pem|crt|cer)$/i;

/** Folders hold other things too, and that is no mistake. */
function lainBeside(count: number): readonly MaterialRow[] {
  if (count === 0) return [];
  return [{ kind: 'heading', key: 'heading-beside', text: dropped.lainBeside(count) }];
}

function fileRow(file: DroppedFile): MaterialRow {
  return { kind: 'file', key: `file ${file.id}`, file };
}

function cardRow(card: Card): MaterialRow {
  return { kind: 'card', key: `${card.piece.what} ${card.piece.fingerprint}`, card };
}

/** A key that a certificate here has is told on the certificate's card. */
function cardsOf(view: MaterialView, records: readonly WantedRecord[]): readonly Card[] {
  const { pieces, chains } = view.description;
  const first = firstRecords(records);
  const byFingerprint = new Map(pieces.map((piece) => [piece.fingerprint, piece]));
  const chainOf = new Map(chains.map((chain) => [chain.fingerprints[0] ?? '', chain]));
  return pieces
    .filter((piece) => isCertificate(piece) || !view.certified.has(piece.fingerprint))
    .map((piece) => {
      const [, ...issuers] = chainOf.get(piece.fingerprint)?.fingerprints ?? [];
      const missing = chainOf.get(piece.fingerprint)?.missing ?? null;
      return {
        ...face(piece),
        piece,
        issuer: issuerOf(piece),
        chain: issuers.map((each) => shortName(byFingerprint.get(each)?.subject ?? '')),
        missing: missing === null ? null : shortName(missing),
        fits: [...(view.keysOf.get(piece.fingerprint) ?? [])].map((origin) => said.fits[origin]),
        record: first.get(piece.fingerprint) ?? null,
      };
    });
}

function isCertificate({ what }: Piece): boolean {
  return what === 'certificate' || what === 'issuer';
}

/** Wanted records by the thing that they are made of: the first of each. */
function firstRecords(records: readonly WantedRecord[]): ReadonlyMap<Fingerprint, string> {
  const first = new Map<Fingerprint, string>();
  for (const { source, tlsa } of records) {
    if (!first.has(source)) first.set(source, formatTlsa(tlsa));
  }
  return first;
}

/** An issuer's common name is no host's. */
function face({ what, subject, names }: Piece): Pick<Card, 'title' | 'names'> {
  if (what === 'issuer') return { title: shortName(subject ?? ''), names: [] };
  const [first, ...others] = names;
  if (first !== undefined) return { title: first, names: others };
  const nameless = what === 'certificate' ? said.nameless : said.untitled[what];
  return { title: subject === null ? nameless : shortName(subject), names: [] };
}

function issuerOf(piece: Piece): string | null {
  if (!isCertificate(piece)) return null;
  return piece.issuer === null ? said.selfSigned : shortName(piece.issuer);
}

/** The common name of a distinguished name in the form of RFC 4514, else all of it. */
function shortName(distinguished: string): string {
  const name = /(?:^|,) ?CN=((?:\\.|[^,\\])+)/.exec(distinguished)?.[1];
  const text = (name ?? distinguished).replace(/\\(.)/g, '$1');
  return text === '' ? said.nameless : text;
}

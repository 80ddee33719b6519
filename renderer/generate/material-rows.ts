/** What was dropped as rows of a list: what wants a password, servers, issuers, keys, what could not be used. */
import { formatTlsa } from '../../shared/dane/tlsa.ts';
import type { Fingerprint, KeyMaterial } from '../../shared/material/material.ts';
import type { WantedRecord } from '../../shared/publish/wanted.ts';
import type { Certificate } from '../../shared/x509/certificate.ts';
import { bytesToHex } from '../../shared/x509/encoding.ts';
import type { DroppedFile } from '../store/material-store.ts';
import type { MaterialView } from '../store/material-view.ts';
import type { Tone } from '../ui/tone.ts';

export type MaterialRow =
  | { readonly kind: 'heading'; readonly key: string; readonly text: string }
  | { readonly kind: 'file'; readonly key: string; readonly file: DroppedFile }
  | { readonly kind: 'card'; readonly key: string; readonly card: Card };

export interface Card {
  readonly fingerprint: Fingerprint;
  readonly what: 'certificate' | 'issuer' | KeyMaterial['origin'];
  /** A host, a common name, or what kind of key it is. */
  readonly title: string;
  /** E.g. `ECDSA P-256 · R11 · until 19 Feb 2027`. */
  readonly keyType: string;
  readonly issuer: string | null;
  /** Milliseconds since the epoch; null where there is no end or it cannot be read. */
  readonly until: number | null;
  readonly validity: 'valid' | 'expired' | 'not-yet' | 'endless';
  /** Names besides the title. */
  readonly names: readonly string[];
  /** From the certificate up: common names of the issuers that are here. */
  readonly chain: readonly string[];
  /** Who would come next in the chain and was not dropped; null where it ends or is no chain. */
  readonly missing: string | null;
  readonly remarks: readonly { readonly tone: Tone; readonly text: string }[];
  readonly files: readonly string[];
  /** Presentation form of the first record made of it; null when none is. */
  readonly record: string | null;
}

/** `now` in milliseconds since the epoch. */
export function rowsOf(
  files: readonly DroppedFile[],
  view: MaterialView,
  records: readonly WantedRecord[],
  now: number,
): readonly MaterialRow[] {
  const { servers, issuers, keys } = view.arranged;
  const context: Context = { view, records: firstRecords(records), now };
  const locked = files.filter(({ phase }) => phase === 'locked');
  const faulty = files.filter(({ phase, problems }) => phase === 'read' && problems.length > 0);
  const beside = faulty.filter(({ inFolder, items }) => !inFolder || items.length > 0);
  const lain = faulty.length - beside.length;
  return [
    ...group('Wants a password', locked.map(fileRow)),
    ...group('Could not be used', beside.map(fileRow)),
    ...group(
      'Servers',
      servers.map((server) => cardRow(serverCard(server.certificate, server.issuers, context))),
    ),
    ...group(
      'Issuers',
      issuers.map((issuer) => cardRow(issuerCard(issuer, context))),
    ),
    ...group(
      servers.length === 0 ? 'Keys and requests' : 'Keys and requests without a certificate',
      keys.map((key) => cardRow(keyCard(key, context))),
    ),
    ...(lain === 0 ? [] : [lainBeside(lain)]),
  ];
}

interface Context {
  readonly view: MaterialView;
  readonly records: ReadonlyMap<Fingerprint, string>;
  readonly now: number;
}

function group(text: string, rows: readonly MaterialRow[]): readonly MaterialRow[] {
  if (rows.length === 0) return [];
  const count = rows.length === 1 ? '' : ` (${rows.length.toLocaleString('en')})`;
  return [{ kind: 'heading', key: `heading ${text}`, text: `${text}${count}` }, ...rows];
}

/** Folders hold other things too, and that is no mistake. */
function lainBeside(count: number): MaterialRow {
  const what = count === 1 ? '1 other file' : `${count.toLocaleString('en')} other files`;
  const text = `${what} in the folder ${count === 1 ? 'holds' : 'hold'} neither certificate nor key`;
  return { kind: 'heading', key: 'heading beside', text };
}

function fileRow(file: DroppedFile): MaterialRow {
  return { kind: 'file', key: `file ${file.id}`, file };
}

function cardRow(card: Card): MaterialRow {
  return { kind: 'card', key: card.fingerprint, card };
}

/** Wanted records by the thing that they are made of: the first of each. */
function firstRecords(records: readonly WantedRecord[]): ReadonlyMap<Fingerprint, string> {
  const first = new Map<Fingerprint, string>();
  for (const { source, tlsa } of records) {
    if (!first.has(source)) first.set(source, formatTlsa(tlsa));
  }
  return first;
}

function serverCard(
  certificate: Certificate,
  issuers: readonly Certificate[],
  context: Context,
): Card {
  const last = issuers.at(-1) ?? certificate;
  const [first, ...others] = certificate.names;
  return {
    ...certificateCard(certificate, context),
    what: 'certificate',
    title: first ?? commonName(certificate),
    names: others,
    chain: issuers.map(commonName),
    missing: last.selfIssued ? null : shortName(last.issuer),
    remarks: [...keyRemarks(certificate, context), ...faultRemarks(certificate)],
  };
}

function issuerCard(certificate: Certificate, context: Context): Card {
  return {
    ...certificateCard(certificate, context),
    remarks: faultRemarks(certificate),
  };
}

function certificateCard(certificate: Certificate, { view, records, now }: Context): Card {
  const fingerprint = view.fingerprints.get(certificate) ?? '';
  return {
    fingerprint,
    what: 'issuer',
    title: commonName(certificate),
    keyType: certificate.keyType,
    issuer: certificate.selfIssued ? 'self-signed' : shortName(certificate.issuer),
    until: certificate.notAfter,
    validity: validityOf(certificate, now),
    // An issuer's common name is no host.
    names: [],
    chain: [],
    missing: null,
    remarks: [],
    files: view.sources.get(fingerprint) ?? [],
    record: records.get(fingerprint) ?? null,
  };
}

function keyCard(key: KeyMaterial, { view, records }: Context): Card {
  const [first, ...others] = key.names;
  const stray = view.arranged.servers.length > 0 && key.origin !== 'request';
  return {
    fingerprint: key.fingerprint,
    what: key.origin,
    title: first ?? (key.subject === null ? KEY_TITLES[key.origin] : shortName(key.subject)),
    keyType: key.keyType,
    issuer: null,
    until: null,
    validity: 'endless',
    names: others,
    chain: [],
    missing: null,
    remarks: stray ? [{ tone: 'warn', text: 'fits none of the certificates here' }] : [],
    files: view.sources.get(key.fingerprint) ?? [],
    record: records.get(key.fingerprint) ?? null,
  };
}

const KEY_TITLES = {
  'public-key': 'Public key',
  'private-key': 'Private key',
  request: 'Certificate request',
} as const;

function validityOf({ notBefore, notAfter }: Certificate, now: number): Card['validity'] {
  if (notAfter !== null && notAfter < now) return 'expired';
  return notBefore !== null && notBefore > now ? 'not-yet' : 'valid';
}

function keyRemarks({ spki }: Certificate, { view }: Context): Card['remarks'] {
  const keys = view.keys.get(bytesToHex(spki)) ?? [];
  const here = new Set(keys.map(({ origin }) => ORIGIN_WORDS[origin]));
  return [...here].map((text) => ({ tone: 'ok', text }));
}

const ORIGIN_WORDS = {
  'private-key': 'private key fits',
  'public-key': 'public key fits',
  request: 'request fits',
} as const;

function faultRemarks({ fault }: Certificate): Card['remarks'] {
  return fault === null ? [] : [{ tone: 'warn', text: fault }];
}

function commonName({ subject }: Certificate): string {
  return shortName(subject);
}

/** The common name of a distinguished name in the form of RFC 4514, else all of it. */
function shortName(distinguished: string): string {
  const name = /(?:^|,) ?CN=((?:\\.|[^,\\])+)/.exec(distinguished)?.[1];
  const text = (name ?? distinguished).replace(/\\(.)/g, '$1');
  return text === '' ? 'no name' : text;
}

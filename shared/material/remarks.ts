/** What is odd about what was given, in plain sentences; nothing here keeps a record from being made. */
import type { Certificate } from '../x509/certificate.ts';
import { bytesToHex } from '../x509/encoding.ts';
import type { Arranged } from './arrange.ts';
import type { KeyMaterial } from './material.ts';

export interface Remark {
  readonly code:
    | 'expired'
    | 'not-yet-valid'
    | 'dates-unreadable'
    | 'faulty'
    | 'issuer-missing'
    | 'in-no-chain'
    | 'fits-no-certificate'
    | 'duplicate'
    | 'unrelated-chains';
  readonly severity: 'warning' | 'notice';
  readonly text: string;
}

/** What the remarks on one piece rest on, gathered once. */
export interface Surroundings {
  readonly issuersOfServer: ReadonlyMap<Certificate, readonly Certificate[]>;
  /** Subjects of the issuers in any chain. */
  readonly inChains: ReadonlySet<string>;
  /** Keys that certificates have, in hex. */
  readonly certified: ReadonlySet<string>;
}

export function surroundingsOf({ servers, issuers }: Arranged): Surroundings {
  const certificates = [...servers.map(({ certificate }) => certificate), ...issuers];
  return {
    issuersOfServer: new Map(servers.map((each) => [each.certificate, each.issuers])),
    inChains: new Set(servers.flatMap((each) => each.issuers.map(({ subjectKey }) => subjectKey))),
    certified: new Set(certificates.map(({ spki }) => bytesToHex(spki))),
  };
}

/** `files`: one for each time that it was given. `at` in milliseconds since the epoch. */
export function remarksOnCertificate(
  certificate: Certificate,
  surroundings: Surroundings,
  files: readonly string[],
  at: number,
): readonly Remark[] {
  const issuers = surroundings.issuersOfServer.get(certificate);
  return [
    ...onDates(certificate, issuers !== undefined, at),
    ...(certificate.fault === null
      ? []
      : [warning('faulty', `Of its contents, ${certificate.fault}.`)]),
    ...(issuers === undefined
      ? onIssuer(certificate, surroundings)
      : onMissingIssuer(certificate, issuers)),
    ...onDuplicates(files),
  ];
}

export function remarksOnKey(
  { origin, spki }: KeyMaterial,
  { certified }: Surroundings,
  files: readonly string[],
): readonly Remark[] {
  if (certified.size === 0 || certified.has(bytesToHex(spki))) return onDuplicates(files);
  const stray =
    origin === 'request'
      ? notice(
          'fits-no-certificate',
          'None of the certificates has its key: its record is for a key to come.',
        )
      : warning('fits-no-certificate', 'It fits none of the certificates.');
  return [stray, ...onDuplicates(files)];
}

export function remarksOnWhole({ servers }: Arranged): readonly Remark[] {
  const unrelated = firstOfEachFamily(servers);
  if (unrelated.length < 2) return [];
  const names = unrelated.map(({ names: [name], subject }) => name ?? subject);
  const [first, ...others] = new Set(names);
  const count = unrelated.length.toLocaleString('en');
  const text =
    first !== undefined && others.length === 0
      ? `${count} chains for ${first} have no issuer in common. That is right for a server with two keys, such as RSA and ECDSA; else one of them is old.`
      : `${count} chains have no issuer in common: ${shortList([...new Set(names)])}. Each gets records of its own.`;
  return [warning('unrelated-chains', text)];
}

function onDates(
  { notBefore, notAfter }: Certificate,
  isServer: boolean,
  at: number,
): readonly Remark[] {
  if (notBefore === null || notAfter === null) {
    return [warning('dates-unreadable', 'Its dates cannot be read.')];
  }
  if (notAfter < at) {
    // RFC 7671 §5.1 and §5.2.
    const effect = isServer
      ? 'Senders ignore that under usage 3, but not under usage 2'
      : 'A chain through it fails under usage 2';
    return [warning('expired', `It expired on ${dayOf(notAfter)}. ${effect}.`)];
  }
  if (notBefore <= at) return [];
  return [notice('not-yet-valid', `It is valid from ${dayOf(notBefore)} on.`)];
}

function onMissingIssuer(
  { selfIssued, issuer }: Certificate,
  issuers: readonly Certificate[],
): readonly Remark[] {
  if (selfIssued || issuers.length > 0) return [];
  const text = `Its issuer, ${issuer}, was not given: a usage 2 record needs it.`;
  return [notice('issuer-missing', text)];
}

function onIssuer({ subjectKey }: Certificate, around: Surroundings): readonly Remark[] {
  // Another certificate of the same issuer may be the one in the chain.
  if (around.inChains.has(subjectKey) || around.issuersOfServer.size === 0) return [];
  return [warning('in-no-chain', 'It is in the chain of none of the certificates.')];
}

function onDuplicates(files: readonly string[]): readonly Remark[] {
  if (files.length < 2) return [];
  const text = `It was given ${files.length} times (${shortList([...new Set(files)])}) and counts once.`;
  return [notice('duplicate', text)];
}

/** The first server of each group that shares an issuer. */
function firstOfEachFamily(servers: Arranged['servers']): readonly Certificate[] {
  const firsts = new Map<string, Certificate>();
  for (const { certificate, issuers } of servers) {
    // Whose issuer was not given may be related to any.
    if (issuers.length === 0 && !certificate.selfIssued) continue;
    // Where a chain ends is where chains meet, given or not.
    const last = issuers.at(-1) ?? certificate;
    const family = last.selfIssued ? last.subjectKey : last.issuerKey;
    if (!firsts.has(family)) firsts.set(family, certificate);
  }
  return [...firsts.values()];
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES_SHOWN).join(', ');
  const rest = names.length - MAX_NAMES_SHOWN;
  return rest > 0 ? `${shown} and ${rest.toLocaleString('en')} more` : shown;
}

/** Enough to recognise one’s own. */
const MAX_NAMES_SHOWN = 4;

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

function warning(code: Remark['code'], text: string): Remark {
  return { code, severity: 'warning', text };
}

function notice(code: Remark['code'], text: string): Remark {
  return { code, severity: 'notice', text };
}

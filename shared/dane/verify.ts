/** The offline question: does this saved chain satisfy these TLSA records? (RFC 7671, RFC 7672 §3) */
import { readCertificate } from '../x509/certificate.ts';
import { readPem } from '../x509/pem.ts';
import type { AssociationCrypto, AssociationVerdict, ChainVerdict } from './association.ts';
import { createDetective, isUnexplained, type Detective } from './detective.ts';
import { describeIdentity } from './identity-words.ts';
import { matchChain } from './match.ts';
import { readTypedRecord, type TypedRecord } from './record-text.ts';

export interface VerifyRequest {
  /** PEM, leaf first; text between the blocks is ignored. */
  readonly chainText: string;
  /** Each `USAGE SELECTOR MATCHING HEX`. */
  readonly tlsa: readonly string[];
  /** TLSA base domain, A-labels. */
  readonly host: string;
  /** Next-hop domain, or null. */
  readonly domain: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The document of `verify --json`. */
export interface VerifyDocument {
  readonly outcome: ChainVerdict['outcome'];
  readonly records: readonly VerifiedRecord[];
  readonly reason: string;
}

export interface VerifiedRecord {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  /** Lower-case hex; as typed when it is not hex. */
  readonly data: string;
  readonly usable: boolean;
  readonly matches: boolean;
  readonly matchedDepth: number | null;
  readonly reason: string;
}

export type VerifyAnswer =
  | { readonly kind: 'verified'; readonly document: VerifyDocument }
  /** Input that cannot be read: exit 3; `message` names the thing. */
  | { readonly kind: 'unreadable'; readonly message: string };

export function verify(request: VerifyRequest, crypto: AssociationCrypto): VerifyAnswer {
  const chain = readPem(request.chainText);
  if (!chain.ok) return unreadable(`the chain cannot be read: ${chain.reason}`);
  const typed: TypedRecord[] = [];
  for (const text of request.tlsa) {
    const record = readTypedRecord(text);
    if (record === null) {
      return unreadable(`"${shorten(text)}" is no TLSA record: write USAGE SELECTOR MATCHING HEX`);
    }
    typed.push(record);
  }
  if (typed.length === 0) return unreadable('there is no TLSA record to verify against');
  const verdict = matchChain(
    {
      chain: chain.certificates,
      records: typed.map(({ record }) => record).filter((record) => record !== null),
      referenceNames: [request.host, ...(request.domain === null ? [] : [request.domain])],
      at: request.at,
    },
    crypto,
  );
  const detective = createDetective(crypto);
  detective.learn(
    request.host,
    chain.certificates
      .map(readCertificate)
      .map((reading) => (reading.ok ? reading.certificate : null)),
  );
  const hint = (record: TypedRecord): string => hintFor(record, request.host, detective);
  return { kind: 'verified', document: toDocument(typed, verdict, hint) };
}

/** What data that match nothing are, behind the reason why they do not. */
function hintFor(
  { record, text, ...numbers }: TypedRecord,
  host: string,
  detective: Detective,
): string {
  const identity = record === null ? null : detective.identify(record, host);
  if (identity === null) return '';
  const what = describeIdentity({ ...numbers, data: text }, identity, host);
  const right = identity.record === null ? '' : ` (${identity.record})`;
  return `; it is ${what}${right}`;
}

/** Records that are no RDATA at all are unusable, never fatal; they took no part in the matching. */
function toDocument(
  typed: readonly TypedRecord[],
  verdict: ChainVerdict,
  hint: (record: TypedRecord) => string,
): VerifyDocument {
  const judged = [...verdict.records];
  const records = typed.map((record) => {
    const association = record.record === null ? undefined : judged.shift();
    const known = toRecord(record, association);
    const open = association !== undefined && isUnexplained(association.code);
    return open ? { ...known, reason: `${known.reason}${hint(record)}` } : known;
  });
  if (typed.every(({ record }) => record === null)) {
    return { outcome: 'encrypted-only', records, reason: 'none of the TLSA records can be used' };
  }
  return { outcome: verdict.outcome, records, reason: verdict.reason };
}

function toRecord(typed: TypedRecord, association: AssociationVerdict | undefined): VerifiedRecord {
  return {
    usage: typed.usage,
    selector: typed.selector,
    matchingType: typed.matchingType,
    data: typed.text,
    usable: association?.usable ?? false,
    matches: association?.matches ?? false,
    matchedDepth: association?.matchedDepth ?? null,
    reason: association?.reason ?? typed.fault ?? 'it cannot be read',
  };
}

const SHOWN_CHARACTERS = 60;

function shorten(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

function unreadable(message: string): VerifyAnswer {
  return { kind: 'unreadable', message };
}

/** Holds the records to publish against what a host publishes and presents now (RFC 7671 §8, RFC 7672 §3.1). */
import type { HostReport } from '../inspection/report.ts';
import { kindOf, namesLeaf, presentedBy } from '../rollover/chain.ts';
import { shownAnywhere, whyNot } from '../rollover/question.ts';
import type { Refusal } from '../rollover/refusal.ts';
import { serverChecks, type ServerCheck } from '../rollover/servers.ts';
import type { Sighting } from '../rollover/sightings.ts';

export interface ComparisonQuestion {
  /** Records to publish at this host and port, in presentation form. */
  readonly wanted: readonly string[];
  /** Published records that the dropped material fits: `publishedThatFit`. */
  readonly fitting: readonly string[];
  readonly host: HostReport;
  /** What looks before have shown; empty where nothing is remembered. */
  readonly sightings: readonly Sighting[];
  /** How many TTLs old records are left after their certificate went. */
  readonly safety: number;
}

export interface Comparison {
  /** Null where the look tells; else why nothing can be said, or that it does not count. */
  readonly refusal: Refusal | null;
  readonly wanted: readonly WantedComparison[];
  readonly published: readonly PublishedComparison[];
}

export interface WantedComparison {
  readonly record: string;
  readonly code: 'published' | 'published-in-part' | 'to-add' | 'could-not-tell';
  /** Name servers that show it, that lack it, and that did not say. */
  readonly servers: ServerCheck;
  /** Milliseconds since the epoch: since when every one is known to show it; null when that is not known. */
  readonly since: number | null;
}

export interface PublishedComparison {
  readonly record: string;
  readonly code: 'matches-now' | 'matches-dropped' | 'matches-nothing' | 'could-not-tell';
  /** Where it matches now. */
  readonly matches: readonly {
    readonly address: string;
    /** `RSA`, `ECDSA`…: the kinds of key presented there that it matches. */
    readonly kinds: readonly string[];
  }[];
  /** The dropped material fits it too. */
  readonly fitsDropped: boolean;
  readonly servers: ServerCheck;
  readonly removal: Removal;
}

export type Removal =
  /** It is needed: by what is presented, or by what was dropped. */
  | { readonly kind: 'keep'; readonly reason: 'in-use' | 'to-come' }
  /** It goes once every address presents what was dropped instead. */
  | { readonly kind: 'after-installing' }
  /** It matched before and does no more: it goes from then on (milliseconds since the epoch). */
  | { readonly kind: 'after'; readonly instant: number }
  /** It matches nothing, and was never seen to, or is an issuer's: kept for later, or left over. */
  | { readonly kind: 'unless-kept' }
  /** Some address was not seen, or the look-up did not give the record: it may be in use there. */
  | { readonly kind: 'could-not-tell' };

export function compareWithWorld(question: ComparisonQuestion): Comparison {
  const { host, wanted } = question;
  const refusal = whyNot(host);
  return {
    refusal,
    wanted: [...new Set(wanted)].map((record) => compareWanted(record, question, refusal)),
    published: shownAnywhere(host).map((record) => comparePublished(record, question, refusal)),
  };
}

function compareWanted(
  record: string,
  { host, sightings }: ComparisonQuestion,
  refusal: Refusal | null,
): WantedComparison {
  const servers = showing(host, record);
  const since = sightings.find((each) => each.record === record)?.since ?? null;
  return {
    record,
    code: refusal?.code === 'failed' ? 'could-not-tell' : standingOf(servers, record, host),
    servers,
    since: since === null ? null : Date.parse(since),
  };
}

/** Where single servers could not be asked, as in a zone that is not signed, the look-up stands for them. */
function standingOf(
  { right, wrong, silent }: ServerCheck,
  record: string,
  host: HostReport,
): WantedComparison['code'] {
  if (right.length + wrong.length === 0) {
    if (silent.length > 0) return 'could-not-tell';
    return shownAnywhere(host).includes(record) ? 'published' : 'to-add';
  }
  if (right.length === 0) return 'to-add';
  return wrong.length + silent.length === 0 ? 'published' : 'published-in-part';
}

function comparePublished(
  record: string,
  question: ComparisonQuestion,
  refusal: Refusal | null,
): PublishedComparison {
  const { host } = question;
  const matches = matchesOf(record, host);
  const fitsDropped = question.fitting.includes(record) || question.wanted.includes(record);
  const removal = removalOf(record, matches.length > 0, fitsDropped, question);
  return {
    record,
    code: codeOf(matches.length > 0, fitsDropped, removal, refusal),
    matches,
    fitsDropped,
    servers: showing(host, record),
    removal: refusal === null ? removal : { kind: 'could-not-tell' },
  };
}

function codeOf(
  matchesNow: boolean,
  fitsDropped: boolean,
  removal: Removal,
  refusal: Refusal | null,
): PublishedComparison['code'] {
  if (refusal?.code === 'failed') return 'could-not-tell';
  if (matchesNow) return 'matches-now';
  if (fitsDropped) return 'matches-dropped';
  return removal.kind === 'could-not-tell' ? 'could-not-tell' : 'matches-nothing';
}

function removalOf(
  record: string,
  matchesNow: boolean,
  fitsDropped: boolean,
  { host, wanted, sightings, safety }: ComparisonQuestion,
): Removal {
  if (fitsDropped) return { kind: 'keep', reason: matchesNow ? 'in-use' : 'to-come' };
  if (matchesNow) {
    // Of what was dropped without its issuers nobody knows whether the issuer is still the same.
    const isReplaced = isOfIssuer(record) ? wanted.some(isOfIssuer) : wanted.length > 0;
    return isReplaced ? { kind: 'after-installing' } : { kind: 'keep', reason: 'in-use' };
  }
  if (!presentedBy(host).complete || !isJudged(record, host)) return { kind: 'could-not-tell' };
  const sighting = sightings.find((each) => each.record === record);
  // Authorities sign with several keys in turn: one of the last certificate may sign the next again.
  if (sighting?.matchedAt === undefined || isOfIssuer(record)) return { kind: 'unless-kept' };
  const wait = safety * (sighting.ttl ?? host.tlsa.ttl ?? 0) * 1000;
  return { kind: 'after', instant: Date.parse(sighting.matchedAt) + wait };
}

/** RFC 6698 §2.1.1: usages 0 and 2, in presentation form. */
export function isOfIssuer(record: string): boolean {
  return /^[02] /.test(record);
}

function matchesOf(record: string, host: HostReport): PublishedComparison['matches'] {
  const index = indexOf(record, host);
  return host.addresses.flatMap(({ address, probes }) => {
    const kinds = probes
      .filter(({ offer }) => offer !== 'no-sni')
      .filter(({ associations, chain: [leaf] }) =>
        // A record of single servers only: no handshake was judged by it.
        index === null
          ? leaf !== undefined && namesLeaf(record, leaf)
          : associations[index]?.matches === true,
      )
      .map(({ keyType }) => kindOf(keyType ?? ''));
    return kinds.length === 0 ? [] : [{ address, kinds: [...new Set(kinds)] }];
  });
}

/** Null for a record that the look-up did not give: single servers show it. */
function indexOf(record: string, { tlsa }: HostReport): number | null {
  const index = tlsa.records.findIndex(
    ({ usage, selector, matchingType, data }) =>
      `${usage} ${selector} ${matchingType} ${data}` === record,
  );
  return index < 0 ? null : index;
}

/** Judged by the handshakes, or told by the digests of what they presented. */
function isJudged(record: string, host: HostReport): boolean {
  return indexOf(record, host) !== null || /^3 [01] 1 /.test(record);
}

function showing({ tlsa }: HostReport, record: string): ServerCheck {
  return serverChecks(tlsa, (shown) => shown.includes(record));
}

/** What each choice of usage, selector and matching type is worth, with its reason (RFC 7671 §5, RFC 7672 §3.1). */
import type { Arranged } from '../material/arrange.ts';
import type { RecordKind } from './wanted.ts';
import { reasonsOnIssuers, unnamedHost } from './issuer-advice.ts';

export interface Advice {
  readonly kind: RecordKind;
  readonly verdict: Verdict;
  /** The weightiest first; never empty. */
  readonly reasons: readonly Reason[];
}

/**
 * `advised`: take it. `possible`: right in some cases, as the reasons say. `discouraged`: works, but there is
 * better. `useless`: senders of mail ignore it.
 */
export type Verdict = 'advised' | 'possible' | 'discouraged' | 'useless';

export interface Reason {
  readonly tone: 'for' | 'against';
  /** One plain sentence. */
  readonly text: string;
  /** E.g. `RFC 7671 §5.1`. */
  readonly reference: string;
}

export interface Circumstances {
  readonly arranged: Arranged;
  /** All that is chosen: some kinds are right only beside others. */
  readonly chosen: readonly RecordKind[];
  readonly ports: readonly number[];
  /** Those that were named; none where each certificate’s own name is taken. */
  readonly hosts: readonly string[];
}

/** Says yes or no to nothing: any kind can be published. */
export function adviseOn(kind: RecordKind, circumstances: Circumstances): Advice {
  const parts = [
    onUsage(kind, circumstances),
    onMatchingType(kind, circumstances),
    onSelector(kind),
  ];
  const verdict = parts.map((part) => part.verdict).reduce(worse, 'advised');
  const isLiked = verdict === 'advised' || verdict === 'possible';
  // What decided the verdict comes first.
  const weighed = isLiked ? parts : [...parts].sort((one, other) => rank(other) - rank(one));
  const reasons = weighed.flatMap((part) => part.reasons);
  const against = reasons.filter(({ tone }) => tone === 'against');
  const inFavour = reasons.filter(({ tone }) => tone === 'for');
  return {
    kind,
    verdict,
    // Where few are shown, what to beware of is among them.
    reasons: isLiked
      ? [...inFavour.slice(0, 1), ...against, ...inFavour.slice(1)]
      : [...against, ...inFavour],
  };
}

/** What one of the three numbers is worth; together they make the advice. */
export interface PartAdvice {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
}

const VERDICTS: readonly Verdict[] = ['advised', 'possible', 'discouraged', 'useless'];

function worse(one: Verdict, other: Verdict): Verdict {
  return VERDICTS.indexOf(one) > VERDICTS.indexOf(other) ? one : other;
}

function rank({ verdict }: PartAdvice): number {
  return VERDICTS.indexOf(verdict);
}

function onUsage({ usage }: RecordKind, circumstances: Circumstances): PartAdvice {
  if (usage === 3) return reasonsOnLeaf(circumstances);
  if (usage === 2) return reasonsOnIssuers(circumstances);
  return circumstances.ports.includes(SMTP_PORT) ? USELESS_IN_MAIL : PKIX_ELSEWHERE;
}

const SMTP_PORT = 25;

const LEAF_USAGE: Reason = {
  tone: 'for',
  text: 'It pins the server’s own key: senders look at neither names nor dates nor issuers.',
  reference: 'RFC 7672 §3.1.1',
};

function reasonsOnLeaf({ arranged, hosts }: Circumstances): PartAdvice {
  const unnamed = unnamedHost(arranged, hosts);
  if (unnamed === null) return { verdict: 'advised', reasons: [LEAF_USAGE] };
  // Right for senders, and yet what a mistaken file looks like.
  const text = `No certificate here names ${unnamed}: senders do not mind under usage 3, but see that it is that host’s.`;
  const reason: Reason = { tone: 'against', text, reference: 'RFC 7672 §3.2.1' };
  return { verdict: 'advised', reasons: [LEAF_USAGE, reason] };
}

const USELESS_IN_MAIL: PartAdvice = {
  verdict: 'useless',
  reasons: [
    {
      tone: 'against',
      text: 'Senders of mail cannot use usages 0 and 1: they have no agreed list of issuers to trust. With such records alone the server is not authenticated.',
      reference: 'RFC 7672 §3.1.3',
    },
  ],
};

const PKIX_ELSEWHERE: PartAdvice = {
  verdict: 'discouraged',
  reasons: [
    {
      tone: 'against',
      text: 'Usages 0 and 1 work only with clients that trust the issuer anyway; for them names and dates must be right, too.',
      reference: 'RFC 7671 §4',
    },
  ],
};

function onSelector({ usage, selector }: RecordKind): PartAdvice {
  const isForIssuers = usage === 0 || usage === 2;
  if (selector === 1) {
    const text = isForIssuers
      ? 'It goes on matching when the issuer’s certificate is renewed with the same key.'
      : 'It goes on matching when the certificate is renewed with the same key.';
    const reference = isForIssuers ? 'RFC 7671 §5.2.3' : 'RFC 7671 §5.1';
    return { verdict: 'advised', reasons: [{ tone: 'for', text, reference }] };
  }
  if (!isForIssuers) {
    const text =
      'Each renewal changes the certificate and so this record, even where the key stays: with automatic renewal it breaks.';
    return {
      verdict: 'discouraged',
      reasons: [{ tone: 'against', text, reference: 'RFC 7671 §5.1' }],
    };
  }
  return {
    verdict: 'possible',
    reasons: [
      {
        tone: 'for',
        text: 'The standard prefers it to selector 1, for it holds the issuer to what its certificate allows.',
        reference: 'RFC 7671 §5.2.1',
      },
      {
        tone: 'against',
        text: 'It stops matching when the issuer’s certificate is renewed or cross-signed, even with the same key.',
        reference: 'internet.nl how-to',
      },
    ],
  };
}

function onMatchingType(kind: RecordKind, { chosen }: Circumstances): PartAdvice {
  if (kind.matchingType === 1) {
    const text = 'Every sender knows SHA-256.';
    return { verdict: 'advised', reasons: [{ tone: 'for', text, reference: 'RFC 6698 §6' }] };
  }
  if (kind.matchingType === 0) {
    const text = `A whole ${kind.selector === 0 ? 'certificate' : 'key'} makes answers that do not fit into one packet, which some resolvers then fail to get.`;
    return {
      verdict: 'discouraged',
      reasons: [{ tone: 'against', text, reference: 'RFC 7671 §10.1.2' }],
    };
  }
  const isBesideSha256 = chosen.some(
    ({ usage, selector, matchingType }) =>
      usage === kind.usage && selector === kind.selector && matchingType === 1,
  );
  return isBesideSha256 ? SHA512_BESIDE : SHA512_ALONE;
}

const SHA512_BESIDE: PartAdvice = {
  verdict: 'possible',
  reasons: [
    {
      tone: 'against',
      text: 'Beside SHA-256 it adds nothing but care: senders that know SHA-512 look at it alone, so each key needs both records.',
      reference: 'RFC 7671 §9',
    },
  ],
};

const SHA512_ALONE: PartAdvice = {
  verdict: 'discouraged',
  reasons: [
    {
      tone: 'against',
      text: 'Senders need not know SHA-512: publish it beside SHA-256 only.',
      reference: 'RFC 6698 §6',
    },
  ],
};

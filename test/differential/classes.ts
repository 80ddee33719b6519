// Says which row of docs/differential.md a difference belongs to; the row itself must then say the same of all three.
import type { Case } from './case.ts';
import type { Verdicts } from './judges.ts';

/** The first one that fits; null where nothing explains the difference. */
export function classOf(each: Case, verdicts: Verdicts): string | null {
  return CLASSES.find(([, fits]) => fits(each, verdicts))?.[0] ?? null;
}

type Fits = (each: Case, verdicts: Verdicts) => boolean;

function about(pattern: RegExp): Fits {
  return ({ id }) => pattern.test(id);
}

const CLASSES: readonly (readonly [string, Fits])[] = [
  ['signed-from-above', about(/^signed by the (parent|root) in/)],
  ['half-circle', about(/^inception just within half the circle/)],
  ['bad-signature-beside', about(/^(a|three) bad signatures? before|^an expired signature beside/)],
  ['foreign-signature-beside', about(/^a foreign signature beside/)],
  ['alias-beside-data', about(/^unsigned CNAME beside the answer/)],
  ['two-aliases', about(/^two CNAME records/)],
  [
    'synthesised-alias-asked',
    ({ type }, { unbound }) => type === 'CNAME' && /DS got DNAME answer/.test(unbound.words),
  ],
  ['revoked-key', about(/^key revoked/)],
  ['same-key-tag', about(/^one key of the same tag/)],
  ['sha1-beside', about(/^DS SHA-1 good beside SHA-256 wrong/)],
  ['short-digest', about(/^DS with a digest cut short beside/)],
  ['wildcard-ds', about(/^DS made from a wildcard/)],
  ['record-of-a-cut', about(/has NS without SOA|insecure cut above|encloser is a cut/)],
  ['empty-bitmap', about(/^NSEC has no types/)],
  ['denied-non-terminal', about(/ends below the name/)],
  ['ends-at-itself', about(/ends at its own owner/)],
  ['denial-from-wildcard', about(/^NSEC3? made from a wildcard/)],
  ['no-data-as-name-error', about(/no data proof with NXDOMAIN/)],
  ['unknown-nsec3-flag', about(/^NSEC3 with an unknown flag/)],
  [
    'orphan-signature',
    (_, { unbound }) => /no signatures from .* for <\S+ RRSIG IN>/.test(unbound.words),
  ],
  [
    'opt-out-unproven',
    ({ name }, { ours, unbound, delv }) =>
      /o\d+\.tld$/.test(name) &&
      ours.security === 'bogus' &&
      [unbound, delv].some(({ security }) => security === 'insecure'),
  ],
  ['spare-record', ({ id }, { ours }) => /proof \d flipped/.test(id) && ours.security !== 'bogus'],
  ['rcode-over-answer', about(/NXDOMAIN over (the|a good) answer/)],
  [
    'signed-from-above',
    ({ id }, { delv }) =>
      /proofs signed by the parent|unsigned child signed by the parent/.test(id) &&
      delv.security === 'secure',
  ],
  [
    'delv-cannot-use-it',
    (_, { delv }) => delv.security === 'indeterminate' && /resolution failed: /.test(delv.words),
  ],
  [
    'no-data-as-name-error',
    ({ id }, { ours, unbound }) =>
      /RCODE (turned over|changed)/.test(id) &&
      ours.security === 'bogus' &&
      unbound.rcode === 'NOERROR',
  ],
  ['iterations', (_, { ours }) => /iterations, more than/.test(ours.words)],
  ['opt-out', (_, { ours }) => /opt-out/.test(ours.words)],
];

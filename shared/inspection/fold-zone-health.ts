/** What is noticed of a zone's signing, gathered into one fact a zone: which records, which keys, how soon. */
import type { Observation, ObservationCode } from '../dnssec/reason.ts';
import { WEAK_RSA_BITS } from '../dnssec/limits.ts';
import type { Parameters } from '../findings/finding.ts';

/** One signing run makes all of a zone's signatures: what is wrong with their times is one fault. */
const TIMED: ReadonlySet<ObservationCode> = new Set([
  'rrsig-expired',
  'rrsig-not-yet-valid',
  'rrsig-expiring',
]);

/** The zone that an observation is about rather than its subject; null where the subject is right. */
export function zoneOfHealth({ code, parameters }: Observation): string | null {
  const { signer } = parameters;
  return TIMED.has(code) && typeof signer === 'string' ? signer : null;
}

/** Parameters for the words, from all observations of one code and zone. */
export function healthParameters(group: readonly Observation[]): Parameters {
  const code = group[0]?.code;
  if (code === undefined) return {};
  if (TIMED.has(code)) return signatureTimes(group, code);
  if (code === 'algorithm-deprecated') return oldAlgorithms(group);
  if (code === 'nsec3-iterations') {
    const counts = group.map(({ parameters }) => Number(parameters['iterations']));
    return { iterations: Math.max(...counts) };
  }
  return {};
}

/** The one that is worst decides the time that is told: all of them end by then, or begin only then. */
function signatureTimes(group: readonly Observation[], code: ObservationCode): Parameters {
  const field = code === 'rrsig-not-yet-valid' ? 'inception' : 'expiration';
  const time = ({ parameters }: Observation): string => String(parameters[field] ?? '');
  const sorted = [...group].sort((a, b) => time(a).localeCompare(time(b)));
  const worst = code === 'rrsig-not-yet-valid' ? sorted[sorted.length - 1] : sorted[0];
  const records = group.map(
    ({ subject, parameters }) => `${subject} ${String(parameters['type'] ?? '')}`,
  );
  return {
    ...worst?.parameters,
    name: worst?.subject ?? null,
    records: [...new Set(records)],
    keyTags: distinct(group, 'keyTag'),
  };
}

function oldAlgorithms(group: readonly Observation[]): Parameters {
  const bits = group.flatMap(({ parameters }) => Number(parameters['bits'] ?? Number.NaN));
  const weak = bits.filter((each) => each < WEAK_RSA_BITS);
  const algorithms = distinct(
    group.filter(({ parameters }) => parameters['algorithm'] !== undefined),
    'mnemonic',
  );
  return {
    mnemonics: algorithms.length === 0 ? null : algorithms,
    keyTags: distinct(group, 'keyTag'),
    bits: weak.length === 0 ? null : Math.min(...weak),
    sha1Ds: group.some(({ parameters }) => parameters['digestType'] !== undefined),
  };
}

function distinct(group: readonly Observation[], key: string): readonly string[] {
  return [...new Set(group.flatMap(({ parameters }) => parameters[key]?.toString() ?? []))];
}

/** When the certificates end that mail hosts present, and for whom that matters (RFC 7671 §5.1 and §5.2, RFC 8461 §4.1). */
import { enumerate } from '../findings/facts.ts';
import { printable } from '../findings/safe-text.ts';
import { standingOf } from '../inspection/host-standing.ts';
import type { CertificateReport, HostReport, ProbeReport, Report } from '../inspection/report.ts';
import type { Deadline } from './deadline.ts';

/**
 * - `anchored`: authenticated by its issuer (usage 2), which asks for dates.
 * - `pinned`: authenticated by itself (usage 3), whatever its dates are.
 * - `unmatched`: no record stands behind it.
 */
type Bond = 'anchored' | 'pinned' | 'unmatched';

interface Presentation {
  readonly host: HostReport;
  readonly certificate: CertificateReport;
  readonly depth: number;
  readonly bond: Bond;
  /** A record of it names the whole certificate: whatever renews it changes what must be published. */
  readonly whole: boolean;
}

export function certificateDeadlines(report: Report): readonly Deadline[] {
  const groups = new Map<string, Presentation[]>();
  for (const presentation of report.hosts.flatMap(presentationsOf)) {
    const { certSha256 } = presentation.certificate;
    groups.set(certSha256, [...(groups.get(certSha256) ?? []), presentation]);
  }
  return folded([...groups].flatMap(([key, group]) => deadlineOf(report, key, group)));
}

/** More rows than this that say the same are shown as one. */
const ROWS_ALIKE = 4;

/** Of those that stop no mail, and end in the same consequence, the first stands for all. */
function folded(deadlines: readonly Deadline[]): readonly Deadline[] {
  const minor = new Map<string, Deadline[]>();
  for (const deadline of deadlines.filter(({ weight }) => weight === 'some')) {
    const { consequence } = deadline;
    minor.set(consequence, [...(minor.get(consequence) ?? []), deadline]);
  }
  return [
    ...deadlines.filter(({ weight }) => weight !== 'some'),
    ...[...minor.values()].flatMap((alike) => {
      const sorted = [...alike].sort((a, b) => a.at - b.at);
      const [first] = sorted;
      if (first === undefined || sorted.length <= ROWS_ALIKE) return alike;
      const what = `First of ${sorted.length} certificates: ${lowerFirst(first.what)}`;
      return [{ ...first, what, parts: sorted.map((each) => ({ what: each.what, at: each.at })) }];
    }),
  ];
}

function lowerFirst(words: string): string {
  return `${words.slice(0, 1).toLowerCase()}${words.slice(1)}`;
}

/** What is shown without SNI concerns no sender with DANE (RFC 7672 §8.1). */
function presentationsOf(host: HostReport): readonly Presentation[] {
  return host.addresses.flatMap(({ probes }) =>
    probes.filter(({ offer }) => offer !== 'no-sni').flatMap((probe) => ofProbe(host, probe)),
  );
}

function ofProbe(host: HostReport, probe: ProbeReport): readonly Presentation[] {
  const matching = probe.associations.flatMap((association, index) => {
    const record = host.tlsa.records[index];
    return association.matches && record !== undefined ? [{ association, record }] : [];
  });
  const pins = matching.filter(({ record }) => record.usage === 3);
  const anchors = matching.filter(({ record }) => record.usage === 2);
  const bond = pins.length > 0 ? 'pinned' : anchors.length > 0 ? 'anchored' : 'unmatched';
  const whole = pins.length > 0 && pins.every(({ record }) => record.selector === 0);
  const depths = anchors.map(({ association }) => association.matchedDepth);
  const last = bond === 'anchored' ? nearest(depths) : 0;
  const extra = new Set([
    ...(probe.chainShape?.superfluous ?? []),
    ...(probe.chainShape?.duplicates ?? []),
  ]);
  return probe.chain.flatMap((certificate, depth) =>
    depth > last || (depth > 0 && extra.has(depth))
      ? []
      : [{ host, certificate, depth, bond, whole }],
  );
}

/** Any one anchor is enough, so the shortest path counts; an anchor in the record itself needs all that was sent. */
function nearest(depths: readonly (number | null)[]): number {
  return Math.min(...depths.map((depth) => depth ?? Number.POSITIVE_INFINITY));
}

function deadlineOf(
  report: Report,
  key: string,
  group: readonly Presentation[],
): readonly Deadline[] {
  const bond = BONDS.find((each) => group.some((presentation) => presentation.bond === each));
  const [first] = group;
  if (first === undefined || bond === undefined) return [];
  const from = Date.parse(first.certificate.notBefore);
  const at = Date.parse(first.certificate.notAfter);
  if (Number.isNaN(from) || Number.isNaN(at)) return [];
  const bound = group.filter((presentation) => presentation.bond === bond);
  const hosts = hostsOf(bound);
  return [
    {
      key: `certificate ${key}`,
      kind: 'certificate',
      weight: bond === 'anchored' ? 'stops' : 'some',
      from,
      at,
      what: `Certificate of ${first.depth === 0 ? hostsOf(group) : `the issuer ${subjectWords(first.certificate)}`}`,
      consequence: WORDS[bond](report, hosts, bound),
      mends: 'mail host',
      reference: REFERENCES[bond],
      parts: [],
    },
  ];
}

/** What is worst for mail comes first. */
const BONDS: readonly Bond[] = ['anchored', 'unmatched', 'pinned'];

const REFERENCES: Readonly<Record<Bond, string>> = {
  anchored: 'RFC 7671 §5.2',
  pinned: 'RFC 7671 §5.1',
  unmatched: 'RFC 8461 §4.2',
};

type Say = (report: Report, hosts: string, group: readonly Presentation[]) => string;

const WORDS: Readonly<Record<Bond, Say>> = {
  anchored: (report, hosts, group) => {
    const who = group.some(({ host }) => standingOf(report, host).dane === 'optional')
      ? 'Senders that check DANE in spite of unsigned MX records'
      : 'Senders that check DANE';
    return `${who} defer mail to ${hosts}: under usage 2 each certificate up to the issuer must be in date.`;
  },
  pinned: (report, _hosts, group) => {
    const renewal = group.some(({ whole }) => whole)
      ? 'Any renewal changes what the record holds: publish the next record first.'
      : 'A renewal must keep the key, or its record must be published first.';
    return `Senders that check DANE go on delivering: under usage 3 dates are ignored. ${others(report, group)} ${renewal}`;
  },
  unmatched: (report, _hosts, group) =>
    `No TLSA record stands behind it, so DANE does not mind. ${others(report, group)}`,
};

/** Those who do not check DANE. */
function others({ policy: { mtaSts } }: Report, group: readonly Presentation[]): string {
  const enforced = mtaSts.policy?.mode === 'enforce' && mtaSts.problem === null;
  const covered = group.some(({ host }) => !mtaSts.uncovered.includes(host.name));
  return enforced && covered
    ? 'Senders that go by MTA-STS defer.'
    : 'Only senders set up to verify certificates as browsers do turn away.';
}

/** More than this many hosts make the words unreadable. */
const HOSTS_SHOWN = 3;

function hostsOf(group: readonly Presentation[]): string {
  const names = [...new Set(group.map(({ host }) => printable(host.name)))];
  return names.length > HOSTS_SHOWN ? `${names.length} hosts` : enumerate(names);
}

/** `CN=R11,O=Let's Encrypt` is known by its common name. */
function subjectWords({ subject }: CertificateReport): string {
  return printable(/(?:^|,)\s*CN=([^,]+)/.exec(subject)?.[1] ?? subject);
}

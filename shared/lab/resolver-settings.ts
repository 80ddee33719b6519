/** How a resolver is made to find and trust the test’s zone: settings to paste, one software each. */

export interface ResolverFacts {
  /** The base name, without a trailing dot. */
  readonly base: string;
  /** Of the test’s name server. */
  readonly address: string;
  readonly port: number;
  /** The zone’s DS record as a line of a zone file. */
  readonly trustAnchor: string;
}

export interface ResolverSettings {
  readonly software: string;
  /** Where the text belongs; null where there is none. */
  readonly file: string | null;
  readonly text: string;
  /** To be run afterwards. */
  readonly apply: string | null;
  /** Plain sentences: what to mind. */
  readonly notes: readonly string[];
}

export function resolverSettings(facts: ResolverFacts): readonly ResolverSettings[] {
  return [unbound(facts), bind(facts), knot(facts), systemd()];
}

const DNS_PORT = 53;

function unbound({ base, address, port, trustAnchor }: ResolverFacts): ResolverSettings {
  const special = isTestName(base) ? [`    local-zone: "test." nodefault`] : [];
  const local = isLoopback(address) ? ['    do-not-query-localhost: no'] : [];
  return {
    software: 'Unbound',
    file: '/etc/unbound/unbound.conf.d/dane-test.conf',
    text: [
      'server:',
      ...local,
      ...special,
      `    trust-anchor: "${plain(trustAnchor)}"`,
      '',
      'stub-zone:',
      `    name: "${base}."`,
      `    stub-addr: ${address}@${port}`,
      '',
    ].join('\n'),
    apply: 'unbound-checkconf && systemctl restart unbound',
    notes:
      special.length > 0
        ? ['Unbound answers names under test. by itself unless told otherwise.']
        : [],
  };
}

function bind({ base, address, port, trustAnchor }: ResolverFacts): ResolverSettings {
  const { tag, algorithm, digestType, digest } = partsOf(trustAnchor);
  return {
    software: 'BIND',
    file: '/etc/bind/named.conf.local',
    text: [
      'trust-anchors {',
      `    "${base}." static-ds ${tag} ${algorithm} ${digestType} "${digest}";`,
      '};',
      `zone "${base}" {`,
      '    type forward;',
      '    forward only;',
      `    forwarders { ${address}${port === DNS_PORT ? '' : ` port ${port}`}; };`,
      '};',
      '',
    ].join('\n'),
    apply: 'named-checkconf && rndc reconfig',
    notes: ['`dnssec-validation` must be `auto` or `yes`.'],
  };
}

function knot({ base, address, port, trustAnchor }: ResolverFacts): ResolverSettings {
  return {
    software: 'Knot Resolver',
    file: '/etc/knot-resolver/kresd.conf',
    text: [
      `trust_anchors.add('${plain(trustAnchor)}')`,
      `policy.add(policy.suffix(policy.FORWARD({'${address}@${port}'}), policy.todnames({'${base}.'})))`,
      '',
    ].join('\n'),
    apply: 'systemctl restart "kresd@*"',
    notes: [
      ...(isTestName(base)
        ? ['By itself it denies names under test.; a rule of yours comes before that.']
        : []),
      'For version 5. `policy.STUB` would not do: it passes answers on without validating them.',
    ],
  };
}

function systemd(): ResolverSettings {
  return {
    software: 'systemd-resolved',
    file: null,
    text: '',
    apply: null,
    notes: [
      'Not recommended for a mail server: it tells programs that an answer is authentic only with DNSSEC=yes, and its own documentation calls its validation unfit for many networks.',
      'Names that it takes for private are not validated, unless files below /etc/dnssec-trust-anchors.d say which those are (dnssec-trust-anchors.d(5)).',
      'Put a resolver of the list beside it on another loopback address, and name that one alone in the resolv.conf that your mail server reads.',
    ],
  };
}

/** One line, fields apart by one blank: what is put between quotes. */
function plain(record: string): string {
  return record.trim().replace(/\s+/g, ' ');
}

interface DelegationSigner {
  readonly tag: string;
  readonly algorithm: string;
  readonly digestType: string;
  readonly digest: string;
}

function partsOf(record: string): DelegationSigner {
  const [, data = ''] = plain(record).split(' DS ');
  const [tag = '', algorithm = '', digestType = '', ...digest] = data.split(' ');
  return { tag, algorithm, digestType, digest: digest.join('') };
}

/** RFC 6761 §6.2. */
function isTestName(base: string): boolean {
  return base === 'test' || base.endsWith('.test');
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

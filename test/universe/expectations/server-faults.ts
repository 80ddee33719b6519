// What `check` must say about domains whose name servers do something wrong: exactly these errors and warnings, each naming the server.
import type { FindingCode } from '../../../shared/findings/codes.ts';
import type { Severity } from '../../../shared/findings/finding.ts';
import { TLSA_PREFIX } from '../zones/zone-plan.ts';
import type { ServerKey } from '../address-plan.ts';
import type { DomainExpectation } from '../expectations.ts';

export interface ServerFaultExpectation extends DomainExpectation {
  /** All errors and warnings, and no others but those in `may`. */
  readonly tells: readonly Told[];
}

export interface Told {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** A name, or the server whose address it is. */
  readonly subject: { readonly name: string } | { readonly server: ServerKey };
  /** The servers whose addresses the finding holds; no other server's of this zone. */
  readonly names: readonly ServerKey[];
}

type About = 'host' | 'ent' | 'owner' | 'domain' | 'servers';

/** The servers at the end only where they are not the row's. */
type Line = readonly [FindingCode, Severity, About, (readonly ServerKey[])?];

interface Row {
  readonly domain: string;
  readonly lines: readonly Line[];
  readonly why: string;
  readonly host?: 'authenticated' | 'deferred' | 'opportunistic';
  readonly may?: readonly FindingCode[];
  /** Default: the faulty ones by the domain's name. */
  readonly names?: readonly ServerKey[];
}

const ENT_DENIED: readonly Line[] = [
  ['ancestor-nxdomain', 'error', 'ent'],
  ['ancestor-denied', 'error', 'ent'],
];

const ENT_UNPROVEN: readonly Line[] = [
  ['ancestor-nxdomain', 'error', 'ent'],
  ['ancestor-bogus', 'error', 'ent'],
  ['denial-invalid', 'error', 'ent'],
];

const EMPTY_UNPROVEN: readonly Line[] = ENT_UNPROVEN.slice(1);

const ANCESTORS: readonly Row[] = [
  {
    domain: 'nxdomain-bare-everywhere.test',
    host: 'deferred',
    lines: ENT_UNPROVEN,
    why: 'RFC 8020 §2 and RFC 4035 §5.4: a minimising resolver gets NXDOMAIN, and no proof of it',
  },
  {
    domain: 'nxdomain-for-ns-everywhere.test',
    host: 'deferred',
    lines: ENT_UNPROVEN,
    why: 'RFC 9156 §2.1 prefers A, RFC 7816 §2 asked NS: a resolver that still does is lost',
  },
  {
    domain: 'covering-nodata-everywhere.test',
    lines: [
      ['ancestor-denied', 'error', 'ent'],
      // By chance the hash of the TLSA name falls into the same span.
      ['ancestor-denied', 'error', 'owner'],
      ...EMPTY_UNPROVEN,
    ],
    why: 'RFC 8198 §5.2: a signed NSEC3 that covers the ancestor erases what is below from caches; RFC 5155 §8.5: and it is no proof of an empty answer',
  },
  {
    domain: 'covering-elsewhere-everywhere.test',
    lines: [
      ['ancestor-denied', 'error', 'ent'],
      ['ancestor-denied', 'error', 'owner'],
    ],
    why: 'RFC 8198 §5.1: any denial that a cache holds counts, also that of the host’s AAAA',
  },
  {
    domain: 'nodata-bare-everywhere.test',
    lines: EMPTY_UNPROVEN,
    why: 'RFC 4035 §3.1.3.1: an empty answer must hold the NSEC record that proves it',
  },
  {
    domain: 'nodata-of-apex-everywhere.test',
    lines: EMPTY_UNPROVEN,
    why: 'RFC 4035 §5.4: the NSEC record must match the name, or cover it with a next name below it',
  },
  {
    domain: 'nodata-of-apex-everywhere-nsec3.test',
    lines: EMPTY_UNPROVEN,
    why: 'RFC 5155 §8.5: the NSEC3 record must match the hash of the name',
  },
  {
    domain: 'ancestor-servfail-everywhere.test',
    lines: [['ancestor-lookup-failed', 'error', 'ent']],
    why: 'RFC 9156 §2.3: some resolvers fall back to the full name and some give up',
  },
  {
    domain: 'denying-once.test',
    lines: ENT_DENIED,
    why: 'RFC 8020 §2: whoever asks this server loses the record; who asks the other one does not',
  },
  {
    domain: 'nodata-bare-once.test',
    lines: EMPTY_UNPROVEN,
    why: 'RFC 4035 §3.1.3.1, at one of two servers',
  },
  {
    domain: 'ancestor-servfail-once.test',
    lines: [['ancestor-lookup-failed', 'error', 'ent']],
    why: 'RFC 2182 §3: the other server answers',
  },
  {
    domain: 'tcp-nxdomain-once.test',
    lines: ENT_UNPROVEN,
    why: 'RFC 7766 §5: TCP is no lesser transport, and what it says counts',
  },
];

const TLSA_FAILURES = ['refused', 'notimp', 'formerr', 'silent'] as const;

const TLSA_ONLY: readonly Row[] = [
  ...TLSA_FAILURES.map((fault): Row => ({
    domain: `${fault}-everywhere.test`,
    host: 'deferred',
    lines: [['tlsa-lookup-failed', 'error', 'host']],
    why: 'RFC 7672 §2.1.2: a failed TLSA look-up is no denial; mail waits',
  })),
  ...(['servfail', ...TLSA_FAILURES] as const).map((fault): Row => ({
    domain: `${fault}-once.test`,
    lines: [['tlsa-lookup-failed', 'warning', 'host']],
    why: 'RFC 2182 §3: the other server has the answer; who asks only this one defers (RFC 7672 §2.1.2)',
  })),
  {
    domain: 'garbled-tlsa-everywhere.test',
    host: 'deferred',
    lines: [
      ['tlsa-lookup-failed', 'error', 'host'],
      ['server-malformed', 'warning', 'servers'],
    ],
    why: 'RFC 1035 §4.1: the counts promise records that are not there; RFC 7672 §2.1.2: so the look-up has failed',
  },
  {
    domain: 'garbled-tlsa-once.test',
    lines: [
      ['tlsa-lookup-failed', 'warning', 'host'],
      ['server-malformed', 'warning', 'servers'],
    ],
    why: 'RFC 1035 §4.1, at one of two servers',
  },
];

const WHOLE_SERVERS: readonly Row[] = [
  {
    domain: 'not-authoritative-once.test',
    lines: [['server-lame', 'warning', 'servers']],
    why: 'RFC 1034 §4.2.2: a server of the zone answers with authority',
  },
  {
    domain: 'garbled-once.test',
    lines: [['server-malformed', 'warning', 'servers']],
    why: 'RFC 1035 §4.1: no DNS message ever comes from it',
  },
  {
    domain: 'unsigned-once.test',
    lines: [['rrsig-missing', 'error', 'servers']],
    why: 'RFC 4035 §3.1: every server of a signed zone must send its signatures',
  },
  {
    domain: 'unsigned-tlsa-once.test',
    lines: [
      ['rrsig-missing', 'error', 'owner'],
      ['tlsa-bogus', 'warning', 'host'],
    ],
    why: 'RFC 4035 §5: an unsigned RRset of a signed zone is bogus, here at one server',
  },
  {
    domain: 'edns-formerr-once.test',
    lines: [['server-no-edns', 'warning', 'servers']],
    why: 'RFC 6891 §7: FORMERR is what a server without EDNS says; RFC 4035 §3.1: DNSSEC needs EDNS',
  },
  {
    domain: 'edns-ignored-once.test',
    lines: [['server-no-edns', 'warning', 'servers']],
    why: 'RFC 6891 §6.1.1: an OPT record in the query must be answered with one',
  },
  {
    domain: 'edns-silent-once.test',
    lines: [['server-no-edns', 'warning', 'servers']],
    why: 'RFC 6891 §6.2.2: a query with EDNS gets nothing, and one without it an answer',
  },
  ...(['no-tcp', 'tcp-closed', 'tcp-silent'] as const).map((fault): Row => ({
    domain: `${fault}-once.test`,
    lines: [['server-no-tcp', 'warning', 'servers']],
    why: 'RFC 7766 §5: servers must offer TCP',
  })),
  {
    domain: 'tcp-servfail-once.test',
    lines: [['server-no-tcp', 'warning', 'servers']],
    why: 'RFC 7766 §5: TCP that never gives an answer is no TCP',
  },
  {
    domain: 'tcp-variant-once.test',
    host: 'deferred',
    lines: [['tlsa-servers-disagree', 'error', 'host', ['host-a', 'tcp-variant-b']]],
    why: 'RFC 7671 §8 and RFC 7766 §5: who is sent to TCP gets a record that does not match',
  },
  {
    domain: 'no-tcp-everywhere.test',
    host: 'deferred',
    lines: [
      ['tlsa-lookup-failed', 'error', 'host'],
      ['server-no-tcp', 'warning', 'servers'],
    ],
    why: 'RFC 7766 §5: truncated over UDP, and nothing over TCP, so nobody gets the records',
  },
  {
    domain: 'oversize-once.test',
    lines: [['server-udp-oversize', 'warning', 'servers']],
    why: 'RFC 6891 §6.2.5: no datagram may be larger than the client says it can take',
  },
];

const BOTH_VERSIONS: readonly ServerKey[] = ['host-a', 'variant'];

const DIFFERENCES: readonly Row[] = [
  {
    domain: 'soa-differs.test',
    lines: [['soa-servers-disagree', 'warning', 'domain']],
    names: BOTH_VERSIONS,
    why: 'RFC 1912 §2.2: serials that stay apart show a secondary that no longer follows',
  },
  {
    domain: 'dnskey-differs.test',
    lines: [['dnskey-servers-disagree', 'error', 'domain']],
    names: BOTH_VERSIONS,
    why: 'RFC 6781 §4.1.1: a validator may meet keys of one server and signatures of another',
  },
  {
    domain: 'mx-differs.test',
    lines: [['mx-servers-disagree', 'error', 'domain']],
    names: BOTH_VERSIONS,
    why: 'RFC 1034 §4.3.5: all servers of a zone have the same data; where mail goes is chance',
  },
  {
    domain: 'address-differs.test',
    lines: [['address-servers-disagree', 'warning', 'host']],
    names: BOTH_VERSIONS,
    why: 'RFC 1034 §4.3.5: all servers of a zone have the same data; some use this for balance',
  },
  {
    domain: 'tlsa-presence-differs.test',
    host: 'opportunistic',
    lines: [
      ['tlsa-servers-disagree', 'error', 'host'],
      // Without the record the ancestor is rightly not there.
      ['ancestor-nxdomain', 'error', 'ent', ['variant']],
      ['ancestor-denied', 'error', 'ent', ['variant']],
    ],
    names: BOTH_VERSIONS,
    why: 'RFC 7672 §2.2: whoever asks the server without the record has proof of absence, and sends without DANE',
  },
];

export const SERVER_FAULT_EXPECTATIONS: readonly ServerFaultExpectation[] = [
  ...[...ANCESTORS, ...TLSA_ONLY, ...WHOLE_SERVERS, ...DIFFERENCES].map(expectation),
  ...(
    [
      [
        'unsigned-everywhere.test',
        ['mx-bogus', 'rrsig-missing'],
        'RFC 4035 §5.2: the parent’s DS says that the zone is signed, so what is unsigned is bogus',
      ],
      [
        'edns-formerr-everywhere.test',
        ['mx-bogus', 'server-no-edns'],
        'RFC 4035 §3.1 and §5.2: without EDNS there are no signatures, and the DS demands them',
      ],
    ] satisfies [string, FindingCode[], string][]
  ).map(([domain, must, why]): ServerFaultExpectation => ({
    domain,
    outcome: 'broken',
    exit: 2,
    mx: 'bogus',
    hosts: {},
    must,
    may: ['rrsig-missing', 'server-no-edns', 'dnskey-missing'],
    mustNot: ['mx-secure', 'mx-insecure'],
    tells: [],
    why,
  })),
];

function expectation(row: Row): ServerFaultExpectation {
  const { domain, lines, why, host = 'authenticated' } = row;
  const faulty = row.names ?? faultyServers(domain);
  return {
    domain,
    ...(
      {
        authenticated: { outcome: 'secure', exit: 0 },
        deferred: { outcome: 'broken', exit: 2 },
        opportunistic: { outcome: 'insecure', exit: 1 },
      } as const
    )[host],
    mx: 'secure',
    hosts: { [`mx.${domain}`]: host },
    must: ['mx-secure', ...lines.map(([code]) => code)],
    mustNot: [],
    may: row.may ?? [],
    tells: lines.flatMap((line) => told(line, domain, faulty)),
    why,
  };
}

function told(
  [code, severity, about, names]: Line,
  domain: string,
  faulty: readonly ServerKey[],
): readonly Told[] {
  if (about === 'servers') {
    return faulty.map((server) => ({ code, severity, subject: { server }, names: [server] }));
  }
  const host = `mx.${domain}`;
  const name = {
    host,
    ent: `_tcp.${host}`,
    owner: `${TLSA_PREFIX}.${host}`,
    domain,
  }[about];
  return [{ code, severity, subject: { name }, names: names ?? faulty }];
}

/** As the zones are named: the fault, then whether one server has it or both. */
function faultyServers(domain: string): readonly ServerKey[] {
  const [, fault = '', where] = /^(.*)-(once|everywhere)/.exec(domain) ?? [];
  return (where === 'once' ? [`${fault}-b`] : [`${fault}-a`, `${fault}-b`]) as ServerKey[];
}

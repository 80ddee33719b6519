// What `resolve` must say about names of the universe (statuses: RFC 4033 §5), and where an independent judge is known to say something else.
import type { Security } from '../../../shared/inspection/report.ts';
import { SMTP_PORT } from '../address-plan.ts';
import { ALL_ZONES } from '../zones/all-zones.ts';
import { EXPECTATIONS } from '../expectations.ts';

export interface LookUpExpectation {
  readonly name: string;
  readonly type: string;
  readonly security: Security;
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL';
  readonly needs?: 'ipv6';
  /** Why this judge cannot be asked. */
  readonly unlike?: Readonly<Partial<Record<'delv' | 'unbound', string>>>;
}

type Row = readonly [
  question: string,
  security: Security,
  rcode: LookUpExpectation['rcode'],
  unlike?: LookUpExpectation['unlike'],
];

const TLSA = `_${SMTP_PORT}._tcp`;

const BIND_IGNORES_OPT_OUT =
  'BIND counts a denial as secure under opt-out, against RFC 5155 §9.2; Unbound does not';
const UNBOUND_REPAIRS_ENT =
  'Unbound takes an NXDOMAIN whose proof is that of an empty answer for the empty answer';
const NO_ED448 =
  'the library of unbound-host is built on Nettle in Debian, without algorithm 16: it calls the zone insecure';

const ROWS: readonly Row[] = [
  // The upper levels.
  ['. SOA', 'secure', 'NOERROR'],
  ['. DNSKEY', 'secure', 'NOERROR'],
  ['test DNSKEY', 'secure', 'NOERROR'],
  ['test DS', 'secure', 'NOERROR'],
  ['optout SOA', 'secure', 'NOERROR'],
  ['no-such-tld A', 'secure', 'NXDOMAIN'],

  // Delegations: a DS question belongs to the parent (RFC 4035 §3.1.4.1).
  ['right-311.test DS', 'secure', 'NOERROR'],
  ['unsigned.test DS', 'secure', 'NOERROR'],
  ['unsigned.optout DS', 'insecure', 'NOERROR', { delv: BIND_IGNORES_OPT_OUT }],
  ['signed.optout DS', 'secure', 'NOERROR'],
  ['unknown-digest.test DS', 'secure', 'NOERROR'],

  // Denials (RFC 4035 §5.4, RFC 5155 §8, RFC 9077 for their TTL).
  ['nonexistent.test MX', 'secure', 'NXDOMAIN'],
  ['nonexistent.optout MX', 'insecure', 'NXDOMAIN', { delv: BIND_IGNORES_OPT_OUT }],
  ['right-311.test AAAA', 'secure', 'NOERROR'],
  ['missing.right-311.test A', 'secure', 'NXDOMAIN'],
  ['_tcp.mx.right-311.test A', 'secure', 'NOERROR'],
  ['missing.nsec3.test A', 'secure', 'NXDOMAIN'],
  ['_tcp.mx.nsec3.test A', 'secure', 'NOERROR'],
  ['nsec3.test TXT', 'secure', 'NOERROR'],
  [`${TLSA}.mx.no-tlsa.test TLSA`, 'secure', 'NXDOMAIN'],
  [`${TLSA}.mx.no-tlsa-nsec3.test TLSA`, 'secure', 'NXDOMAIN'],
  ['null-mx.test A', 'secure', 'NOERROR'],

  // Damaged signatures (RFC 4035 §5.3).
  [`${TLSA}.mx.bogus-tlsa.test TLSA`, 'bogus', 'SERVFAIL'],
  ['mx.bogus-tlsa.test A', 'secure', 'NOERROR'],
  ['bogus-mx.test MX', 'bogus', 'SERVFAIL'],
  ['bogus-mx.test SOA', 'secure', 'NOERROR'],
  ['mx.bogus-address.test A', 'bogus', 'SERVFAIL'],
  [`${TLSA}.mx.expired-tlsa.test TLSA`, 'bogus', 'SERVFAIL'],
  [`${TLSA}.mx.future-tlsa.test TLSA`, 'bogus', 'SERVFAIL'],
  [`${TLSA}.mx.unsigned-rrset.test TLSA`, 'bogus', 'SERVFAIL'],
  ['expired-zone.test MX', 'bogus', 'SERVFAIL'],
  ['expired-zone.test SOA', 'bogus', 'SERVFAIL'],
  ['wrong-ds.test MX', 'bogus', 'SERVFAIL'],
  ['missing.wrong-ds.test A', 'bogus', 'SERVFAIL'],

  // Insecure zones.
  ['unsigned.test MX', 'insecure', 'NOERROR'],
  ['missing.unsigned.test A', 'insecure', 'NXDOMAIN'],
  ['unsigned.optout MX', 'insecure', 'NOERROR'],
  ['unknown-digest.test MX', 'insecure', 'NOERROR'],
  [`${TLSA}.mx.unsigned-tlsa.test TLSA`, 'insecure', 'NOERROR'],
  [`${TLSA}.mx.tlsa-cname-unsigned.test TLSA`, 'insecure', 'NOERROR'],

  // Faulty servers.
  [`${TLSA}.mx.tlsa-servfail.test TLSA`, 'indeterminate', 'SERVFAIL'],
  ['mx.tlsa-servfail.test A', 'secure', 'NOERROR'],
  [`${TLSA}.mx.ancestor-nxdomain.test TLSA`, 'secure', 'NOERROR'],
  ['_tcp.mx.ancestor-nxdomain.test A', 'bogus', 'SERVFAIL', { unbound: UNBOUND_REPAIRS_ENT }],
  [`${TLSA}.mx.ancestor-nxdomain-proven.test TLSA`, 'secure', 'NOERROR'],
  ['_tcp.mx.ancestor-nxdomain-proven.test A', 'secure', 'NXDOMAIN'],

  // Chains and wildcards (RFC 4035 §5.3.4, RFC 6672 §5.3.1, RFC 4592).
  ['www.records.test A', 'secure', 'NOERROR'],
  ['to-unsigned.records.test A', 'insecure', 'NOERROR'],
  ['to-bogus.records.test A', 'bogus', 'SERVFAIL'],
  ['to-nowhere.records.test A', 'secure', 'NXDOMAIN'],
  ['loop-a.records.test A', 'indeterminate', 'SERVFAIL'],
  ['mx.branch.records.test A', 'secure', 'NOERROR'],
  ['missing.branch.records.test A', 'secure', 'NXDOMAIN'],
  ['branch.records.test DNAME', 'secure', 'NOERROR'],
  ['x.wild.records.test TXT', 'secure', 'NOERROR'],
  ['x.y.wild.records.test TXT', 'secure', 'NOERROR'],
  ['x.wild.records.test A', 'secure', 'NOERROR'],
  ['x.wild.records-nsec3.test TXT', 'secure', 'NOERROR'],
  ['x.y.wild.records-nsec3.test TXT', 'secure', 'NOERROR'],
  ['x.wild.records-nsec3.test A', 'secure', 'NOERROR'],
  ['below.records.test A', 'secure', 'NOERROR'],
  ['below.records-nsec3.test A', 'secure', 'NOERROR'],

  // Forms of records (RFC 3597, RFC 4034 §6.2, RFC 7766 §5).
  ['long.records.test TXT', 'secure', 'NOERROR'],
  ['text.records.test TXT', 'secure', 'NOERROR'],
  ['mixed-case.records.test TXT', 'secure', 'NOERROR'],
  ['unknown.records.test TYPE65280', 'secure', 'NOERROR'],
];

/** The rows above, and for every domain whose MX status is known its MX, and for every secure host its address and TLSA. */
export const LOOK_UPS: readonly LookUpExpectation[] = withoutDuplicates([
  ...ROWS.map(([question, security, rcode, unlike]) => {
    const [name = '', type = ''] = question.split(' ');
    return { name, type, security, rcode, ...(unlike === undefined ? {} : { unlike }) };
  }),
  ...EXPECTATIONS.flatMap(ofDomain),
]);

function ofDomain(expectation: (typeof EXPECTATIONS)[number]): readonly LookUpExpectation[] {
  const { domain, mx, hosts } = expectation;
  if (!ALL_ZONES.some(({ name }) => name === domain) || mx === null) return [];
  const special = {
    ...(domain === 'algorithm-16.test' ? { unlike: { unbound: NO_ED448 } } : {}),
    ...(expectation.needs === undefined ? {} : { needs: expectation.needs }),
  };
  const rcode = mx === 'bogus' ? 'SERVFAIL' : 'NOERROR';
  const authenticated = Object.entries(hosts)
    .filter(([, outcome]) => outcome === 'authenticated')
    .map(([host]) => host);
  return [
    { name: domain, type: 'MX', security: mx, rcode, ...special },
    ...authenticated.flatMap((host): LookUpExpectation[] => [
      { name: host, type: 'A', security: 'secure', rcode: 'NOERROR', ...special },
      { name: tlsaName(host), type: 'TLSA', security: 'secure', rcode: 'NOERROR', ...special },
    ]),
  ];
}

/** RFC 7672 §2.2.2: the expanded name of an alias comes first. */
function tlsaName(host: string): string {
  return `${TLSA}.${host === 'alias.mx-cname.test' ? 'mx.mx-cname.test' : host}`;
}

function withoutDuplicates(rows: readonly LookUpExpectation[]): readonly LookUpExpectation[] {
  const seen = new Map<string, LookUpExpectation>();
  for (const row of rows) {
    const question = `${row.name} ${row.type}`;
    if (!seen.has(question)) seen.set(question, row);
  }
  return [...seen.values()];
}

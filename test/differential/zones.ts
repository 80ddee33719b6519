// The zones of the differential test: small, alike but for algorithm and kind of denial, and full of awkward names (RFC 4034, RFC 5155, RFC 4592).

export type Denial = 'nsec' | 'nsec3' | 'nsec3-opt-out';
/** Which name server holds a zone; a parent and a child on one server hide the cut between them. */
export type Holder = 'root' | 'tld' | 'leaf' | 'kid';

export interface ZoneSpec {
  /** Without the final dot; empty for the root. */
  readonly name: string;
  readonly holder: Holder;
  /** DNSSEC algorithm number; null leaves the zone unsigned. */
  readonly algorithm: 8 | 13 | 15 | null;
  readonly denial: Denial;
  /** Two keys, of which one signs the keys alone. */
  readonly split: boolean;
  /** The parent has its DS. */
  readonly vouched: boolean;
  readonly iterations: number;
  readonly salt: string;
  readonly records: readonly string[];
}

/** The nine zones of every algorithm and denial, and what their letters mean. */
export const LEAVES: readonly { readonly name: string; readonly denial: Denial }[] = [
  13, 8, 15,
].flatMap((algorithm) => [
  { name: `n${algorithm}.tld`, denial: 'nsec' as const },
  { name: `h${algorithm}.tld`, denial: 'nsec3' as const },
  { name: `o${algorithm}.tld`, denial: 'nsec3-opt-out' as const },
]);

/** Those that have signed children too. */
export const PARENTS: readonly string[] = ['n13.tld', 'h13.tld', 'o13.tld', 'h8.tld', 'o15.tld'];

export const TLSA_DATA = '3 1 1 8d02536c887482bc34ff54e41d2ba659bf85b341a0a20afadb5813dcfbcf286d';

const LEAF_RECORDS: readonly string[] = [
  '@ MX 10 mail',
  '@ TXT "apex"',
  '@ A 192.0.2.1',
  'www A 192.0.2.2',
  'www AAAA 2001:db8::2',
  'mail A 192.0.2.3',
  `_25._tcp.mail TLSA ${TLSA_DATA}`,
  'multi A 192.0.2.11',
  'multi A 192.0.2.12',
  'multi A 192.0.2.13',
  'a.b.ent TXT "deep"',
  '*.wild A 192.0.2.4',
  '*.wild TXT "from the wildcard"',
  'host.wild TXT "not from the wildcard"',
  'a.gap.wild TXT "below an empty non-terminal"',
  '*.p.q.deepwild MX 10 mail',
  'alias CNAME www',
  'alias2 CNAME alias',
  'aliasout CNAME www.n13.tld.',
  'aliasplain CNAME www.plain.tld.',
  'aliasbad CNAME nothing',
  '*.cw CNAME www',
  'dn DNAME target',
  'www.target A 192.0.2.5',
  'dnout DNAME n13.tld.',
  'dnplain DNAME plain.tld.',
  'Case MX 10 MaiL',
  'case2 SRV 0 0 25 MaiL',
  'case3 HTTPS 1 MaiL alpn="h2"',
  'case4 RP HostMaster Text',
  'Zebra A 192.0.2.6',
  'unknown TYPE65400 \\# 4 01020304',
  'dot\\.ted TXT "a dot in a label"',
  'bin\\000\\200\\255 A 192.0.2.7',
  'sub.*.star A 192.0.2.8',
];

const CHILD_RECORDS: readonly string[] = [
  '@ TXT "child"',
  '@ MX 10 www',
  'www A 192.0.2.21',
  `_25._tcp.www TLSA ${TLSA_DATA}`,
  '*.wild A 192.0.2.22',
  'alias CNAME www',
];

const PLAIN = { algorithm: null, denial: 'nsec', split: false, vouched: false } as const;
const BASE = { vouched: true, split: false, iterations: 0, salt: '-' } as const;

export const ZONES: readonly ZoneSpec[] = [
  { ...BASE, name: '', holder: 'root', algorithm: 13, denial: 'nsec', records: [] },
  { ...BASE, name: 'tld', holder: 'tld', algorithm: 13, denial: 'nsec', records: [] },
  { ...BASE, name: 'hash', holder: 'tld', algorithm: 13, denial: 'nsec3', records: [] },
  { ...BASE, name: 'opt', holder: 'tld', algorithm: 8, denial: 'nsec3-opt-out', records: [] },
  ...LEAVES.flatMap(({ name, denial }): ZoneSpec[] => {
    const algorithm = name.includes('13') ? 13 : name.includes('8') ? 8 : 15;
    return [
      {
        ...BASE,
        name,
        holder: 'leaf',
        algorithm,
        denial,
        split: algorithm === 13,
        records: LEAF_RECORDS,
      },
      unsigned(`unsig.${name}`, 'leaf'),
      unsigned(`unkid.${name}`, 'kid'),
    ];
  }),
  ...PARENTS.flatMap((name): ZoneSpec[] => [
    { ...child(`child.${name}`), holder: 'leaf' },
    { ...child(`kid.${name}`), holder: 'kid' },
  ]),
  ...['tld', 'hash', 'opt'].map((parent) => unsigned(`plain.${parent}`, 'leaf')),
  ...['hash', 'opt'].map((parent) => child(`leaf.${parent}`)),
  { ...child('island.tld'), vouched: false },
  { ...child('iter.tld'), denial: 'nsec3', iterations: 20, salt: 'AABBCCDD' },
  { ...child('iter120.tld'), denial: 'nsec3', iterations: 120 },
];

function unsigned(name: string, holder: Holder): ZoneSpec {
  return { ...BASE, ...PLAIN, name, holder, records: CHILD_RECORDS };
}

function child(name: string): ZoneSpec {
  return { ...BASE, name, holder: 'leaf', algorithm: 13, denial: 'nsec', records: CHILD_RECORDS };
}

export function parentZone(name: string): string {
  const above = name.split('.').slice(1);
  return above.join('.');
}

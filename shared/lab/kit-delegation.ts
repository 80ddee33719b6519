/** What the zone above has to say of the test’s zone: its name server, the address of that, its key (RFC 1034 §4.2.1, RFC 4035 §2.4). */
import { KIT_MARK, PARENT_TTL, type KitFacts } from './kit-facts.ts';

export interface DelegationRecord {
  /** Absolute, with a trailing dot. */
  readonly name: string;
  readonly type: 'NS' | 'A' | 'AAAA' | 'DS';
  /** As zone files have it. */
  readonly value: string;
}

type DelegationFacts = Pick<KitFacts, 'base' | 'dns' | 'trustAnchor'>;

export function delegationRecords({
  base,
  dns,
  trustAnchor,
}: DelegationFacts): readonly DelegationRecord[] {
  const server = `ns.${base}.`;
  return [
    { name: `${base}.`, type: 'NS', value: server },
    { name: server, type: dns.address.includes(':') ? 'AAAA' : 'A', value: dns.address },
    { name: `${base}.`, type: 'DS', value: dataOf(trustAnchor) },
  ];
}

/** `NAME TTL IN DS DATA` */
function dataOf(line: string): string {
  return line.split(' ').slice(DATA_FIELD).join(' ');
}

const DATA_FIELD = 4;

/** Names are absolute, so that it may be put into any zone file. */
export function delegationZone(facts: DelegationFacts): string {
  const { base } = facts;
  const lines = delegationRecords(facts).map(
    ({ name, type, value }) => `${name} ${PARENT_TTL} IN ${type} ${value}`,
  );
  return [
    `; ${KIT_MARK}: what the zone above has to say of ${base}`,
    '; Names are absolute: the lines may be put into its zone file as they are.',
    ...lines,
    '',
  ].join('\n');
}

/** The same for a web form, where each field is filled in by hand. */
export function delegationTable(facts: DelegationFacts): string {
  const rows = delegationRecords(facts).map(({ name, type, value }) => [
    name.slice(0, -1),
    type,
    type === 'NS' ? value.slice(0, -1) : value,
  ]);
  const all = [['Name', 'Type', 'Value'], ...rows];
  const width = Math.max(...all.map(([name = '']) => name.length));
  const [, , signer = ''] = rows.at(-1) ?? [];
  const [tag = '', algorithm = '', digestType = '', digest = ''] = signer.split(' ');
  return [
    `${KIT_MARK}: the same records for the web form of a DNS provider`,
    '',
    ...all.map(([name = '', type = '', value = '']) =>
      `${name.padEnd(width)}  ${type.padEnd(4)}  ${value}`.trimEnd(),
    ),
    '',
    'Some forms ask for the parts of the DS record one by one:',
    '',
    `  Key tag      ${tag}`,
    `  Algorithm    ${algorithm}`,
    `  Digest type  ${digestType}`,
    `  Digest       ${digest}`,
    '',
    'Some forms want names without the domain they are for: of “www.example.org” in example.org only “www”.',
    `Some take a value without a dot at its end for such a short name: write “ns.${facts.base}.” there, with the dot.`,
    `TTL: ${PARENT_TTL} seconds, or the shortest that the form offers.`,
    '',
  ].join('\n');
}

/** For reading: what the test’s own name server answers from. */
export function readableZone({ base, zoneText }: Pick<KitFacts, 'base' | 'zoneText'>): string {
  return [
    `; ${KIT_MARK}: the zone ${base} before it is signed, for reading`,
    '; Do not paste it at a DNS provider: the test needs its own name server. “bogus” needs a forged signature,',
    '; “servfail” a question that fails, and “ancestor” a proof that leaves a name out: no honest server gives those.',
    '; It also sees which questions a sender’s resolver asks, and that is part of what it tells.',
    zoneText.trimEnd(),
    '',
  ].join('\n');
}

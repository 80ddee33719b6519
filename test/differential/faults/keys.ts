// Faults of zone keys and of the DS records that vouch for them (RFC 4034 §2 and §5, RFC 4035 §5.2, RFC 4509, RFC 6840 §5).
import { concatBytes, uint16Bytes } from '../../../shared/dns/bytes.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../../shared/dns/record.ts';
import { keyTagOf } from '../../../shared/dnssec/dnskey.ts';
import type { Security } from '../../../shared/inspection/report.ts';
import {
  both,
  covered,
  editSignatures,
  flipBit,
  isOf,
  isSignatureOf,
  keyOfSameTag,
  mapRecords,
  onDenial,
  onSet,
  onSignatures,
  replaceSet,
  resign,
  set,
  toQuestion,
  withTypes,
} from '../alter.ts';
import type { Case } from '../case.ts';
import { dsRdata, name, signature, type ForgingKey } from '../forge.ts';
import type { Fault } from '../front.ts';
import type { World } from '../world.ts';
import { signingKey } from './signatures.ts';

type Add = (id: string, expected: Security, clause: string, fault: Fault) => void;

export function keyCases(world: World): readonly Case[] {
  return [
    ...['n13.tld', 'h8.tld'].flatMap((zone) => dnskeyCases(world, zone)),
    ...dsCases(world, 'n13.tld'),
    ...['plain.tld', 'plain.hash', 'plain.opt', 'unsig.n13.tld', 'unkid.h13.tld'].flatMap((zone) =>
      unsignedDelegationCases(world, zone),
    ),
    // Where the parent denies with NSEC3 and the child has another server.
    ...dsCases(world, 'kid.h13.tld').filter(({ id }) => !/algorithm \d/.test(id)),
    ...childSideCases(world),
    ...islandCases(world),
  ];
}

function collector(zone: string, owner = `www.${zone}`, type = 'A'): { cases: Case[]; add: Add } {
  const cases: Case[] = [];
  return {
    cases,
    add: (id, expected, clause, fault) =>
      cases.push({ id: `${id} in ${zone}`, name: owner, type, fault, expected, clause }),
  };
}

function dnskeyCases(world: World, zone: string): readonly Case[] {
  const { cases, add } = collector(zone);
  const keys = world.keys(zone);
  const [ksk] = keys;
  const zsk = signingKey(world, zone);
  const tld = signingKey(world, 'tld');
  if (ksk === undefined) throw new Error(`${zone} has no key`);
  const dnskeys = set(zone, 'DNSKEY');
  const ds = set(zone, 'DS');
  const www = set(`www.${zone}`, 'A');
  const is = (record: ResourceRecord, key: ForgingKey): boolean =>
    Buffer.from(record.rdata).equals(Buffer.from(key.dnskey));
  /** The zone as if its entry point had this DNSKEY RDATA: DS, key set and signatures all fit. */
  const asKey = (rdata: Uint8Array): Fault => {
    const forged = { ...zsk, ...ksk, dnskey: rdata, keyTag: keyTagOf(rdata) };
    return both(
      replaceSet(
        ds,
        (all) => all.slice(0, 1).map((r) => ({ ...r, rdata: dsRdata(ksk.zone, rdata, 2) })),
        tld,
      ),
      replaceSet(dnskeys, (all) => all.slice(0, 1).map((r) => ({ ...r, rdata })), forged),
      resign(www, forged),
    );
  };
  const withByte = (at: number, value: number): Uint8Array => {
    const rdata = Uint8Array.from(ksk.dnskey);
    rdata[at] = value;
    return rdata;
  };
  const K = 'RFC 4035 §5.2';
  add('key set as it is, signed anew', 'secure', K, asKey(ksk.dnskey));
  add(
    'key without the zone bit',
    'bogus',
    'RFC 4034 §2.1.1',
    asKey(concatBytes(uint16Bytes(0x0001), ksk.dnskey.subarray(2))),
  );
  add(
    'key revoked',
    'bogus',
    'RFC 5011 §2.1',
    asKey(concatBytes(uint16Bytes(0x0181), ksk.dnskey.subarray(2))),
  );
  add(
    'key with unknown flags',
    'secure',
    'RFC 4034 §2.1.1',
    asKey(concatBytes(uint16Bytes(0x4101), ksk.dnskey.subarray(2))),
  );
  add(
    'key without the entry-point bit',
    'secure',
    'RFC 4034 §2.1.1',
    asKey(concatBytes(uint16Bytes(0x0100), ksk.dnskey.subarray(2))),
  );
  add('key of protocol 2', 'bogus', 'RFC 4034 §2.1.2', asKey(withByte(2, 2)));
  add(
    'flipped bit in the entry key',
    'bogus',
    K,
    onSet(dnskeys, (all) => all.map((r) => (is(r, ksk) ? flipBit(r, -3) : r))),
  );
  add(
    'flipped bit in the zone key',
    'bogus',
    K,
    onSet(dnskeys, (all) => all.map((r) => (is(r, zsk) ? flipBit(r, -3) : r))),
  );
  add(
    'entry key missing',
    'bogus',
    K,
    onSet(dnskeys, (all) => all.filter((r) => !is(r, ksk))),
  );
  add(
    'signature over the keys missing',
    'bogus',
    K,
    onSignatures(dnskeys, () => []),
  );
  add(
    'signature over the keys flipped',
    'bogus',
    K,
    onSignatures(dnskeys, (all) => all.map((r) => flipBit(r, -1))),
  );
  add(
    'signature over the keys by the parent',
    'bogus',
    K,
    resign(dnskeys, tld, { signer: ksk.zone }),
  );
  add(
    'signature over the keys expired',
    'bogus',
    K,
    resign(dnskeys, ksk, { inception: 1_700_000_000, expiration: 1_710_000_000 }),
  );
  add(
    'keys denied',
    'bogus',
    K,
    toQuestion(zone, 'DNSKEY', (m) => ({ ...m, answers: [] })),
  );
  add(
    'keys refused',
    'bogus',
    K,
    toQuestion(zone, 'DNSKEY', (m) => ({ ...m, rcode: 5, answers: [] })),
  );
  add(
    'a strange key added, unsigned',
    'bogus',
    K,
    onSet(dnskeys, (all) => [
      ...all,
      ...all.slice(0, 1).map((r) => ({ ...r, rdata: keyOfSameTag(r.rdata, 1) })),
    ]),
  );
  if (zsk !== ksk) {
    add('keys signed by the zone key alone', 'bogus', K, resign(dnskeys, zsk));
    add(
      'zone key missing, signed so',
      'bogus',
      'RFC 4035 §5.3.1',
      replaceSet(dnskeys, (all) => all.filter((r) => is(r, ksk)), ksk),
    );
    add('data signed by the entry key', 'secure', 'RFC 4035 §5.3.1', resign(www, ksk));
    add(
      'keys signed by both',
      'secure',
      K,
      replaceSet(dnskeys, (same) => same, [ksk, zsk]),
    );
  }
  const colliding = (count: number, before: boolean): Fault =>
    replaceSet(
      dnskeys,
      (all) => {
        const fakes = all
          .filter((r) => is(r, zsk))
          .flatMap((r) =>
            Array.from({ length: count }, (_, at) => ({
              ...r,
              rdata: keyOfSameTag(r.rdata, at * 3),
            })),
          );
        return before ? [...fakes, ...all] : [...all, ...fakes];
      },
      ksk,
    );
  add(
    'one key of the same tag behind',
    'secure',
    'RFC 4034 §5.1 and Appendix B',
    colliding(1, false),
  );
  add(
    'one key of the same tag before',
    'secure',
    'RFC 4034 §5.1 and Appendix B',
    colliding(1, true),
  );
  return cases;
}

function dsCases(world: World, zone: string): readonly Case[] {
  const { cases, add } = collector(zone);
  const above = zone.slice(zone.indexOf('.') + 1);
  const parent = signingKey(world, above);
  const [ksk] = world.keys(zone);
  if (ksk === undefined) throw new Error(`${zone} has no key`);
  const zsk = signingKey(world, zone);
  const ds = set(zone, 'DS');
  const good = (type: 1 | 2 | 4): Uint8Array => dsRdata(ksk.zone, ksk.dnskey, type);
  const bad = (type: 1 | 2 | 4): Uint8Array => {
    const rdata = Uint8Array.from(good(type));
    rdata[9] = (rdata[9] ?? 0) ^ 1;
    return rdata;
  };
  const be = (...rdatas: readonly Uint8Array[]): Fault =>
    replaceSet(
      ds,
      (all) => rdatas.flatMap((rdata) => all.slice(0, 1).map((r) => ({ ...r, rdata }))),
      parent,
    );
  const altered = (rdata: Uint8Array, at: number, value: number): Uint8Array => {
    const copy = Uint8Array.from(rdata);
    copy[at] = value;
    return copy;
  };
  const UNKNOWN = 'RFC 4035 §5.2';
  const SHA = 'RFC 4509 §3';
  add('DS with a wrong digest', 'bogus', UNKNOWN, be(bad(2)));
  add('DS with a wrong digest beside a good one', 'secure', UNKNOWN, be(bad(2), good(2)));
  add('DS of another key tag', 'bogus', UNKNOWN, be(altered(good(2), 1, (good(2)[1] ?? 0) ^ 1)));
  add('DS of an unknown digest type', 'insecure', UNKNOWN, be(altered(good(2), 3, 200)));
  add(
    'DS of an unknown digest type beside a good one',
    'secure',
    UNKNOWN,
    be(altered(good(2), 3, 200), good(2)),
  );
  add(
    'DS of an unknown digest type beside a wrong one',
    'bogus',
    UNKNOWN,
    be(altered(good(2), 3, 200), bad(2)),
  );
  add('DS of digest type 0', 'insecure', UNKNOWN, be(altered(good(2), 3, 0)));
  add('DS of the GOST digest', 'insecure', UNKNOWN, be(altered(good(2), 3, 3)));
  for (const algorithm of [0, 3, 12, 200, 253]) {
    add(`DS of algorithm ${algorithm}`, 'insecure', UNKNOWN, be(altered(good(2), 2, algorithm)));
  }
  add(
    'DS of an unknown algorithm beside a good one',
    'secure',
    UNKNOWN,
    be(altered(good(2), 2, 200), good(2)),
  );
  add(
    'DS of an unknown algorithm beside a wrong one',
    'bogus',
    UNKNOWN,
    be(altered(good(2), 2, 200), bad(2)),
  );
  add(
    'DS of an algorithm that the zone does not have',
    'bogus',
    UNKNOWN,
    be(altered(good(2), 2, 14)),
  );
  add(
    'DS of an algorithm that the zone does not have beside a good one',
    'secure',
    'RFC 6840 §5.11',
    be(altered(good(2), 2, 14), good(2)),
  );
  add('DS SHA-1 alone', 'secure', UNKNOWN, be(good(1)));
  add('DS SHA-1 wrong', 'bogus', UNKNOWN, be(bad(1)));
  add('DS SHA-1 good beside SHA-256 wrong', 'bogus', SHA, be(good(1), bad(2)));
  add('DS SHA-1 wrong beside SHA-256 good', 'secure', SHA, be(bad(1), good(2)));
  add('DS SHA-384', 'secure', 'RFC 6605 §3', be(good(4)));
  add('DS SHA-384 wrong beside SHA-256 good', 'secure', UNKNOWN, be(bad(4), good(2)));
  add('DS SHA-256 wrong beside SHA-384 good', 'secure', UNKNOWN, be(bad(2), good(4)));
  add(
    'DS SHA-1 good beside an unknown digest type',
    'secure',
    SHA,
    be(good(1), altered(good(2), 3, 200)),
  );
  add('DS with a digest cut short', 'bogus', UNKNOWN, be(good(2).subarray(0, 24)));
  add(
    'DS with a digest cut short beside a good one',
    'secure',
    UNKNOWN,
    be(good(2).subarray(0, 24), good(2)),
  );
  add(
    'DS flipped after signing',
    'bogus',
    UNKNOWN,
    onSet(ds, (all) => all.map((r) => flipBit(r, -1))),
  );
  add(
    'DS signature missing',
    'bogus',
    UNKNOWN,
    onSignatures(ds, () => []),
  );
  add(
    'DS signature flipped',
    'bogus',
    UNKNOWN,
    onSignatures(ds, (all) => all.map((r) => flipBit(r, -1))),
  );
  add('DS signed by the child', 'bogus', 'RFC 4035 §2.4', resign(ds, zsk));
  add(
    "DS signed by the child in the parent's name",
    'bogus',
    UNKNOWN,
    resign(ds, zsk, { signer: parent.zone }),
  );
  add(
    'DS signature labels one less',
    'bogus',
    UNKNOWN,
    editSignatures(ds, { labels: ds.owner.labels.length - 1 }),
  );
  add(
    'DS made from a wildcard',
    'bogus',
    'RFC 4592 §4.2',
    resign(ds, parent, { labels: ds.owner.labels.length - 1 }),
  );
  const withoutDs: Fault = both(
    onSet(ds, () => []),
    onSignatures(ds, () => []),
  );
  add('DS removed everywhere', 'bogus', UNKNOWN, withoutDs);
  add('DS removed from the referral only', 'secure', UNKNOWN, (m, q) =>
    q.type === TYPE.DS ? m : withoutDs(m, q),
  );
  add(
    'DS and all signatures removed everywhere',
    'bogus',
    UNKNOWN,
    both(withoutDs, (m) =>
      mapRecords(m, (r) =>
        r.type === TYPE.RRSIG && r.name.key !== '.' && covered(r) !== TYPE.DNSKEY ? [] : [r],
      ),
    ),
  );
  add(
    "DS replaced by the parent's proof for an unsigned sibling",
    'bogus',
    UNKNOWN,
    borrowedProof(world, zone, above, parent),
  );
  add(
    'DS denied by a proof with the DS bit cleared',
    'insecure',
    UNKNOWN,
    denyDs(zone, above, parent, []),
  );
  add(
    "DS denied by the child's own record",
    'bogus',
    'RFC 6840 §4.4',
    denyDs(zone, above, parent, [TYPE.SOA]),
  );
  add(
    'DS denied by a proof that has the DS bit',
    'bogus',
    UNKNOWN,
    denyDs(zone, above, parent, [TYPE.DS]),
  );
  return cases;
}

/** An NSEC at the cut, made and signed by the parent, in place of the DS. */
function denyDs(zone: string, above: string, parent: ForgingKey, more: readonly number[]): Fault {
  const owner = name(`${zone}.`);
  return (m) => {
    const ds = { owner, type: TYPE.DS };
    if (![...m.answers, ...m.authorities].some((r) => isOf(r, ds))) return m;
    const without = mapRecords(m, (r) => (isOf(r, ds) || isSignatureOf(r, ds) ? [] : [r]));
    const nsec = nsecRecord(zone, `\\000.${zone}`, [TYPE.NS, TYPE.RRSIG, TYPE.NSEC, ...more]);
    const proof = [nsec, signature([nsec], parent)];
    const soa = m.answers.some((r) => isOf(r, ds)) ? soaOf(above, parent) : [];
    return { ...without, authorities: [...without.authorities, ...soa, ...proof] };
  };
}

export function soaOf(zone: string, key: ForgingKey): readonly ResourceRecord[] {
  const soa: ResourceRecord = {
    name: name(`${zone}.`),
    type: TYPE.SOA,
    class: 1,
    ttl: 300,
    rdata: concatBytes(
      Uint8Array.of(0, 0),
      ...[1, 3600, 600, 86_400, 300].map((n) =>
        concatBytes(uint16Bytes(n >> 16), uint16Bytes(n & 0xffff)),
      ),
    ),
  };
  return [soa, signature([soa], key)];
}

export function nsecRecord(owner: string, next: string, types: readonly number[]): ResourceRecord {
  const wire = name(`${next}.`).labels.map((label) =>
    concatBytes(Uint8Array.of(label.length), label),
  );
  const record: ResourceRecord = {
    name: name(`${owner}.`),
    type: TYPE.NSEC,
    class: 1,
    ttl: 300,
    rdata: concatBytes(...wire, Uint8Array.of(0)),
  };
  return withTypes(record, () => types);
}

/** A genuine record of the parent's that denies the DS of another name. */
function borrowedProof(_world: World, zone: string, above: string, parent: ForgingKey): Fault {
  const owner = name(`${zone}.`);
  return (m) => {
    const ds = { owner, type: TYPE.DS };
    if (![...m.answers, ...m.authorities].some((r) => isOf(r, ds))) return m;
    const without = mapRecords(m, (r) => (isOf(r, ds) || isSignatureOf(r, ds) ? [] : [r]));
    const nsec = nsecRecord(`plain.${above}`, `\\000.plain.${above}`, [
      TYPE.NS,
      TYPE.RRSIG,
      TYPE.NSEC,
    ]);
    const soa = m.answers.some((r) => isOf(r, ds)) ? soaOf(above, parent) : [];
    return {
      ...without,
      authorities: [...without.authorities, ...soa, nsec, signature([nsec], parent)],
    };
  };
}

function unsignedDelegationCases(world: World, zone: string): readonly Case[] {
  const { cases, add } = collector(zone);
  const above = zone.slice(zone.indexOf('.') + 1);
  const parent = signingKey(world, above);
  const C = 'RFC 4035 §5.2';
  const isAboutCut: (fault: Fault) => Fault = (fault) => (m, q) =>
    m.authorities.some(
      (r) =>
        (r.type === TYPE.NSEC || r.type === TYPE.NSEC3) &&
        r.name.labels.length <= name(`${zone}.`).labels.length,
    )
      ? fault(m, q)
      : m;
  const drop = (index: number | 'all'): Fault => isAboutCut(onDenial(index, () => [], null));
  add('unsigned delegation as it is', 'insecure', C, (m) => m);
  add('all proofs of the unsigned delegation removed', 'bogus', C, drop('all'));
  add(
    'the proof flipped',
    'bogus',
    C,
    isAboutCut(onDenial('all', (r) => [flipBit(r, -1, 3)], null)),
  );
  add(
    "the proof's signature flipped",
    'bogus',
    C,
    isAboutCut((m) =>
      mapRecords(m, (r) => [
        r.type === TYPE.RRSIG && (covered(r) === TYPE.NSEC || covered(r) === TYPE.NSEC3)
          ? flipBit(r, -2)
          : r,
      ]),
    ),
  );
  const bits = (change: (types: ReadonlySet<number>) => readonly number[]): Fault =>
    isAboutCut(
      onDenial(
        'all',
        (r) => [
          withTypes(r, (types) =>
            types.has(TYPE.NS) && !types.has(TYPE.SOA) ? change(types) : [...types],
          ),
        ],
        parent,
      ),
    );
  if (!zone.endsWith('opt')) {
    add(
      'the proof has the DS bit',
      'bogus',
      C,
      bits((types) => [...types, TYPE.DS]),
    );
    add(
      'the proof has the SOA bit',
      'bogus',
      'RFC 6840 §4.4',
      bits((types) => [...types, TYPE.SOA]),
    );
    add(
      'the proof has no NS bit',
      'bogus',
      'RFC 6840 §4.4',
      bits((types) => [...types].filter((type) => type !== TYPE.NS)),
    );
    add(
      "the proof signed by the child's name",
      'bogus',
      C,
      isAboutCut(onDenial('all', (r) => [r], parent, { signer: name(`${zone}.`) })),
    );
  }
  add(
    'a signature by the unsigned child over its data',
    'insecure',
    C,
    toQuestion(`www.${zone}`, 'A', (m) => {
      const meant = m.answers.filter((r) => r.type === TYPE.A);
      return { ...m, answers: [...meant, signature(meant, { ...parent, zone: name(`${zone}.`) })] };
    }),
  );
  add(
    'data of the unsigned child signed by the parent',
    // Where nobody can see the cut, the parent vouches for what is below it.
    zone === 'unsig.n13.tld' ? 'secure' : 'insecure',
    C,
    toQuestion(`www.${zone}`, 'A', (m) => {
      const meant = m.answers.filter((r) => r.type === TYPE.A);
      return { ...m, answers: [...meant, signature(meant, parent)] };
    }),
  );
  return cases;
}

/** Questions for DS that the child answers, and NS, SOA and DNSKEY at both sides of a cut. */
function childSideCases(world: World): readonly Case[] {
  const cases: Case[] = [];
  for (const zone of ['n13.tld', 'h8.tld']) {
    const key = signingKey(world, zone);
    const parent = signingKey(world, 'tld');
    cases.push({
      id: `DS question answered by the child's denial in ${zone}`,
      name: zone,
      type: 'DS',
      expected: 'bogus',
      clause: 'RFC 6840 §4.4',
      fault: toQuestion(zone, 'DS', (m) => {
        const nsec = nsecRecord(zone, `\\000.${zone}`, [
          TYPE.NS,
          TYPE.SOA,
          TYPE.RRSIG,
          TYPE.NSEC,
          TYPE.DNSKEY,
        ]);
        return {
          ...m,
          answers: [],
          authorities: [...soaOf(zone, key), nsec, signature([nsec], key)],
        };
      }),
    });
    cases.push({
      id: `SOA at the apex denied by the parent's record in ${zone}`,
      name: zone,
      type: 'TXT',
      expected: 'bogus',
      clause: 'RFC 6840 §4.1',
      fault: toQuestion(zone, 'TXT', (m) => {
        const nsec = nsecRecord(zone, `\\000.${zone}`, [TYPE.NS, TYPE.DS, TYPE.RRSIG, TYPE.NSEC]);
        return {
          ...m,
          answers: [],
          authorities: [...soaOf('tld', parent), nsec, signature([nsec], parent)],
        };
      }),
    });
    cases.push({
      id: `name below the cut denied by the parent's record in ${zone}`,
      name: `www.${zone}`,
      type: 'A',
      expected: 'bogus',
      clause: 'RFC 6840 §4.1',
      fault: toQuestion(`www.${zone}`, 'A', (m) => {
        const nsec = nsecRecord(zone, `zzz.tld`, [TYPE.NS, TYPE.DS, TYPE.RRSIG, TYPE.NSEC]);
        return {
          ...m,
          rcode: 3,
          answers: [],
          authorities: [...soaOf('tld', parent), nsec, signature([nsec], parent)],
        };
      }),
    });
  }
  // The same within servers that hold parent and child, where no referral shows the cut.
  for (const zone of ['child.n13.tld', 'child.h13.tld']) {
    const above = zone.slice('child.'.length);
    const parent = signingKey(world, above);
    for (const [id, rcode, type, next] of [
      ["apex data denied by the parent's record", 0, 'TXT', `\\000.${zone}`],
      ["name below a hidden cut denied by the parent's record", 3, 'A', `d.${above}`],
    ] as const) {
      const owner = type === 'A' ? `www.${zone}` : zone;
      cases.push({
        id: `${id} in ${zone}`,
        name: owner,
        type,
        expected: 'bogus',
        clause: 'RFC 6840 §4.1',
        fault: toQuestion(owner, type, (m) => {
          const nsec = nsecRecord(zone, next, [TYPE.NS, TYPE.DS, TYPE.RRSIG, TYPE.NSEC]);
          return {
            ...m,
            rcode,
            answers: [],
            authorities: [...soaOf(above, parent), nsec, signature([nsec], parent)],
          };
        }),
      });
    }
    cases.push({
      id: `child data signed by the parent across a hidden cut in ${zone}`,
      name: `www.${zone}`,
      type: 'A',
      // Nobody can see the cut: the parent vouches for everything below it, and could deny the cut as well.
      expected: 'secure',
      clause: 'RFC 4035 §5.3.1',
      fault: resign(set(`www.${zone}`, 'A'), parent),
    });
    cases.push({
      id: `child data unsigned across a hidden cut in ${zone}`,
      name: `www.${zone}`,
      type: 'A',
      expected: 'bogus',
      clause: 'RFC 4035 §5.5',
      fault: onSignatures(set(`www.${zone}`, 'A'), () => []),
    });
  }
  return cases;
}

/** A signed zone that its parent does not vouch for, with and without an anchor of its own (RFC 4035 §5). */
function islandCases(world: World): readonly Case[] {
  const zone = 'island.tld';
  const www = set(`www.${zone}`, 'A');
  const key = signingKey(world, zone);
  const flipped = onSignatures(www, (all) => all.map((r) => flipBit(r, -1)));
  const own = { island: true, clause: 'RFC 4035 §5' } as const;
  const from = (
    id: string,
    name: string,
    fault: Fault | null,
    expected: Security,
    more: Pick<Case, 'clause'> & { readonly island?: true },
  ): Case => ({ id: `island: ${id}`, name, type: 'A', fault, expected, ...more });
  return [
    from('without anchor', `www.${zone}`, null, 'insecure', { clause: 'RFC 4035 §5.2' }),
    from('without anchor, flipped', `www.${zone}`, flipped, 'insecure', {
      clause: 'RFC 4035 §5.2',
    }),
    from('own anchor', `www.${zone}`, null, 'secure', own),
    from('own anchor, name error', `nope.${zone}`, null, 'secure', own),
    from('own anchor, wildcard', `foo.wild.${zone}`, null, 'secure', own),
    from('own anchor, flipped', `www.${zone}`, flipped, 'bogus', own),
    from(
      'own anchor, unsigned',
      `www.${zone}`,
      onSignatures(www, () => []),
      'bogus',
      own,
    ),
    from(
      'own anchor, signed by the parent',
      `www.${zone}`,
      resign(www, signingKey(world, 'tld')),
      'bogus',
      own,
    ),
    from(
      'own anchor, keys flipped',
      `www.${zone}`,
      onSet(set(zone, 'DNSKEY'), (all) => all.map((r) => flipBit(r, -3))),
      'bogus',
      own,
    ),
    from('own anchor, signed anew', `www.${zone}`, resign(www, key), 'secure', own),
    from('120 iterations', 'nope.iter120.tld', null, 'insecure', { clause: 'RFC 9276 §3.2' }),
  ];
}

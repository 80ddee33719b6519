// Faults of positive answers and of the signatures over them (RFC 4035 §5.3, RFC 6840 §5).
import { concatBytes } from '../../../shared/dns/bytes.ts';
import { ROOT } from '../../../shared/dns/name.ts';
import { CLASS_IN, type ResourceRecord } from '../../../shared/dns/record.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import type { Security } from '../../../shared/inspection/report.ts';
import {
  both,
  editSignature,
  editSignatures,
  flipBit,
  isOf,
  isSignatureOf,
  lines,
  mapRecords,
  onSet,
  onSignatures,
  replaceSet,
  resign,
  set,
  toQuestion,
  type SetName,
  upperCased,
} from '../alter.ts';
import type { Case } from '../case.ts';
import { name, now, signature, type ForgingKey } from '../forge.ts';
import type { Fault } from '../front.ts';
import type { World } from '../world.ts';

const DAY = 86_400;
const HALF = 0x8000_0000;
/** So many cases at the beginning have to do with cryptography. */
const CRYPTOGRAPHIC = 10;

export function signatureCases(world: World): readonly Case[] {
  return [
    ...casesOf(world, 'n13.tld'),
    // The other algorithms need no more than what touches keys and signatures.
    ...['h8.tld', 'o15.tld'].flatMap((zone) => casesOf(world, zone).slice(0, CRYPTOGRAPHIC)),
  ];
}

function casesOf(world: World, zone: string): readonly Case[] {
  const key = signingKey(world, zone);
  const tld = signingKey(world, 'tld');
  const sibling = signingKey(world, zone === 'h8.tld' ? 'n8.tld' : 'h8.tld');
  const www = set(`www.${zone}`, 'A');
  const multi = set(`multi.${zone}`, 'A');
  const cases: Case[] = [];
  const add = (
    id: string,
    expected: Security,
    clause: string,
    fault: Fault,
    question: readonly [string, string] = ['www', 'A'],
  ): void => {
    const owner = question[0] === '@' ? zone : `${question[0]}.${zone}`;
    cases.push({ id: `${id} in ${zone}`, name: owner, type: question[1], fault, expected, clause });
  };
  const S53 = 'RFC 4035 §5.3.1';
  const CRYPTO = 'RFC 4035 §5.3.3';

  add(
    'flipped bit in the data',
    'bogus',
    CRYPTO,
    onSet(www, (all) => all.map((r) => flipBit(r, 3))),
  );
  add(
    'flipped bit of a TLSA record',
    'bogus',
    CRYPTO,
    onSet(set(`_25._tcp.mail.${zone}`, 'TLSA'), (all) => all.map((r) => flipBit(r, -1, 7))),
    ['_25._tcp.mail', 'TLSA'],
  );
  add(
    'flipped last bit of the signature',
    'bogus',
    CRYPTO,
    onSignatures(www, (all) => all.map((r) => flipBit(r, -1))),
  );
  add(
    'flipped bit amid the signature',
    'bogus',
    CRYPTO,
    onSignatures(www, (all) => all.map((r) => flipBit(r, -20, 5))),
  );
  add(
    'signature cut short',
    'bogus',
    CRYPTO,
    onSignatures(www, (all) => all.map((r) => ({ ...r, rdata: r.rdata.subarray(0, -1) }))),
  );
  add(
    'signature with an octet too many',
    'bogus',
    CRYPTO,
    onSignatures(www, (all) =>
      all.map((r) => ({ ...r, rdata: concatBytes(r.rdata, Uint8Array.of(0)) })),
    ),
  );
  add(
    'one record of three missing',
    'bogus',
    CRYPTO,
    onSet(multi, (all) => all.slice(1)),
    ['multi', 'A'],
  );
  add(
    'a record added',
    'bogus',
    CRYPTO,
    onSet(multi, (all) => [...all, ...lines(`multi.${zone}. 3600 A 203.0.113.1`)]),
    ['multi', 'A'],
  );
  add(
    'a record sent twice',
    'secure',
    'RFC 4034 §6.3',
    onSet(multi, (all) => [...all, ...all]),
    ['multi', 'A'],
  );
  add(
    'records in another order',
    'secure',
    'RFC 4034 §6.3',
    onSet(multi, (all) => [...all].reverse()),
    ['multi', 'A'],
  );
  add(
    'signatures removed',
    'bogus',
    'RFC 4035 §5.5',
    onSignatures(www, () => []),
  );
  add(
    'all signatures removed from the answer',
    'bogus',
    'RFC 4035 §5.5',
    toQuestion(`www.${zone}`, 'A', (m) => mapRecords(m, (r) => (r.type === TYPE.RRSIG ? [] : [r]))),
  );
  add('signature of the neighbour set', 'bogus', S53, swapFrom(zone, 'multi', www, key));
  add('type covered changed', 'bogus', S53, editSignatures(www, { typeCovered: TYPE.AAAA }));
  add(
    'type covered changed to an unknown one',
    'bogus',
    S53,
    editSignatures(www, { typeCovered: 65_400 }),
  );
  add('key tag changed', 'bogus', S53, editSignatures(www, { keyTag: (key.keyTag + 1) & 0xffff }));
  add(
    'key tag changed and signed so',
    'bogus',
    S53,
    resign(www, key, { keyTag: (key.keyTag + 1) & 0xffff }),
  );
  add(
    'algorithm changed',
    'bogus',
    S53,
    editSignatures(www, { algorithm: key.algorithm === 13 ? 14 : 13 }),
  );
  add(
    'algorithm changed and signed so',
    'bogus',
    S53,
    resign(www, key, { algorithm: key.algorithm === 8 ? 10 : 8 }),
  );
  add('algorithm changed to an unknown one', 'bogus', S53, editSignatures(www, { algorithm: 200 }));

  // Time to live.
  add(
    'TTL above the original',
    'secure',
    CRYPTO,
    onSet(www, (all) => all.map((r) => ({ ...r, ttl: 7200 }))),
  );
  add(
    'TTL below the original',
    'secure',
    CRYPTO,
    onSet(www, (all) => all.map((r) => ({ ...r, ttl: 17 }))),
  );
  add(
    'TTL with its top bit set',
    'secure',
    'RFC 2181 §8',
    onSet(www, (all) => all.map((r) => ({ ...r, ttl: 0x8000_0e10 }))),
  );
  add(
    'TTLs that differ within the set',
    'secure',
    'RFC 2181 §5.2',
    onSet(multi, (all) => all.map((r, index) => ({ ...r, ttl: 100 + index }))),
    ['multi', 'A'],
  );
  add('original TTL changed', 'bogus', CRYPTO, editSignatures(www, { originalTtl: 7200 }));
  add(
    'original TTL above the TTL, signed so',
    'secure',
    CRYPTO,
    resign(www, key, { originalTtl: 7200 }),
  );
  add(
    'original TTL below the TTL, signed so',
    'secure',
    CRYPTO,
    resign(www, key, { originalTtl: 60 }),
  );
  add('original TTL zero, signed so', 'secure', CRYPTO, resign(www, key, { originalTtl: 0 }));
  add(
    'TTL of the signature differs',
    'secure',
    'RFC 4034 §3',
    onSignatures(www, (all) => all.map((r) => ({ ...r, ttl: 60 }))),
  );

  // Labels.
  const labels = www.owner.labels.length;
  add('labels one more', 'bogus', S53, editSignatures(www, { labels: labels + 1 }));
  add('labels one less', 'bogus', CRYPTO, editSignatures(www, { labels: labels - 1 }));
  add('labels one more, signed so', 'bogus', S53, resign(www, key, { labels: labels + 1 }));
  add(
    'labels one less, signed so, as from a wildcard without proof',
    'bogus',
    'RFC 4035 §5.3.4',
    resign(www, key, { labels: labels - 1 }),
  );
  add(
    'labels of a wildcard above the zone, signed so',
    'bogus',
    S53,
    resign(www, key, { labels: 1 }),
  );
  add('labels zero, signed so', 'bogus', S53, resign(www, key, { labels: 0 }));
  add('labels 255', 'bogus', S53, editSignatures(www, { labels: 255 }));

  // Signer.
  add('signer changed to the parent', 'bogus', S53, editSignatures(www, { signer: name('tld.') }));
  add('signer changed to the root', 'bogus', S53, editSignatures(www, { signer: ROOT }));
  add('signer changed to a sibling', 'bogus', S53, editSignatures(www, { signer: sibling.zone }));
  add('signer changed to the owner', 'bogus', S53, editSignatures(www, { signer: www.owner }));
  add(
    'signer changed to a name that does not exist',
    'bogus',
    S53,
    editSignatures(www, { signer: name(`nope.${zone}.`) }),
  );
  add('signed by a sibling', 'bogus', S53, resign(www, sibling));
  add(
    "signed by a sibling in the zone's name",
    'bogus',
    S53,
    resign(www, sibling, { signer: key.zone }),
  );
  add('signed by the parent', 'bogus', S53, resign(www, tld));
  add(
    "signed by the parent in the zone's name",
    'bogus',
    S53,
    resign(www, tld, { signer: key.zone }),
  );
  add('signed by the root', 'bogus', S53, resign(www, signingKey(world, '')));
  add("signed in the owner's name", 'bogus', S53, resign(www, key, { signer: www.owner }));
  add(
    'signer in capital letters',
    'secure',
    'RFC 6840 §5.1',
    onSignatures(www, (all) => all.map(capitalSigner)),
  );

  // Dates, each really signed so.
  add(
    'expired',
    'bogus',
    S53,
    resign(www, key, { inception: now() - 9 * DAY, expiration: now() - 2 * DAY }),
  );
  add(
    'expired an hour ago',
    'bogus',
    S53,
    resign(www, key, { inception: now() - 9 * DAY, expiration: now() - 3600 }),
  );
  add(
    'not yet valid',
    'bogus',
    S53,
    resign(www, key, { inception: now() + DAY, expiration: now() + 9 * DAY }),
  );
  add(
    'valid in an hour',
    'bogus',
    S53,
    resign(www, key, { inception: now() + 3600, expiration: now() + 9 * DAY }),
  );
  add('expires in an hour', 'secure', S53, resign(www, key, { expiration: now() + 3600 }));
  add(
    'expires before it begins',
    'bogus',
    S53,
    resign(www, key, { inception: now() + DAY, expiration: now() - DAY }),
  );
  add(
    'expiration just within half the circle',
    'secure',
    'RFC 4034 §3.1.5',
    resign(www, key, { expiration: now() + HALF - DAY }),
  );
  add(
    'expiration just beyond half the circle',
    'bogus',
    'RFC 4034 §3.1.5',
    resign(www, key, { expiration: (now() + HALF + DAY) % 2 ** 32 }),
  );
  add(
    'inception just within half the circle',
    'secure',
    'RFC 4034 §3.1.5',
    resign(www, key, { inception: (now() + HALF + DAY) % 2 ** 32, expiration: now() + DAY }),
  );
  add(
    'inception just beyond half the circle',
    'bogus',
    'RFC 4034 §3.1.5',
    resign(www, key, { inception: (now() + HALF - DAY) % 2 ** 32, expiration: now() + DAY }),
  );
  add(
    'expiration zero',
    'bogus',
    'RFC 4034 §3.1.5',
    resign(www, key, { inception: 0, expiration: 0 }),
  );

  // Several signatures.
  const bad = (count: number): Fault =>
    onSignatures(www, (all) => [
      ...Array.from({ length: count }, (_, at) => all.map((r) => flipBit(r, -1 - at, 3))).flat(),
      ...all,
    ]);
  add('a bad signature before the good one', 'secure', 'RFC 6840 §5.11', bad(1));
  add('three bad signatures before the good one', 'secure', 'RFC 6840 §5.11', bad(3));
  add(
    'a signature of an unknown algorithm beside',
    'secure',
    'RFC 6840 §5.11',
    onSignatures(www, (all) => [...all.map((r) => editSignature(r, { algorithm: 200 })), ...all]),
  );
  add(
    'an expired signature beside',
    'secure',
    'RFC 6840 §5.11',
    onSignatures(www, (all) => [
      ...all.map((r) => editSignature(r, { expiration: now() - DAY })),
      ...all,
    ]),
  );
  add(
    'a foreign signature beside',
    'secure',
    'RFC 6840 §5.11',
    onSignatures(www, (all) => [
      ...all.map((r) => editSignature(r, { signer: sibling.zone })),
      ...all,
    ]),
  );
  add(
    'the signature sent twice',
    'secure',
    'RFC 6840 §5.11',
    onSignatures(www, (all) => [...all, ...all]),
  );
  add(
    'an older set with a valid signature',
    'secure',
    CRYPTO,
    replaceSet(www, () => lines(`www.${zone}. 3600 A 198.51.100.77`), key, {
      inception: now() - 20 * DAY,
    }),
  );
  add('the set moved to another owner', 'bogus', CRYPTO, moved(zone));
  add(
    'another class in the answer',
    'bogus',
    S53,
    onSet(www, (all) => all.map((r) => ({ ...r, class: 3 }))),
  );

  // Case.
  add(
    'owner in capital letters',
    'secure',
    'RFC 4034 §6.2',
    toQuestion(`www.${zone}`, 'A', (m) =>
      mapRecords(m, (r) => [
        isOf(r, www) || isSignatureOf(r, www) ? { ...r, name: upperCased(r.name) } : r,
      ]),
    ),
  );
  add(
    'MX target in other case',
    'secure',
    'RFC 4034 §6.2',
    onSet(set(`Case.${zone}`, 'MX'), (all) => all.map((r) => otherCase(r, 2))),
    ['case', 'MX'],
  );
  add(
    'SRV target in other case',
    'secure',
    'RFC 4034 §6.2',
    onSet(set(`case2.${zone}`, 'SRV'), (all) => all.map((r) => otherCase(r, 6))),
    ['case2', 'SRV'],
  );
  add(
    'RP names in other case',
    'secure',
    'RFC 4034 §6.2',
    onSet(set(`case4.${zone}`, 'RP'), (all) => all.map((r) => otherCase(r, 0))),
    ['case4', 'RP'],
  );
  add(
    'HTTPS target in other case',
    'bogus',
    'RFC 6840 §5.1',
    onSet(set(`case3.${zone}`, 'HTTPS'), (all) => all.map((r) => otherCase(r, 2))),
    ['case3', 'HTTPS'],
  );
  add(
    'CNAME target in other case',
    'secure',
    'RFC 4034 §6.2',
    onSet(set(`alias.${zone}`, 'CNAME'), (all) => all.map((r) => otherCase(r, 0))),
    ['alias', 'A'],
  );

  // What lies beside the answer.
  add(
    'unsigned data of another name in the additional section',
    'secure',
    'RFC 4035 §5',
    toQuestion(`www.${zone}`, 'A', (m) => ({
      ...m,
      additionals: [...m.additionals, ...lines('www.h13.tld. 3600 A 203.0.113.66')],
    })),
  );
  add(
    'unsigned address of the mail host beside the MX',
    'secure',
    'RFC 4035 §5',
    toQuestion(zone, 'MX', (m) => ({
      ...m,
      additionals: [...m.additionals, ...lines(`mail.${zone}. 3600 A 203.0.113.66`)],
    })),
    ['@', 'MX'],
  );
  add(
    'data out of bailiwick in the answer',
    'secure',
    'RFC 2181 §5.4.1',
    toQuestion(`www.${zone}`, 'A', (m) => ({
      ...m,
      answers: [...m.answers, ...lines('www.example.org. 3600 A 203.0.113.66')],
    })),
  );
  add(
    'an unsigned set of the same name in the answer',
    'secure',
    'RFC 4035 §5.3',
    toQuestion(`www.${zone}`, 'A', (m) => ({
      ...m,
      answers: [...m.answers, ...lines(`www.${zone}. 3600 TXT "forged"`)],
    })),
  );
  add(
    'unsigned NS records for the zone in the authority section',
    'secure',
    'RFC 4035 §5',
    toQuestion(`www.${zone}`, 'A', (m) => ({
      ...m,
      authorities: lines(`${zone}. 3600 NS evil.${zone}.`),
    })),
  );
  add(
    'answer without the AA bit',
    'secure',
    'RFC 4035 §5',
    toQuestion(`www.${zone}`, 'A', (m) => ({ ...m, flags: { ...m.flags, authoritative: false } })),
  );
  add(
    'AD bit set by the server over a bad signature',
    'bogus',
    'RFC 4035 §4.6',
    both(
      onSignatures(www, (all) => all.map((r) => flipBit(r, -1))),
      (m) => ({ ...m, flags: { ...m.flags, authenticData: true } }),
    ),
  );
  add(
    'NXDOMAIN over a good answer',
    'secure',
    'RFC 4035 §5',
    toQuestion(`www.${zone}`, 'A', (m) => ({ ...m, rcode: 3 })),
  );
  add(
    'empty answer without proof',
    'bogus',
    'RFC 4035 §5.4',
    toQuestion(`www.${zone}`, 'A', (m) => ({ ...m, answers: [] })),
  );
  add(
    'NXDOMAIN without proof',
    'bogus',
    'RFC 4035 §5.4',
    toQuestion(`www.${zone}`, 'A', (m) => ({ ...m, rcode: 3, answers: [], authorities: [] })),
  );
  add(
    'SERVFAIL',
    'indeterminate',
    'RFC 4033 §5',
    toQuestion(`www.${zone}`, 'A', (m) => ({ ...m, rcode: 2, answers: [], authorities: [] })),
  );
  add(
    'unsigned CNAME in place of the answer',
    'bogus',
    'RFC 4035 §5.5',
    toQuestion(`www.${zone}`, 'A', (m) => ({
      ...m,
      answers: lines(`www.${zone}. 3600 CNAME mail.${zone}.`),
    })),
  );
  add(
    'unsigned CNAME beside the answer',
    'secure',
    'RFC 4035 §5.3',
    toQuestion(`www.${zone}`, 'A', (m) => ({
      ...m,
      answers: [...lines(`www.${zone}. 3600 CNAME mail.${zone}.`), ...m.answers],
    })),
  );

  // Aliases.
  const CNAME = 'RFC 4035 §5.3.1';
  const DNAME = 'RFC 6672 §5.3.1';
  add(
    'CNAME to another target',
    'bogus',
    CNAME,
    onSet(set(`alias.${zone}`, 'CNAME'), () => lines(`alias.${zone}. 3600 CNAME mail.${zone}.`)),
    ['alias', 'A'],
  );
  add(
    'CNAME unsigned',
    'bogus',
    CNAME,
    onSignatures(set(`alias.${zone}`, 'CNAME'), () => []),
    ['alias', 'A'],
  );
  add(
    'end of a CNAME chain unsigned',
    'bogus',
    CNAME,
    onSignatures(www, () => []),
    ['alias', 'A'],
  );
  add(
    'middle of a CNAME chain unsigned',
    'bogus',
    CNAME,
    onSignatures(set(`alias.${zone}`, 'CNAME'), () => []),
    ['alias2', 'A'],
  );
  add(
    'two CNAME records, signed',
    'bogus',
    'RFC 2181 §10.1',
    replaceSet(
      set(`alias.${zone}`, 'CNAME'),
      (all) => [...all, ...lines(`alias.${zone}. 3600 CNAME mail.${zone}.`)],
      key,
    ),
    ['alias', 'A'],
  );
  add(
    'target denied though it exists',
    'bogus',
    'RFC 4035 §5.4',
    onSetsOf(`www.${zone}`, () => []),
    ['alias', 'A'],
  );
  const dname = set(`dn.${zone}`, 'DNAME');
  const made = set(`www.dn.${zone}`, 'CNAME');
  add(
    'DNAME unsigned',
    'bogus',
    DNAME,
    onSignatures(dname, () => []),
    ['www.dn', 'A'],
  );
  add(
    'DNAME to another target',
    'bogus',
    DNAME,
    onSet(dname, () => lines(`dn.${zone}. 3600 DNAME mail.${zone}.`)),
    ['www.dn', 'A'],
  );
  add(
    'synthesised CNAME missing',
    'secure',
    DNAME,
    onSet(made, () => []),
    ['www.dn', 'A'],
  );
  add(
    'synthesised CNAME with another target',
    'secure',
    DNAME,
    onSet(made, () => lines(`www.dn.${zone}. 3600 CNAME mail.${zone}.`)),
    ['www.dn', 'A'],
  );
  add(
    'synthesised CNAME with another TTL',
    'secure',
    DNAME,
    onSet(made, (all) => all.map((r) => ({ ...r, ttl: 0 }))),
    ['www.dn', 'A'],
  );
  add(
    'DNAME removed, its CNAME left',
    'bogus',
    DNAME,
    both(
      onSet(dname, () => []),
      onSignatures(dname, () => []),
    ),
    ['www.dn', 'A'],
  );
  add(
    'synthesised CNAME asked for, with another target',
    'secure',
    DNAME,
    onSet(made, () => lines(`www.dn.${zone}. 3600 CNAME mail.${zone}.`)),
    ['www.dn', 'CNAME'],
  );
  add(
    'a DNAME of its own name applied to itself',
    'bogus',
    'RFC 6672 §2.3',
    toQuestion(`www.${zone}`, 'A', (m) => {
      const forged = lines(`www.${zone}. 3600 DNAME target.${zone}.`);
      return { ...m, answers: [...forged, signature(forged, key)] };
    }),
  );
  add(
    'a wildcard DNAME',
    'bogus',
    'RFC 6672 §3.3',
    toQuestion(`www.dn.${zone}`, 'A', (m) => {
      const forged = lines(`dn.${zone}. 3600 DNAME target.${zone}.`);
      return {
        ...m,
        answers: [
          ...forged,
          signature(forged, key, { labels: 2 }),
          ...m.answers.filter((r) => r.type === TYPE.CNAME),
        ],
      };
    }),
    ['www.dn', 'A'],
  );
  return cases;
}

export function signingKey(world: World, zone: string): ForgingKey {
  const keys = world.keys(zone);
  const key = keys[keys.length - 1];
  if (key === undefined) throw new Error(`${zone} has no key`);
  return key;
}

/** Every record of that owner changed, whatever its type. */
function onSetsOf(
  owner: string,
  change: (record: ResourceRecord) => readonly ResourceRecord[],
): Fault {
  const { key } = name(`${owner}.`);
  return (message) =>
    mapRecords(message, (r, section) =>
      section === 'answers' && r.name.key === key ? change(r) : [r],
    );
}

/** The signature of one set put upon another. */
function swapFrom(zone: string, from: string, to: SetName, key: ForgingKey): Fault {
  const other = lines(`${from}.${zone}. 3600 A 192.0.2.11`, `${from}.${zone}. 3600 A 192.0.2.12`);
  const taken = signature(other, key);
  return onSignatures(to, (all) => all.map((r) => ({ ...r, rdata: taken.rdata })));
}

/** The answer of `multi` given for `www`. */
function moved(zone: string): Fault {
  return toQuestion(`www.${zone}`, 'A', (m) =>
    mapRecords(m, (r) => [
      r.type === TYPE.A && r.name.key === name(`www.${zone}.`).key
        ? { ...r, name: name(`www.${zone}.`), class: CLASS_IN, rdata: Uint8Array.of(192, 0, 2, 11) }
        : r,
    ]),
  );
}

function capitalSigner(record: ResourceRecord): ResourceRecord {
  return otherCase(record, 18);
}

/** The case of all letters of a name in the RDATA turned over. */
function otherCase(record: ResourceRecord, start: number): ResourceRecord {
  const rdata = Uint8Array.from(record.rdata);
  for (let at = start; (rdata[at] ?? 0) !== 0; at += 1 + (record.rdata[at] ?? 0)) {
    for (let index = at + 1; index <= at + (rdata[at] ?? 0); index++) {
      const byte = rdata[index] ?? 0;
      const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
      if (isLetter) rdata[index] = byte ^ 0x20;
    }
  }
  return { ...record, rdata };
}

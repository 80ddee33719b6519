/** Words for what the servers say of the names above a TLSA record (RFC 8020, RFC 9156, RFC 8198). */
import type { AncestorCode } from './codes.ts';
import { because, enumerate, lines, type Facts, type Wording } from './facts.ts';
import { dnsNameWord, shellWord } from './safe-text.ts';

export const ancestorWords: Readonly<Record<AncestorCode, Wording>> = {
  'ancestor-nxdomain': (facts) => ({
    title: `Name servers deny ${facts.subject}`,
    message:
      `${enumerate(facts.list('servers'))} ${plural(facts, 'says', 'say')} that ${facts.subject} does not exist${onlyFor(facts)}, though ${facts.say('tlsaName')} exists below it. ` +
      effectOfNxdomain(facts) +
      ' The operator of the name servers must mend it.',
    remedy: lines(
      ...why(facts),
      ...digs(facts),
      `# Right is: status NOERROR, ANSWER: 0 (an empty non-terminal), with ${proofKind(facts)}.`,
      ...repair(facts),
    ),
  }),
  'ancestor-denied': (facts) => ({
    title: `A proof of non-existence covers ${facts.subject}`,
    message:
      `${enumerate(facts.list('servers'))} ${plural(facts, 'hands', 'hand')} out a signed NSEC or NSEC3 that covers ${facts.subject}, a name that exists. ` +
      'A resolver that keeps such proofs (aggressive caching, RFC 8198) then answers “no TLSA” by itself, and its senders deliver without DANE, in silence. The operator of the name servers must mend it.',
    remedy: lines(
      '# A resolver that is asked this once may keep the record in the AUTHORITY section whose range covers the name, and',
      '# then answer for the TLSA record without asking:',
      ...digs(facts, facts.list('questions')),
      ...whereItIs(facts),
      `# Right is: no such range over ${facts.subject}. (An NSEC whose next name is below it is in order.)`,
      ...repair(facts),
    ),
  }),
  'ancestor-bogus': (facts) => ({
    title: `The answer for ${facts.subject} does not validate`,
    message:
      `What ${enumerate(facts.list('servers'))} ${plural(facts, 'answers', 'answer')} for ${facts.subject} does not validate${onlyFor(facts)}.${because(facts)} ` +
      'Resolvers that look names up step by step get stuck there, and their senders defer mail. The operator of the name servers must mend it.',
    remedy: lines(
      ...why(facts),
      ...digs(facts),
      `# Right is: status NOERROR, ANSWER: 0, with ${proofKind(facts)}.`,
      ...repair(facts),
    ),
  }),
  'ancestor-lookup-failed': (facts) => ({
    title: `No usable answer for ${facts.subject}`,
    message:
      `${enumerate(facts.list('servers'))} ${plural(facts, 'gives', 'give')} no usable answer for ${facts.subject} (${facts.say('rcodes', 'no answer')})${onlyFor(facts)}, though ${plural(facts, 'it answers', 'they answer')} for other names. ` +
      'Resolvers that look names up step by step get stuck there, and their senders defer mail. The operator of the name servers must mend it.',
    remedy: lines(
      ...why(facts),
      ...digs(facts),
      '# Right is: status NOERROR, even when there is nothing at that name itself.',
      '# Firewalls and load balancers that dislike names with “_”, or the type NS below the apex, are a usual cause:',
      '# answer from a real name server (BIND, Knot, NSD, PowerDNS) behind them, or take them out of the NS records.',
    ),
  }),
  'ancestors-ok': (facts) => ({
    title: `Every name above ${facts.subject} is in order`,
    message: `All ${facts.number('servers', 0)} name-server addresses answer rightly for each name from ${facts.say('tlsaName')} up to ${facts.say('zone')}; resolvers that minimise names find the records.`,
    remedy: '',
  }),
};

/** For whoever reads this at three in the morning, before the commands. */
function why(facts: Facts): readonly string[] {
  return [
    `# Many resolvers do not ask for ${facts.say('tlsaName')} at once. To tell each server no more than it must know`,
    '# (QNAME minimisation, RFC 9156) they go down label by label and ask for A or NS at each name on the way.',
    '# “No such name” there ends the search: nothing can be below a name that does not exist (RFC 8020).',
  ];
}

function effectOfNxdomain(facts: Facts): string {
  if (!facts.has('everywhere')) {
    return `Resolvers that look names up step by step lose the TLSA records whenever they ask ${facts.list('servers').length > 1 ? 'these servers' : 'this server'}; what senders do changes from one time to the next.`;
  }
  return facts.has('proven')
    ? 'Because the denial is signed and valid, resolvers that look names up step by step report “securely no TLSA”: their senders deliver without DANE, in silence. Others find the records.'
    : 'Because no valid proof comes with it, resolvers that look names up step by step call the answer bogus, and their senders defer mail. Others find the records.';
}

/** Where the same servers answer rightly when asked otherwise. */
function onlyFor(facts: Facts): string {
  return facts.has('only') ? ` (only when asked for ${enumerate(facts.list('only'))})` : '';
}

function plural(facts: Facts, one: string, many: string): string {
  return facts.list('servers').length === 1 ? one : many;
}

function proofKind(facts: Facts): string {
  return facts.has('signed')
    ? `the SOA, and signed: an NSEC3 record of the hash of ${facts.subject}, or an NSEC record whose next name is below it`
    : 'the SOA';
}

/** Enough to see it; the rest would be the same lines again. */
const SERVERS_SHOWN = 2;

function digs(facts: Facts, candidates: readonly string[] = []): readonly string[] {
  const addresses = facts.words('addresses');
  const more = addresses.length - SERVERS_SHOWN;
  const among = candidates.length > 0 ? candidates.map(candidate) : [shownBy(facts)];
  const mark = among.length > 1 ? 'the fault, in one of these' : 'the fault';
  return [
    ...addresses
      .slice(0, SERVERS_SHOWN)
      .flatMap((address) => [
        ...among.map((question) => `${facts.dig} @${address} ${question}  # ${mark}`),
        `${facts.dig} @${address} +norecurse +dnssec ${facts.nameWord('tlsaName')} TLSA  # the records below it`,
      ]),
    more > 0 ? `# and likewise at ${more} more: ${addresses.slice(SERVERS_SHOWN).join(' ')}` : '',
  ];
}

/** Several where only the hash of an NSEC3 record tells in which answer it is. */
function candidate(text: string): string {
  const [name = '', type = 'A', transport = 'udp'] = text.split(' ');
  return question(dnsNameWord(name), shellWord(type), transport);
}

function shownBy(facts: Facts): string {
  const asked = facts.has('asked') ? facts.nameWord('asked') : facts.subjectWord;
  return question(asked, facts.word('type', 'A'), facts.say('transport', 'udp'));
}

function question(name: string, type: string, transport: string): string {
  return `${transport === 'tcp' ? '+tcp ' : ''}+norecurse +dnssec ${name} ${type}`;
}

/** How to find the record in the answer (RFC 4034 §6.1, RFC 5155 §8.3). */
function whereItIs(facts: Facts): readonly string[] {
  const byOrder = `# NSEC: its owner sorts before ${facts.subject}, its next name behind it.`;
  const byHash = [
    `# NSEC3: the hash of ${facts.subject} lies between that of its owner and the next one. To print it:`,
    `#   nsec3hash SALT ALGORITHM ITERATIONS ${facts.subjectWord}`,
  ];
  switch (facts.say('proof', '')) {
    case 'NSEC':
      return [byOrder];
    case 'NSEC3':
      return byHash;
    default:
      return [byOrder, ...byHash];
  }
}

function repair(facts: Facts): readonly string[] {
  return [
    '# What operators do:',
    '# PowerDNS: pdnsutil rectify-zone ZONE (empty non-terminals are made by rectifying; so after each change in the database).',
    '# Own signing scripts: sign the complete zone with dnssec-signzone or ldns-signzone, never record by record.',
    '# BIND, Knot and NSD answer rightly from a rightly signed zone: rndc sign ZONE, knotc zone-sign ZONE; NSD serves what',
    '#   its signer wrote. Then let the secondaries fetch it (rndc retransfer, knotc zone-retransfer, nsd-control force_transfer).',
    '# Windows Server: install updates, then re-sign the zone (Invoke-DnsServerZoneSign -ZoneName ZONE -DoResign).',
    '# tinydns, old load balancers and custom servers: update them or put a real name server in their place; RFC 8020',
    '#   asks NOERROR for a name with names below it.',
    `; Works at once with any server: give the name something of its own, for example`,
    `${facts.subjectInZone} 3600 IN TXT "placeholder"`,
  ];
}

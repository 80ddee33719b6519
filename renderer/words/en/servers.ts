/** Words of the grids of name servers, and of one of their answers opened. */
import { counted, listed, pluralOf } from './language.ts';

export const servers = {
  notAsked: {
    done: 'Not asked one by one: there is no secure record here that could be lost on the way.',
    running: 'Asking every name server for every name above the record.',
  },
  grid: {
    region: (zone: string) => `Name servers of ${zone}`,
    caption: (zone: string) => `Answers of each name server of ${zone}`,
    zone: 'zone',
    asked: 'asked for',
    hole: 'not asked',
    legend:
      'Each server was asked over UDP and TCP. Press an answer to see the messages; arrow keys go from one to the next.',
  },
  /** One answer in a few words. */
  cell: {
    denies: 'denies a name',
    answer: 'answer',
    answerButNot: (security: string) => `answer, ${security}`,
    unproven: 'empty, not proven',
    proven: 'empty, proven',
    empty: 'empty',
    nxdomain: 'NXDOMAIN',
    none: 'none',
    refers: 'refers on',
    cutOff: 'cut off',
    bogus: (answer: string) => `${answer}, bogus`,
    serial: (serial: string) => `serial ${serial}`,
    records: (count: number) => counted(count, 'record', 'records'),
    keys: (count: number) => counted(count, 'key', 'keys'),
    noUdp: 'no UDP',
    noTcp: 'no TCP',
  },
  opened: {
    asIs: 'What it should have been',
    breaks: 'What breaks because of it',
    software: 'Known to do this',
    mend: 'How it is mended',
    tell: 'Whom to tell',
    whom: (server: string, zone: string) => `Whoever runs ${server} for the zone ${zone}.`,
    ticket: 'Ticket for the DNS operator',
    question: (name: string, type: string, over: string) => `${name} ${type} over ${over}`,
    over: (transport: string) => ` over ${transport}`,
    octets: (count: number) => counted(count, 'octet', 'octets'),
    authoritative: 'authoritative',
    notAuthoritative: 'not authoritative',
    cutOff: 'cut off',
    signed: 'signed',
    unsigned: 'unsigned',
    noEdns: 'no EDNS',
    message: 'message',
    showMessage: (what: string) => `Show ${what}`,
    theMessage: 'the message',
    theAnswer: (type: string, over: string) => `the answer to ${type} over ${over}`,
    theCommand: 'the dig command',
  },
  /** What an answer of any kind means. */
  fault: {
    silent: (address: string, what: string) => `${address} gives no usable answer for ${what}`,
    silentWhy:
      'Resolvers try the other servers, and mail waits for that; where they choose this one last or alone, the look-up fails.',
    bogus: (address: string, what: string) =>
      `${address} sends an answer for ${what} that does not validate`,
    bogusWhy:
      'A resolver that validates throws it away and asks another server; if all do so, it answers SERVFAIL and mail is deferred.',
    differs: (address: string, what: string) => `${address} says something else for ${what}`,
    differsWhy: {
      SOA: 'All servers should have the same serial. A secondary may be on its way to it; if it stays behind, look at its zone transfer.',
      DNSKEY:
        'All servers should publish the same keys: with signatures by a key that one server does not list, validation depends on which server is asked.',
      TLSA: 'Senders get one answer or the other. Each set of records has to match what the mail server presents.',
      other:
        'All servers should give the same answer: what senders do with mail must not depend on which one they ask.',
    },
    oneTransport: (address: string, what: string, note: string) =>
      `${address} answers ${what} over one transport only (${note})`,
    oneTransportWhy:
      'Large answers come cut off over UDP and are asked for again over TCP, so a server needs both (RFC 7766 §5).',
    sound: (address: string, what: string) => `${address} answers for ${what} as it should`,
  },
  /** What an answer for a name above a TLSA record means. */
  ancestor: {
    sound: {
      headline: (address: string, name: string) => `${address} answers for ${name} as it should`,
      empty: 'NOERROR without records is right for a name that only has names below it (RFC 8020).',
      answer: 'A resolver that asks for one label more at a time gets past this name.',
    },
    nxdomain: {
      headline: (address: string, name: string, proven: boolean) =>
        `${address} says that ${name} does not exist${proven ? ', and proves it' : ''}`,
      what: 'The TLSA record lies below this name, so the name exists.',
      right:
        'The answer should be NOERROR without records (RFC 8020 §2, RFC 4592 §2.2.2), with a signed proof of that: an NSEC3 record of the name’s own hash, or an NSEC record whose next name lies below (RFC 5155 §7.2.3, RFC 4035 §5.4).',
      breaksProven:
        'A resolver that minimises names (RFC 9156) then takes it as proven that there is no TLSA record: the sender falls back to unauthenticated TLS without a word. Unbound loses the record so; BIND as it comes still finds it.',
      breaksUnproven:
        'A resolver that minimises names (RFC 9156) calls the answer bogus or takes the record for absent; senders behind it defer the mail or deliver it without DANE. Unbound as it comes gives up; BIND as it comes still finds the record.',
      software:
        'Signers that make no NSEC3 record for names without records of their own; PowerDNS with a zone in its database that was not rectified; tinydns and servers of one’s own that keep every name as a row of a database; old load balancers.',
      mend: 'Sign the whole zone anew with current software, then see that every secondary has the same serial. Until then a record of its own, a TXT for example, makes the name safe with most software.',
    },
    denied: {
      headline: (address: string, name: string) =>
        `${address} denies a name that exists, in its answer for ${name}`,
      what: (names: readonly string[]) =>
        `A signed NSEC or NSEC3 record in its answers says that a range of names does not exist, and ${listed(names)} ${pluralOf(names.length, 'lies', 'lie')} in it.`,
      right:
        'No such range should hold a name that exists: each gets its own NSEC3 record, names without records of their own too (RFC 5155 §7.1). An NSEC record whose next name lies below is in order (RFC 4035 §5.4).',
      breaks:
        'A resolver that uses cached proofs (RFC 8198) takes everything below that name for absent, the TLSA record too, once somebody has asked this question. Senders behind it then deliver without DANE, in silence.',
      software:
        'Signers that leave names without records of their own out of the chain, and zones that were signed record by record.',
      mend: 'Sign the whole zone anew, so that such names get their place in the chain, and let every secondary fetch it.',
    },
    bogus: {
      headline: (address: string, name: string) =>
        `${address} sends an answer for ${name} that does not validate`,
      what: 'What it sends is not proven by the signatures that come with it.',
      right:
        'The answer should be NOERROR without records, with the signed NSEC or NSEC3 record that proves it (RFC 4035 §3.1.3.1, §5.4; RFC 5155 §7.2.3).',
      breaks:
        'A resolver that asks for this name on its way to the TLSA record may give up here, with SERVFAIL; senders behind it defer the mail. Others ask for the whole name and find the record.',
      software:
        'Zones that were altered after signing, signatures that were not renewed, and servers that leave the proof out of empty answers.',
      mend: 'Sign the zone anew and see that every server has loaded the same version.',
    },
    failed: {
      headline: (address: string, name: string) => `${address} gives no usable answer for ${name}`,
      what: 'A resolver that minimises names has to get an answer for this name before it asks for the TLSA record below it.',
      right:
        'The answer should be NOERROR, whether or not there is something at the name itself (RFC 4592 §2.2.2, RFC 9156 §3).',
      breaks:
        'Where no server of the zone answers for the name, some resolvers give up, and senders behind them defer the mail; BIND set to be strict is one. Others go on and find the record, later.',
      software:
        'Some firewalls and load balancers drop questions for names that start with an underscore, or of types they do not know.',
      mend: 'Let a real name server answer in their place, or take the rule out.',
    },
  },
};

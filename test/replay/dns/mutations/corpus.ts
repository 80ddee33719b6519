// Answers as whole messages: real ones (see conformance/signed-answers), and some of the lab for what those lack.
import { readFileSync } from 'node:fs';
import { answerFrom } from '../../../../electron/lab/authority.ts';
import type { DenialPolicy } from '../../../../electron/lab/denial-chain.ts';
import { generateZoneKey } from '../../../../electron/lab/zone-key.ts';
import { signZone } from '../../../../electron/lab/zone-signer.ts';
import { EDNS_UDP_OCTETS, type Message } from '../../../../electron/wire/message.ts';
import { makeQuery, type Query } from '../../../../electron/wire/query.ts';
import { RCODE } from '../../../../shared/dns/rcode.ts';
import { TYPE } from '../../../../shared/dns/record-type.ts';
import { parseDnskey } from '../../../../shared/dnssec/dnskey.ts';
import type { SignedRRset } from '../../../../shared/dnssec/signed-rrset.ts';
import {
  AT,
  name,
  readSignedZone,
  records,
  type,
  type SignedZone,
} from '../../../conformance/signed-answers/answers.ts';

/** A zone whose keys are known. */
export type TrustedZone = Pick<SignedZone, 'zone' | 'trust' | 'keys'>;

/** One question to one zone, and what its server said. */
export interface Exchange {
  readonly title: string;
  readonly zone: TrustedZone;
  readonly query: Query;
  readonly message: Message;
}

export function readExchanges(variant: string): readonly Exchange[] {
  const zone = readSignedZone(variant);
  const file = new URL(`../../../conformance/signed-answers/${variant}.txt`, import.meta.url);
  const questions = [...readFileSync(file, 'utf8').matchAll(/^; question (\S+) (\S+)/gm)];
  return questions.map(([, owner = '', mnemonic = '']) => {
    const query = queryFor(owner, mnemonic);
    const { rcode, answer, authority } = zone.answer(owner, mnemonic);
    return {
      title: `${variant}: ${owner} ${mnemonic}`,
      zone,
      query,
      message: messageOf(query, {
        rcode: rcode === 'NXDOMAIN' ? RCODE.NXDOMAIN : RCODE.NOERROR,
        answers: answer.flatMap(recordsOf),
        authorities: authority.flatMap(recordsOf),
      }),
    };
  });
}

/** Names beside wildcards, which the recorded zones have not: what is proven there is easily believed too much. */
const LAB_ZONE = `
example. 3600 SOA ns hostmaster 1 7200 3600 1209600 600
example. 3600 NS ns.example.
ns.example. 3600 A 192.0.2.1
*.example. 3600 TXT "for every name"
host.example. 3600 A 192.0.2.2
a.b.host.example. 3600 TXT "below two empty non-terminals"
*.wild.example. 3600 TXT "from a wildcard"
*.wild.example. 3600 MX 10 ns.example.
here.wild.example. 3600 A 192.0.2.3
more.wild.example. 3600 TXT "of its own"
alias.example. 3600 CNAME host.example.
tree.example. 3600 DNAME wild.example.
plain.example. 3600 NS ns.plain.example.
`;

const LAB_QUESTIONS = [
  'host.example. TXT',
  'host.example. A',
  'b.host.example. TXT',
  'x.host.example. TXT',
  'nope.example. TXT',
  'nope.example. A',
  'x.wild.example. TXT',
  'x.wild.example. MX',
  'x.wild.example. A',
  'y.x.wild.example. TXT',
  'here.wild.example. TXT',
  'here.wild.example. MX',
  'more.wild.example. TXT',
  'x.here.wild.example. TXT',
  'wild.example. TXT',
  '*.wild.example. TXT',
  'alias.example. TXT',
  'x.tree.example. TXT',
  'plain.example. DS',
  'www.plain.example. TXT',
  'host.example. DS',
];

export function makeLabExchanges(denial: DenialPolicy): readonly Exchange[] {
  const apex = name('example.');
  const key = generateZoneKey(13, true);
  const validity = { inception: AT - 86_400, expiration: AT + 864_000 };
  const signed = signZone(apex, records(LAB_ZONE), { keys: [key], denial, ...validity });
  const dnskey = parseDnskey(key.dnskey);
  if (dnskey === null) throw new Error('no key');
  const trust = { ds: [], dnskeys: [dnskey] };
  const zone: TrustedZone = { zone: apex, trust, keys: { zone: apex, keys: [dnskey] } };
  return LAB_QUESTIONS.map((question) => {
    const [owner = '', mnemonic = ''] = question.split(' ');
    const query = queryFor(owner, mnemonic);
    const answer = answerFrom(signed, query.name, query.type, true);
    return {
      title: `lab ${denial.kind}: ${question}`,
      zone,
      query,
      message: messageOf(query, answer),
    };
  });
}

function queryFor(owner: string, mnemonic: string): Query {
  const options = {
    name: name(owner),
    type: type(mnemonic),
    edns: true,
    recursionDesired: false,
    checkingDisabled: false,
    mixedCase: false,
  };
  return makeQuery(options, (count) => new Uint8Array(count).fill(7));
}

type Content = Pick<Message, 'rcode' | 'answers' | 'authorities'>;

function messageOf(query: Query, { rcode, answers, authorities }: Content): Message {
  const refers = answers.length === 0 && authorities.some((record) => record.type === TYPE.NS);
  return {
    id: 0x0707,
    flags: {
      response: true,
      opcode: 0,
      authoritative: !refers,
      truncated: false,
      recursionDesired: false,
      recursionAvailable: false,
      authenticData: false,
      checkingDisabled: false,
    },
    rcode,
    questions: [{ name: query.name, type: query.type, class: 1 }],
    answers,
    authorities,
    additionals: [],
    edns: { udpSize: EDNS_UDP_OCTETS, version: 0, dnssecOk: true, options: [] },
  };
}

function recordsOf({ rrset, signatures }: SignedRRset): Message['answers'] {
  return [...rrset.records, ...signatures];
}

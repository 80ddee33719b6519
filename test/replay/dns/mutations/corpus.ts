// Real answers (see conformance/signed-answers) as whole messages, and the mutations that are made of them.
import { readFileSync } from 'node:fs';
import { encodeMessage } from '../../../../electron/wire/encode.ts';
import { EDNS_UDP_OCTETS, type Message } from '../../../../electron/wire/message.ts';
import { makeQuery, type Query } from '../../../../electron/wire/query.ts';
import { RCODE } from '../../../../shared/dns/rcode.ts';
import type { SignedRRset } from '../../../../shared/dnssec/signed-rrset.ts';
import {
  name,
  readSignedZone,
  type,
  type SignedZone,
} from '../../../conformance/signed-answers/answers.ts';

/** One question to one zone, and what its server said. */
export interface Exchange {
  readonly title: string;
  readonly zone: SignedZone;
  readonly query: Query;
  readonly message: Message;
}

export function readExchanges(variant: string): readonly Exchange[] {
  const zone = readSignedZone(variant);
  const file = new URL(`../../../conformance/signed-answers/${variant}.txt`, import.meta.url);
  const questions = [...readFileSync(file, 'utf8').matchAll(/^; question (\S+) (\S+)/gm)];
  return questions.map(([, owner = '', mnemonic = '']) => {
    const options = {
      name: name(owner),
      type: type(mnemonic),
      edns: true,
      recursionDesired: false,
      checkingDisabled: false,
      mixedCase: false,
    };
    const query = makeQuery(options, (count) => new Uint8Array(count).fill(7));
    return {
      title: `${variant}: ${owner} ${mnemonic}`,
      zone,
      query,
      message: messageOf(query, zone, owner, mnemonic),
    };
  });
}

function messageOf(query: Query, zone: SignedZone, owner: string, mnemonic: string): Message {
  const { rcode, answer, authority } = zone.answer(owner, mnemonic);
  const refers = answer.length === 0 && authority.some(({ rrset }) => rrset.type === NS);
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
    rcode: rcode === 'NXDOMAIN' ? RCODE.NXDOMAIN : RCODE.NOERROR,
    questions: [{ name: query.name, type: query.type, class: 1 }],
    answers: answer.flatMap(recordsOf),
    authorities: authority.flatMap(recordsOf),
    additionals: [],
    edns: { udpSize: EDNS_UDP_OCTETS, version: 0, dnssecOk: true, options: [] },
  };
}

const NS = 2;

function recordsOf({ rrset, signatures }: SignedRRset): Message['answers'] {
  return [...rrset.records, ...signatures];
}

export function encode(message: Message): Uint8Array {
  return encodeMessage(message);
}

/** The name server of the outbound test: right answers, save where a situation wants others; tells what is asked. */
import { nameToText } from '../../shared/dns/name.ts';
import { RCODE } from '../../shared/dns/rcode.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';
import { TYPE, typeToText } from '../../shared/dns/record-type.ts';
import type { DnsQuestion } from '../../shared/lab/observation.ts';
import type { ScenarioId } from '../../shared/lab/scenario.ts';
import type { Answer } from '../lab/authority.ts';
import { createNameServer, type NameServer } from '../lab/dns-server.ts';
import type { SignedZone } from '../lab/zone-signer.ts';
import { decodeMessage } from '../wire/decode.ts';
import type { Question } from '../wire/message.ts';
import { isForged } from './forged-record.ts';
import type { MailHost } from './mail-hosts.ts';
import { indexNames, type NameIndex } from './name-index.ts';
import { createAnswerBudget, truncatedReply } from './answer-budget.ts';
import { watchedStreams } from './question-streams.ts';

export interface TestNameServerOptions {
  /** As they are now: they are signed anew from time to time. */
  zones(): readonly SignedZone[];
  readonly hosts: readonly MailHost[];
  observe(scenario: ScenarioId, question: DnsQuestion): void;
  /** Milliseconds on a clock that never jumps. */
  monotonic(): number;
}

export function createTestNameServer(options: TestNameServerOptions): NameServer {
  const index = indexNames(options.hosts);
  const server = createNameServer({
    get zones() {
      return options.zones();
    },
    tamper: (question, answer) => tampered(index.scenarioOf(question.name), question, answer),
  });
  const mayAnswer = createAnswerBudget(options.monotonic);
  return {
    datagrams(payload, reply, from) {
      if (!mayAnswer(from ?? '')) {
        const short = truncatedReply(payload);
        if (short !== null) reply(short);
        return;
      }
      observe(options, index, payload, from);
      server.datagrams(payload, reply, from);
    },
    streams: watchedStreams(server.streams, (question, stream) => {
      observe(options, index, question, addressOf(stream));
    }),
  };
}

/** Of who has connected: a system's socket tells it. */
function addressOf(stream: object): string {
  const address: unknown = Reflect.get(stream, 'remoteAddress');
  return typeof address === 'string' ? address : '';
}

function observe(
  options: TestNameServerOptions,
  index: NameIndex,
  payload: Uint8Array,
  from = '',
): void {
  const decoded = decodeMessage(payload);
  if (!decoded.ok || decoded.value.flags.response) return;
  const [question] = decoded.value.questions;
  if (question === undefined) return;
  const scenario = index.scenarioOf(question.name);
  if (scenario === null) return;
  options.observe(scenario, {
    kind: 'dns',
    from,
    name: nameToText(question.name).toLowerCase().replace(/\.$/, ''),
    type: typeToText(question.type),
    dnssec: decoded.value.edns?.dnssecOk ?? false,
    minimised: index.isMinimised(question.name),
  });
}

function tampered(scenario: ScenarioId | null, question: Question, answer: Answer): Answer {
  if (scenario === null) return isForged(question.name) ? withForged(answer) : answer;
  if (question.type !== TYPE.TLSA) return answer;
  if (scenario === 'servfail' && answer.answers.length > 0) {
    return { ...answer, rcode: RCODE.SERVFAIL, answers: [], authorities: [], additionals: [] };
  }
  return scenario === 'bogus' ? withForged(answer) : answer;
}

function withForged(answer: Answer): Answer {
  return { ...answer, answers: answer.answers.map(forged) };
}

/** The last octet of a signature is another than the signer’s. */
function forged(record: ResourceRecord): ResourceRecord {
  if (record.type !== TYPE.RRSIG) return record;
  const rdata = Uint8Array.from(record.rdata);
  rdata[rdata.length - 1] = (rdata.at(-1) ?? 0) ^ 0xff;
  return { ...record, rdata };
}

/** The name server of the outbound test: right answers, save where a situation wants others; tells what is asked. */
import { isStrictSubdomainOf, nameToText } from '../../shared/dns/name.ts';
import { RCODE } from '../../shared/dns/rcode.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';
import { TYPE, typeToText } from '../../shared/dns/record-type.ts';
import type { DnsQuestion } from '../../shared/lab/observation.ts';
import type { ScenarioId } from '../../shared/lab/scenario.ts';
import type { Answer } from '../lab/authority.ts';
import { createNameServer, type NameServer } from '../lab/dns-server.ts';
import { knownName } from '../lab/zone-text.ts';
import type { SignedZone } from '../lab/zone-signer.ts';
import { decodeMessage } from '../wire/decode.ts';
import type { Question } from '../wire/message.ts';
import type { MailHost } from './mail-hosts.ts';

export interface TestNameServerOptions {
  readonly zones: readonly SignedZone[];
  readonly hosts: readonly MailHost[];
  observe(scenario: ScenarioId, question: DnsQuestion): void;
}

export function createTestNameServer(options: TestNameServerOptions): NameServer {
  const server = createNameServer({
    zones: options.zones,
    tamper: (question, answer) => tampered(scenarioOf(question, options.hosts), question, answer),
  });
  return {
    ...server,
    datagrams: (payload, reply, from) => {
      observe(options, payload, from ?? '');
      server.datagrams(payload, reply, from);
    },
  };
}

function observe(options: TestNameServerOptions, payload: Uint8Array, from: string): void {
  const decoded = decodeMessage(payload);
  if (!decoded.ok || decoded.value.flags.response) return;
  const [question] = decoded.value.questions;
  if (question === undefined) return;
  const scenario = scenarioOf(question, options.hosts);
  if (scenario === null) return;
  options.observe(scenario, {
    kind: 'dns',
    from,
    name: nameToText(question.name).toLowerCase().replace(/\.$/, ''),
    type: typeToText(question.type),
    dnssec: decoded.value.edns?.dnssecOk ?? false,
    minimised: isMinimised(question, options.hosts),
  });
}

/** The situation whose domain, mail host or records the name belongs to. */
function scenarioOf({ name }: Question, hosts: readonly MailHost[]): ScenarioId | null {
  const host = hosts.find((each) =>
    [each.domain, each.name].some((text) => {
      const known = knownName(`${text}.`);
      return known.key === name.key || isStrictSubdomainOf(name, known);
    }),
  );
  return host?.scenario ?? null;
}

/** Nobody needs anything of a name between the host and its records but who goes step by step (RFC 9156 §2.3). */
function isMinimised({ name }: Question, hosts: readonly MailHost[]): boolean {
  return hosts.some((host) => knownName(`_tcp.${host.name}.`).key === name.key);
}

function tampered(scenario: ScenarioId | null, question: Question, answer: Answer): Answer {
  if (question.type !== TYPE.TLSA) return answer;
  if (scenario === 'servfail' && answer.answers.length > 0) {
    return { ...answer, rcode: RCODE.SERVFAIL, answers: [], authorities: [], additionals: [] };
  }
  return scenario === 'bogus' ? { ...answer, answers: answer.answers.map(forged) } : answer;
}

/** The last octet of a signature is another than the signer’s. */
function forged(record: ResourceRecord): ResourceRecord {
  if (record.type !== TYPE.RRSIG) return record;
  const rdata = Uint8Array.from(record.rdata);
  rdata[rdata.length - 1] = (rdata.at(-1) ?? 0) ^ 0xff;
  return { ...record, rdata };
}

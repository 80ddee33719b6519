/** Which raw DNS messages belong to the selected thing: every answer of every server asked by itself. */
import type { HostReport, Report, ServerQuestion } from '../../shared/inspection/report.ts';
import type { NodeId } from '../store/node-id.ts';

export interface RawMessage extends ServerQuestion {
  readonly key: string;
  readonly server: string;
  readonly address: string;
}

/** Every message that answered one question, one a server and transport. */
export interface RawQuestion {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly messages: readonly RawMessage[];
}

/** Messages of one inspection that are gone through; its own bounds end far below. */
const MAX_MESSAGES = 20_000;

/** Those about a host, or about the domain itself, in the order in which they were asked. */
export function rawQuestions(report: Report, host: HostReport | null): readonly RawQuestion[] {
  const isWanted = host === null ? ofDomain(report.domain) : ofHost(host);
  const questions = new Map<string, RawMessage[]>();
  for (const message of messagesOf(report, host)) {
    if (!isWanted(message.name)) continue;
    const key = questionKey(message);
    const others = questions.get(key);
    if (others === undefined) questions.set(key, [message]);
    else others.push(message);
  }
  return [...questions].flatMap(([key, messages]) => {
    const [first] = messages;
    return first === undefined ? [] : [{ key, name: first.name, type: first.type, messages }];
  });
}

/** The question that the selected thing is about most closely. */
export function mainQuestion(
  questions: readonly RawQuestion[],
  host: HostReport | null,
  node: NodeId,
): RawQuestion | undefined {
  const types = host === null ? ['MX'] : node.kind === 'addresses' ? ['A', 'AAAA'] : ['TLSA', 'A'];
  return (
    types
      .map((type) => questions.find((question) => question.type === type))
      .find((question) => question !== undefined) ?? questions[0]
  );
}

/** What every server asked by itself answered to one question: the whole answer where both transports gave one. */
export function answersTo(report: Report, name: string, type: string): readonly RawMessage[] {
  const best = new Map<string, RawMessage>();
  const hosts = report.hosts.filter(({ tlsa }) => tlsa.name === name);
  for (const message of [null, ...hosts].flatMap((host) => messagesOf(report, host))) {
    if (message.name !== name || message.type !== type) continue;
    const place = `${message.server} ${message.address}`;
    const known = best.get(place);
    if (known === undefined || worth(message) > worth(known)) best.set(place, message);
  }
  return [...best.values()];
}

function worth({ raw, truncated }: ServerQuestion): number {
  return raw === '' ? 0 : truncated ? 1 : 2;
}

function messagesOf(report: Report, host: HostReport | null): readonly RawMessage[] {
  const messages = new Map<string, RawMessage>();
  const add = (server: string, address: string, questions: readonly ServerQuestion[]): void => {
    for (const question of questions) {
      const key = [questionKey(question), question.transport, server, address].join(' ');
      // The same question may stand in the survey and among the ancestors: it was asked once.
      const known = messages.get(key);
      if (messages.size < MAX_MESSAGES && (known === undefined || known.raw === '')) {
        messages.set(key, { ...question, key, server, address });
      }
    }
  };
  for (const { server, address, questions } of host?.ancestors ?? []) {
    add(server, address, questions);
  }
  for (const { servers } of report.surveys) {
    for (const { server, address, questions } of servers) add(server, address, questions);
  }
  return [...messages.values()];
}

export function questionKey({ name, type }: Pick<ServerQuestion, 'name' | 'type'>): string {
  return `${name} ${type}`;
}

/** The host, its records, the names between them, and the zones that they are in. */
function ofHost(host: HostReport): (name: string) => boolean {
  const names = new Set([
    host.name,
    host.tlsa.name,
    ...host.tlsa.cname,
    ...host.ancestors.map(({ name }) => name),
  ]);
  const alias = host.resolution?.alias ?? null;
  if (alias !== null) names.add(alias);
  return (name) => names.has(name) || isAtOrAbove(name, host.name);
}

function ofDomain(domain: string): (name: string) => boolean {
  return (name) => isAtOrAbove(name, domain);
}

function isAtOrAbove(name: string, below: string): boolean {
  return name === '.' || below === name || below.endsWith(`.${name}`);
}

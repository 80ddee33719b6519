/** What each server answered to one question, record by record with its TTL; those that say the same are one. */
import { fromHex } from '../../shared/dns/bytes.ts';
import { messageRecords } from '../../shared/dns/message-view-records.ts';
import { nameFromText, nameToText } from '../../shared/dns/name.ts';
import type { LookUpReport, Report, Security } from '../../shared/inspection/report.ts';
import { answersTo, type RawMessage } from './raw-messages.ts';

export interface AnswerRecord {
  readonly owner: string;
  /** Seconds; null where the message itself cannot be read. */
  readonly ttl: number | null;
  readonly type: string;
  readonly data: string;
}

export interface AnswerGroup {
  readonly key: string;
  /** Mnemonic, or why there was no answer that could be used. */
  readonly rcode: string;
  readonly security: Security;
  readonly reason: string;
  readonly records: readonly AnswerRecord[];
  /** Servers that answered so, in the order asked. */
  readonly messages: readonly RawMessage[];
}

/** Empty where no server was asked by itself. The answer of most comes first. */
export function answerGroups(report: Report, lookUp: LookUpReport): readonly AnswerGroup[] {
  const groups = new Map<string, { group: AnswerGroup; messages: RawMessage[] }>();
  for (const message of answersTo(report, lookUp.name, lookUp.type)) {
    const records = answerRecords(message);
    const key = [message.rcode, message.security, ...records.map(lineOf).sort(inOrder)].join('\n');
    const known = groups.get(key);
    if (known !== undefined) {
      known.messages.push(message);
      continue;
    }
    const { rcode, security, reason } = message;
    const messages = [message];
    groups.set(key, { group: { key, rcode, security, reason, records, messages }, messages });
  }
  return [...groups.values()]
    .map(({ group, messages }) => ({ ...group, messages }))
    .sort((a, b) => b.messages.length - a.messages.length);
}

/** The records of the answer section, signatures among them. */
function answerRecords({ raw, name, type, records }: RawMessage): readonly AnswerRecord[] {
  const read = messageRecords(fromHex(raw) ?? new Uint8Array(0))
    .filter(({ section }) => section === 'answer')
    .map(({ owner, ttl, type: of, data }) => ({ owner, ttl, type: of, data }));
  if (read.length > 0) return read;
  // A message that is damaged or was not kept: what was understood of it then.
  return records.map((data) => ({ owner: absolute(name), ttl: null, type, data }));
}

/** What the look-up itself came to: what a resolver would hand on. */
export function lookUpRecords({ answers }: LookUpReport): readonly AnswerRecord[] {
  return answers.map(({ name, ttl, type, data }) => ({ owner: absolute(name), ttl, type, data }));
}

/** One line of a zone file. */
export function lineOf({ owner, ttl, type, data }: AnswerRecord): string {
  return [owner, ...(ttl === null ? [] : [ttl]), 'IN', type, data].join(' ');
}

function absolute(name: string): string {
  const read = nameFromText(name);
  return read.ok ? nameToText(read.value) : name;
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

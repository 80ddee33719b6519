/** Which questions bring the signed record that denies a name which exists (RFC 8198 §5). */
import { fromHex } from '../dns/bytes.ts';
import { messageRecords, type MessageRecord } from '../dns/message-view-records.ts';
import { compareCanonical, isSubdomainOf, nameFromText, type Name } from '../dns/name.ts';
import type { AncestorReport, Report, ServerQuestion } from './report.ts';

export interface Covering {
  readonly type: 'NSEC' | 'NSEC3' | 'NSEC or NSEC3';
  /** One, unless only a hash could tell in which of these answers it is. */
  readonly questions: readonly ServerQuestion[];
}

/** Questions of one server that are named, where it is in one of them. */
const MAX_CANDIDATES = 3;

/**
 * At one server: among what it was asked about the cell’s name, or for the apex about names without a cell
 * of their own, as the judgement has it.
 */
export function coveringQuestions(
  { surveys, hosts }: Pick<Report, 'surveys' | 'hosts'>,
  cell: AncestorReport,
  covered: string,
): Covering {
  const rows = new Set(hosts.flatMap(({ ancestors }) => ancestors.map(({ name }) => name)));
  const surveyed = surveys.flatMap(({ zone, servers }) =>
    servers
      .filter(({ address }) => address === cell.address)
      .flatMap(({ questions }) =>
        questions.filter(
          ({ name }) => name === cell.name || (zone === cell.name && !rows.has(name)),
        ),
      ),
  );
  const denials = [...cell.questions, ...surveyed].map((question) => ({
    question,
    records: denialRecords(question),
  }));
  const exact = denials.find(({ records }) => records.some((record) => covers(record, covered)));
  if (exact !== undefined) return { type: 'NSEC', questions: [exact.question] };
  const hashed = new Map<string, ServerQuestion>();
  for (const { question, records } of denials) {
    const owners = records.filter(({ type }) => type === 'NSEC3').map(({ owner }) => owner);
    const key = [...new Set(owners)].sort().join(' ');
    // Over either transport the same comes.
    if (owners.length > 0 && !hashed.has(key)) hashed.set(key, question);
  }
  if (hashed.size > 0) {
    return { type: 'NSEC3', questions: [...hashed.values()].slice(0, MAX_CANDIDATES) };
  }
  return { type: 'NSEC or NSEC3', questions: cell.questions.filter(isDenial).slice(0, 1) };
}

function isDenial({ answer }: ServerQuestion): boolean {
  return answer === 'nxdomain' || answer === 'empty';
}

/** Read once for a question: a report is judged anew with each event. */
function denialRecords(question: ServerQuestion): readonly MessageRecord[] {
  const known = READ.get(question) ?? readDenials(question);
  READ.set(question, known);
  return known;
}

const READ = new WeakMap<ServerQuestion, readonly MessageRecord[]>();

function readDenials({ raw }: ServerQuestion): readonly MessageRecord[] {
  const octets = fromHex(raw);
  if (octets === null) return [];
  return messageRecords(octets).filter(
    ({ section, type }) => section === 'authority' && (type === 'NSEC' || type === 'NSEC3'),
  );
}

/** RFC 4034 §4.1.1: the last of a zone leads back to its beginning; what is below the next name exists. */
function covers({ type, owner, data }: MessageRecord, covered: string): boolean {
  if (type !== 'NSEC') return false;
  const names = [owner, data.split(' ')[0] ?? '', covered].map(nameFromText);
  const [from, to, at] = names.flatMap((name): Name[] => (name.ok ? [name.value] : []));
  if (from === undefined || to === undefined || at === undefined) return false;
  const isBehind = compareCanonical(from, at) < 0;
  const isBefore = compareCanonical(at, to) < 0;
  const isLast = compareCanonical(to, from) <= 0;
  return (isLast ? isBehind || isBefore : isBehind && isBefore) && !isSubdomainOf(to, at);
}

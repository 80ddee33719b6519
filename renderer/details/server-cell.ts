/** One server's answer in a few words, and how it looks. */
import type { AncestorReport, ServerQuestion } from '../../shared/inspection/report.ts';
import type { Tone } from '../ui/tone.ts';
import { words } from '../words/words.ts';

type Questions = readonly ServerQuestion[];

const { cell: said } = words.servers;

export function cellTone(
  ancestor: AncestorReport | null,
  questions: Questions,
  type: string,
  differs: boolean,
): Tone {
  if (ancestor !== null && !ancestor.ok) return 'err';
  const answered = questions.filter(({ answer }) => answer !== 'none');
  if (questions.length > 0 && !questions.some(isWhole)) return 'err';
  if (questions.some(isBogus)) return 'err';
  // Another serial may be a secondary on its way; other data is a fault.
  if (differs) return type === 'SOA' || type === 'A' || type === 'AAAA' ? 'warn' : 'err';
  if (answered.length < questions.length) return 'warn';
  return 'ok';
}

export function cellWords(
  ancestor: AncestorReport | null,
  questions: Questions,
  type: string,
): string {
  return ancestor === null || type === 'TLSA'
    ? surveyWords(questions, type, ancestor)
    : ancestorWords(ancestor);
}

function ancestorWords(cell: AncestorReport): string {
  switch (cell.answer) {
    case 'answer':
      if (cell.fault === 'ancestor-denied') return said.denies;
      return cell.ok ? said.answer : said.answerButNot(cell.security);
    case 'empty':
      if (!cell.ok) return cell.covers ? said.denies : said.unproven;
      return cell.proven ? said.proven : said.empty;
    case 'nxdomain':
      return said.nxdomain;
    case 'none':
      return cell.rcode;
  }
}

function surveyWords(questions: Questions, type: string, ancestor: AncestorReport | null): string {
  const best = bestOf(questions);
  if (best === undefined)
    return ancestor === null ? words.servers.grid.hole : ancestorWords(ancestor);
  const { answer, rcode, records } = best;
  const orBogus = (text: string): string => (questions.some(isBogus) ? said.bogus(text) : text);
  if (answer !== 'none' && !isWhole(best)) return said.cutOff;
  switch (answer) {
    case 'none':
      return rcode;
    case 'nxdomain':
      return orBogus(said.nxdomain);
    case 'referral':
      return said.refers;
    case 'empty':
      return orBogus(said.none);
    case 'answer':
      return orBogus(answerWords(type, records));
  }
}

function answerWords(type: string, records: readonly string[]): string {
  const [first = ''] = records;
  if (type === 'SOA') return said.serial(first.split(' ')[2] ?? '?');
  if (type === 'DNSKEY') return said.keys(records.length);
  return records.length !== 1 || first.length > MAX_SHOWN ? said.records(records.length) : first;
}

/** Characters of a record that a cell has room for. */
const MAX_SHOWN = 22;

/** What a resolver would go by: the whole answer rather than one cut off or none. */
export function bestOf(questions: Questions): ServerQuestion | undefined {
  return (
    questions.find(isWhole) ?? questions.find(({ answer }) => answer !== 'none') ?? questions[0]
  );
}

/** What a resolver can use: what is cut off, it asks for again over TCP (RFC 2181 §9). */
export function isWhole({ answer, truncated }: ServerQuestion): boolean {
  return answer !== 'none' && !truncated;
}

export function isBogus({ answer, security }: ServerQuestion): boolean {
  return security === 'bogus' && answer !== 'none';
}

/** Which way of asking gets no answer where the other does. */
export function transportNote(questions: Questions): string {
  const silent = (transport: 'udp' | 'tcp'): boolean => {
    const asked = questions.filter((question) => question.transport === transport);
    return asked.length > 0 && asked.every(({ answer }) => answer === 'none');
  };
  const [udp, tcp] = [silent('udp'), silent('tcp')];
  if (udp === tcp) return '';
  return udp ? said.noUdp : said.noTcp;
}

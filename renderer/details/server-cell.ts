/** One server's answer in a few words, and how it looks. */
import type { AncestorReport, ServerQuestion } from '../../shared/inspection/report.ts';
import type { Tone } from '../ui/tone.ts';

type Questions = readonly ServerQuestion[];

export function cellTone(
  ancestor: AncestorReport | null,
  questions: Questions,
  type: string,
  differs: boolean,
): Tone {
  if (ancestor !== null && !ancestor.ok) return 'err';
  const answered = questions.filter(({ answer }) => answer !== 'none');
  if (questions.length > 0 && answered.length === 0) return 'err';
  if (questions.some(({ security, answer }) => security === 'bogus' && answer !== 'none')) {
    return 'err';
  }
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
      if (cell.fault === 'ancestor-denied') return 'denies a name';
      return cell.ok ? 'answer' : `answer, ${cell.security}`;
    case 'empty':
      if (!cell.ok) return cell.covers ? 'denies a name' : 'empty, not proven';
      return cell.proven ? 'empty, proven' : 'empty';
    case 'nxdomain':
      return 'NXDOMAIN';
    case 'none':
      return cell.rcode;
  }
}

function surveyWords(questions: Questions, type: string, ancestor: AncestorReport | null): string {
  const best = bestOf(questions);
  if (best === undefined) return ancestor === null ? 'not asked' : ancestorWords(ancestor);
  const { answer, rcode, records, security } = best;
  const bogus = security === 'bogus' && answer !== 'none' ? ', bogus' : '';
  switch (answer) {
    case 'none':
      return rcode;
    case 'nxdomain':
      return `NXDOMAIN${bogus}`;
    case 'referral':
      return 'refers on';
    case 'empty':
      return `none${bogus}`;
    case 'answer':
      return `${answerWords(type, records)}${bogus}`;
  }
}

function answerWords(type: string, records: readonly string[]): string {
  const [first = ''] = records;
  if (type === 'SOA') return `serial ${first.split(' ')[2] ?? '?'}`;
  const what = type === 'DNSKEY' ? ['key', 'keys'] : ['record', 'records'];
  if (records.length !== 1 || type === 'DNSKEY') {
    return `${records.length} ${records.length === 1 ? what[0] : what[1]}`;
  }
  return first.length > MAX_SHOWN ? '1 record' : first;
}

/** Characters of a record that a cell has room for. */
const MAX_SHOWN = 22;

/** What a resolver would go by: the whole answer rather than one cut off or none. */
export function bestOf(questions: Questions): ServerQuestion | undefined {
  return (
    questions.find(({ answer, truncated }) => answer !== 'none' && !truncated) ??
    questions.find(({ answer }) => answer !== 'none') ??
    questions[0]
  );
}

/** Which way of asking gets no answer where the other does. */
export function transportNote(questions: Questions): string {
  const silent = (transport: 'udp' | 'tcp'): boolean => {
    const asked = questions.filter((question) => question.transport === transport);
    return asked.length > 0 && asked.every(({ answer }) => answer === 'none');
  };
  const [udp, tcp] = [silent('udp'), silent('tcp')];
  if (udp === tcp) return '';
  return udp ? 'no UDP' : 'no TCP';
}

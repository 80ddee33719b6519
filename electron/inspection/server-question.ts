/** What one server answered to one question, as plain data for the report. */
import { formatTlsa } from '../../shared/dane/tlsa.ts';
import { toHex } from '../../shared/dns/bytes.ts';
import { rdataToText } from '../../shared/dns/presentation.ts';
import { TYPE, typeToText } from '../../shared/dns/record-type.ts';
import type { Failure } from '../../shared/failure.ts';
import type { ServerQuestion } from '../../shared/inspection/report.ts';
import type { ServerAnswer } from '../resolver/resolver.ts';
import { MAX_RAW_OCTETS, MAX_SURVEY_RECORDS } from './limits.ts';
import { tlsaRecords } from './tlsa.ts';

/** Made once of each answer: the grids of all hosts and the survey show the same ones. */
export function serverQuestion(answer: ServerAnswer): ServerQuestion {
  const known = KNOWN.get(answer);
  if (known !== undefined) return known;
  const question = questionOf(answer);
  KNOWN.set(answer, question);
  return question;
}

const KNOWN = new WeakMap<ServerAnswer, ServerQuestion>();

function questionOf(answer: ServerAnswer): ServerQuestion {
  const { name, type, transport, authoritative, truncated, edns, signed, raw } = answer;
  const kind = kindOf(answer);
  return {
    name: name.key,
    type: typeToText(type),
    transport,
    rcode: rcodeOf(answer),
    answer: kind,
    security: kind === 'none' || kind === 'referral' ? 'indeterminate' : answer.security,
    reason: answer.reason?.text ?? failureText(answer),
    size: raw.length === 0 ? null : raw.length,
    authoritative,
    truncated,
    edns,
    signed,
    records: recordsOf(answer),
    raw: rawText(answer),
  };
}

export function kindOf(answer: ServerAnswer): ServerQuestion['answer'] {
  if (answer.truncated) return 'none';
  if (answer.rcode !== 'NOERROR' && answer.rcode !== 'NXDOMAIN') return 'none';
  if (answer.referral !== null) return 'referral';
  if (answer.denies === 'name') return 'nxdomain';
  return answer.denies === 'type' || answer.answers.length === 0 ? 'empty' : 'answer';
}

/** The mnemonic, or a word of ours in its place. */
export function rcodeOf(answer: ServerAnswer): string {
  if (answer.truncated) return 'TRUNCATED';
  if (answer.rcode !== null) return answer.rcode;
  if (answer.failure?.kind === 'rcode') return answer.failure.rcode;
  return answer.lame ? 'LAME' : failureWord(answer.failure);
}

function failureWord(failure: Failure | null): string {
  switch (failure?.kind) {
    case undefined:
      return 'NONE';
    case 'refused':
      return 'UNREACHABLE';
    case 'unreachable':
      return 'NO_ROUTE';
    default:
      return failure?.kind.toUpperCase().replaceAll('-', '_') ?? 'NONE';
  }
}

function failureText({ failure }: ServerAnswer): string {
  switch (failure?.kind) {
    case undefined:
      return '';
    case 'timeout':
      return 'no answer came in time';
    case 'refused':
      return 'nothing listens there';
    case 'unreachable':
      return `it cannot be reached (${failure.code})`;
    case 'closed':
      return 'the connection was closed without an answer';
    case 'rcode':
      return `the server answers ${failure.rcode}`;
    case 'limit':
      return `the answer goes beyond a bound (${failure.limit})`;
    case 'tls':
    case 'malformed':
    case 'not-allowed':
      return failure.detail;
    default:
      return '';
  }
}

/** The RRset of the type asked, or the alias that came in its place; sorted, so that equal sets read alike. */
function recordsOf({ answers, type }: ServerAnswer): readonly string[] {
  if (type === TYPE.TLSA && answers.some((record) => record.type === TYPE.TLSA)) {
    return tlsaRecords(answers).map(formatTlsa).sort();
  }
  const own = answers.filter((record) => record.type === type);
  const shown = own.length > 0 ? own : answers.filter((record) => record.type === TYPE.CNAME);
  return shown
    .slice(0, MAX_SURVEY_RECORDS)
    .map((record) => {
      const text = rdataToText(record.type, record.rdata);
      return record.type === type ? text : `CNAME ${text}`;
    })
    .sort();
}

function rawText({ raw }: ServerAnswer): string {
  return toHex(raw.subarray(0, MAX_RAW_OCTETS));
}

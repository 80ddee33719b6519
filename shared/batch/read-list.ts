/** Reads a list of domains as people keep them: one a line, the first column of a table, with remarks and mistakes. */
import { printable } from '../findings/safe-text.ts';
import { readDomainInput } from '../inspection/domain-input.ts';
import { MAX_DOMAINS, MAX_LINES, MAX_TOLD_LINES } from './limits.ts';

export interface DomainList {
  /** Each once, in the order of the list; lower-case A-labels. */
  readonly domains: readonly string[];
  /** Lines that name no domain, one sentence each, the first ones of them. */
  readonly refused: readonly string[];
  readonly refusedCount: number;
  /** Lines that name a domain again. */
  readonly duplicates: number;
  /** Lines beyond what one list may hold. */
  readonly leftOut: number;
}

/** `toAscii` as for `readDomainInput`. */
export function readDomainList(text: string, toAscii: (domain: string) => string): DomainList {
  const domains = new Set<string>();
  const refused: string[] = [];
  let refusedCount = 0;
  let duplicates = 0;
  let leftOut = 0;
  let told = 0;
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .entries()) {
    if (line.length <= MAX_BLANK && isRemark(line)) continue;
    told += 1;
    if (told === 1 && isHeading(line)) continue;
    if (index >= MAX_LINES || domains.size >= MAX_DOMAINS) {
      leftOut += 1;
      continue;
    }
    const input = readDomainInput(firstCell(line), toAscii);
    if (!input.ok) {
      refusedCount += 1;
      if (refused.length < MAX_TOLD_LINES) refused.push(refusal(index + 1, input.message));
    } else if (domains.has(input.domain.key)) duplicates += 1;
    else domains.add(input.domain.key);
  }
  return { domains: [...domains], refused, refusedCount, duplicates, leftOut };
}

/** Characters of a line that are read: a domain, a mail address or a URL is shorter. */
const MAX_READ = 2500;
/** Characters; longer lines are no remarks, or remarks that nobody misses. */
const MAX_BLANK = 100_000;
/** Characters of a sentence about a line. */
const MAX_REFUSAL = 220;

function isRemark(line: string): boolean {
  const text = line.trimStart();
  return text === '' || text.startsWith('#');
}

/** Of a table, in quotes or not; what stands behind ` #` is a remark. */
function firstCell(line: string): string {
  const read = line.slice(0, MAX_READ).trim();
  // RFC 4180 §2: a quote inside quotes is doubled.
  const quoted = /^"((?:[^"]|"")*)"/.exec(read)?.[1];
  if (quoted !== undefined) return quoted.replaceAll('""', '"');
  // RFC 5322 §3.4: behind a name, which may hold commas, the address stands in angle brackets.
  const address = /<([^<>@\s]*@[^<>@\s]+)>$/.exec(read)?.[1];
  if (address !== undefined) return address;
  const [cell = ''] = read.replace(/\s#.*$/, '').split(/[,;\t]/, 1);
  return cell.trim();
}

function isHeading(line: string): boolean {
  const cell = firstCell(line).toLowerCase();
  return HEADINGS.has(cell) || (COLUMN_NAMES.has(cell) && /[,;\t]/.test(line));
}

const HEADINGS: ReadonlySet<string> = new Set(['domain', 'domains', 'domain name', 'domain_name']);
/** Words that head a column where there are others; alone they could be top-level domains. */
const COLUMN_NAMES: ReadonlySet<string> = new Set(
  'name host hostname email e-mail mail address url website site zone'.split(' '),
);

function refusal(line: number, message: string): string {
  const nothing = message.startsWith('Type a ') ? 'It names no domain.' : message;
  const sentence = `Line ${line}: ${printable(nothing)}`;
  return sentence.length <= MAX_REFUSAL ? sentence : `${sentence.slice(0, MAX_REFUSAL - 1)}…`;
}

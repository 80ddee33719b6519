/** Zone files (RFC 1035 §5, RFC 2308 §4): read for root hints, trust anchors and scripted servers. */
import { fail, succeed, type Result } from '../failure.ts';
import { nameFromText, ROOT, type Name } from './name.ts';
import { rdataFromTokens } from './rdata-from-text.ts';
import { CLASS_IN, type ResourceRecord } from './record.ts';
import { typeFromText } from './record-type.ts';
import { tokenizeZone, type Entry, type Token } from './zone-tokens.ts';

/** TTL of records in a file that names none at all. */
const DEFAULT_TTL_SECONDS = 3600;

interface State {
  readonly origin: Name;
  readonly owner: Name | null;
  readonly ttl: number;
}

/**
 * The records of a zone file; `$ORIGIN` and `$TTL` are obeyed, other directives refused. Names are
 * relative to `origin`. Fails as `malformed` with the line number.
 */
export function parseZoneFile(
  text: string,
  origin: Name = ROOT,
): Result<readonly ResourceRecord[]> {
  const entries = tokenizeZone(text);
  if (!entries.ok) return entries;
  const records: ResourceRecord[] = [];
  let state: State = { origin, owner: null, ttl: DEFAULT_TTL_SECONDS };
  for (const entry of entries.value) {
    const read = entry.tokens[0]?.text.startsWith('$')
      ? readDirective(entry, state)
      : readRecord(entry, state);
    if (!read.ok) return atLine(entry.line, read);
    state = read.value.state;
    if (read.value.record !== null) records.push(read.value.record);
  }
  return succeed(records);
}

/** Seconds, or BIND's units as in `1h30m`; null when it is neither or above 2^31 − 1. */
export function ttlFromText(text: string): number | null {
  if (!/^(\d+[smhdw]?)+$/i.test(text)) return null;
  const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
  let seconds = 0;
  for (const [, digits, unit] of text.matchAll(/(\d+)([smhdw]?)/gi)) {
    seconds += Number(digits) * (units[(unit ?? '').toLowerCase()] ?? 1);
  }
  return seconds <= 0x7fffffff ? seconds : null;
}

interface Read {
  readonly state: State;
  readonly record: ResourceRecord | null;
}

function readDirective(entry: Entry, state: State): Result<Read> {
  const [directive, argument] = entry.tokens.map((token) => token.text);
  if (directive?.toUpperCase() === '$ORIGIN' && argument !== undefined) {
    const origin = nameInZone(argument, state.origin);
    if (!origin.ok) return origin;
    return succeed({ state: { ...state, origin: origin.value }, record: null });
  }
  const ttl = directive?.toUpperCase() === '$TTL' ? ttlFromText(argument ?? '') : null;
  if (ttl === null) return malformed(`the directive ${directive ?? ''} cannot be read`);
  return succeed({ state: { ...state, ttl }, record: null });
}

function readRecord(entry: Entry, state: State): Result<Read> {
  const tokens = [...entry.tokens];
  let owner = state.owner;
  if (!entry.indented) {
    const named = nameInZone(tokens.shift()?.text ?? '', state.origin);
    if (!named.ok) return named;
    owner = named.value;
  }
  if (owner === null) return malformed('the first record names no owner');
  const head = readTtlAndClass(tokens, state.ttl);
  const typeText = tokens.shift()?.text ?? '';
  const type = typeFromText(typeText);
  if (type === null) return malformed(`“${typeText}” is not a record type`);
  const rdata = rdataFromTokens(type, tokens, (text) => nameInZone(text, state.origin));
  if (!rdata.ok) return rdata;
  return succeed({
    state: { ...state, owner },
    record: { name: owner, type, class: CLASS_IN, ttl: head, rdata: rdata.value },
  });
}

/** Takes `[ttl] [IN]` in either order off the front (RFC 1035 §5.1) and gives the TTL. */
function readTtlAndClass(tokens: Token[], fallback: number): number {
  let ttl = fallback;
  for (let count = 0; count < 2; count++) {
    const text = tokens[0]?.text ?? '';
    const seconds = ttlFromText(text);
    if (seconds !== null) ttl = seconds;
    else if (text.toUpperCase() !== 'IN') break;
    tokens.shift();
  }
  return ttl;
}

/** `@`, an absolute name, or one relative to the origin. */
function nameInZone(text: string, origin: Name): Result<Name> {
  if (text === '@') return succeed(origin);
  const absolute = text.endsWith('.') && !/(^|[^\\])(\\\\)*\\\.$/.test(text);
  if (absolute || origin.labels.length === 0) return nameFromText(text);
  return nameFromText(`${text}.${origin.key}`);
}

function atLine<T>(line: number, failed: Result<T>): Result<never> {
  if (failed.ok || failed.failure.kind !== 'malformed') return malformed(`line ${line}`);
  return malformed(`line ${line}: ${failed.failure.detail}`);
}

function malformed(detail: string): Result<never> {
  return fail({ kind: 'malformed', detail });
}

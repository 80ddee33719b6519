/** Reads an MTA-STS policy file (RFC 8461 §3.2). */
import { isMxPattern } from './mx-pattern.ts';
import { withoutWhiteSpaceBehind } from './white-space.ts';

export type MtaStsMode = 'enforce' | 'testing' | 'none';

export interface MtaStsPolicy {
  readonly mode: MtaStsMode;
  /** Seconds. */
  readonly maxAge: number;
  /** As written: a host name, or one with `*.` in front. */
  readonly mx: readonly string[];
}

export type PolicyReading =
  | { readonly ok: true; readonly policy: MtaStsPolicy }
  /** Words without a full stop. */
  | { readonly ok: false; readonly reason: string };

/** Octets of a policy file that are read (RFC 8461 §3.3 suggests 64 KB). */
export const MAX_POLICY_OCTETS = 64 * 1024;

/** RFC 8461 §3.2: about a year. */
const MAX_AGE_LIMIT_SECONDS = 31_557_600;

/** Lines and patterns that are looked at; 64 KiB of `mx: a` would be 11,000. */
const MAX_LINES = 1000;
const MAX_PATTERNS = 200;

export function readMtaStsPolicy(text: string): PolicyReading {
  const lines = linesOf(text);
  if (lines.every((line) => line === '')) return failed('the policy file is empty');
  if (lines.length > MAX_LINES) return failed(`the policy file has more than ${MAX_LINES} lines`);
  const fields: Field[] = [];
  for (const [index, line] of lines.entries()) {
    const field = readField(line);
    if (field === null) {
      return failed(`line ${index + 1} of the policy file is not “name: value”`);
    }
    fields.push(field);
  }
  return readPolicy(fields);
}

interface Field {
  readonly name: string;
  readonly value: string;
}

/** RFC 8461 §3.2: LF or CRLF ends a line, white space may stand before it; the last end may be missing. */
function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map(withoutWhiteSpaceBehind);
  return lines.slice(0, lines.at(-1) === '' ? -1 : undefined);
}

/** RFC 8461 §3.2 `sts-policy-ext-name`; a value has no control characters. */
function readField(line: string): Field | null {
  const [, name, value] = FIELD.exec(line) ?? [];
  return name === undefined || value === undefined ? null : { name, value };
}

// oxlint-disable-next-line no-control-regex -- keeping control characters out is what it is for
const FIELD =
  /^([A-Za-z0-9][A-Za-z0-9_.-]{0,31}):[ \t]*([^\u0000-\u0020\u007f][^\u0000-\u001f\u007f]*)$/;

function readPolicy(fields: readonly Field[]): PolicyReading {
  // RFC 8461 §3.2: of a field that may stand once, the first counts; unknown ones are passed over.
  const first = (name: string): string | null =>
    fields.find((field) => field.name === name)?.value ?? null;
  const version = first('version');
  if (version === null) return failed('the policy has no version');
  if (version !== 'STSv1') return failed('the version of the policy is not STSv1');
  const mode = first('mode');
  if (mode === null) return failed('the policy has no mode');
  if (!isMode(mode)) return failed('the mode of the policy is none of enforce, testing and none');
  const maxAge = first('max_age');
  if (maxAge === null) return failed('the policy has no max_age');
  if (!/^[0-9]{1,10}$/.test(maxAge)) return failed('max_age is not a number of seconds');
  if (Number(maxAge) > MAX_AGE_LIMIT_SECONDS) {
    return failed(`max_age is above ${MAX_AGE_LIMIT_SECONDS} seconds, the most that is allowed`);
  }
  const mx = fields.filter(({ name }) => name === 'mx').map(({ value }) => value);
  const problem = problemOfPatterns(mx, mode);
  return problem === null
    ? { ok: true, policy: { mode, maxAge: Number(maxAge), mx } }
    : failed(problem);
}

function problemOfPatterns(mx: readonly string[], mode: MtaStsMode): string | null {
  // RFC 8461 §3.2: with mode none there is nothing to hold a host against.
  if (mx.length === 0 && mode !== 'none') return 'the policy lists no mx';
  if (mx.length > MAX_PATTERNS) return `the policy lists more than ${MAX_PATTERNS} mx patterns`;
  const wrong = mx.find((pattern) => !isMxPattern(pattern));
  return wrong === undefined ? null : `“${wrong}” is no host name, nor one with “*.” in front`;
}

function isMode(text: string): text is MtaStsMode {
  return text === 'enforce' || text === 'testing' || text === 'none';
}

function failed(reason: string): PolicyReading {
  return { ok: false, reason };
}

/** `resolve NAME TYPE`: one validated look-up. */
import { domainToASCII } from 'node:url';
import { nameFromText, type Name } from '../../shared/dns/name.ts';
import { isMetaType, TYPE, typeFromText } from '../../shared/dns/record-type.ts';
import { printable } from '../../shared/findings/safe-text.ts';
import type { CoreOptions } from '../compose.ts';
import { compose } from './check.ts';
import { exitCodeOfResolve, type ExitCode } from './exit-code.ts';
import { UsageError } from './options.ts';
import { printLookUp } from './print-look-up.ts';
import type { Terminal } from './terminal.ts';

export interface ResolveRequest {
  readonly name: string;
  readonly type: string;
  readonly core: CoreOptions;
  readonly lab: boolean;
  readonly json: boolean;
}

export async function resolve(
  request: ResolveRequest,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const name = readName(request.name);
  const type = readType(request.type);
  const core = await compose(request);
  const lookUp = await core.resolve(name, type, signal);
  const at = Math.floor((request.core.at ?? Date.now()) / 1000);
  terminal.out(request.json ? JSON.stringify(lookUp) : printLookUp(lookUp, at, terminal));
  return exitCodeOfResolve(lookUp.security);
}

function readName(text: string): Name {
  const isAscii = [...text].every((character) => (character.codePointAt(0) ?? 0) < 0x80);
  const name = nameFromText(isAscii ? text : domainToASCII(text));
  if (text === '' || !name.ok) throw new UsageError(`“${printable(text)}” is not a domain name.`);
  return name.value;
}

function readType(text: string): number {
  const type = typeFromText(text.toUpperCase());
  if (type === null) {
    throw new UsageError(
      `“${printable(text)}” is not a record type; use a name such as TLSA, or TYPE52.`,
    );
  }
  // Neither is an RRset of its own that a signature could cover (RFC 4035 §2.2, RFC 8482).
  if (isMetaType(type) || type === TYPE.RRSIG) {
    throw new UsageError(`${text.toUpperCase()} cannot be looked up and validated.`);
  }
  return type;
}

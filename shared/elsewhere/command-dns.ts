/** The `dig` and `delv` commands that show a record, or the chain of trust to it, elsewhere. */
import { typeFromText } from '../dns/record-type.ts';
import { shellWord } from '../findings/safe-text.ts';

export interface DnsQuestion {
  /** As `Name.key`. */
  readonly name: string;
  /** Mnemonic, or `TYPEnnn`. */
  readonly type: string;
}

export interface AskedServer {
  readonly address: string;
  readonly port?: number | undefined;
  /** Over TCP from the first. */
  readonly tcp?: boolean | undefined;
}

/** Where the tool's own validation starts and whom it asks, when not the root's anchors and the system's resolver. */
export interface Validation {
  readonly server?: AskedServer | undefined;
  /** File in the format of `delv -a`. */
  readonly anchorFile?: string | undefined;
  /** Shows each look-up and validation on the way. */
  readonly verbose?: boolean | undefined;
}

const DNS_PORT = 53;

/** Asks one authoritative server by itself, as a resolver does. */
export function digCommand(question: DnsQuestion, server: AskedServer): string {
  const options = ['+norecurse', '+dnssec', ...(server.tcp === true ? ['+tcp'] : [])];
  return ['dig', ...options, ...serverWords(server), ...questionWords(question)].join(' ');
}

/** Walks from the root down to the answer, and shows each delegation with its DS and signatures. */
export function traceCommand(question: DnsQuestion, server?: AskedServer): string {
  const from = server === undefined ? [] : serverWords(server);
  return ['dig', '+trace', '+dnssec', ...from, ...questionWords(question)].join(' ');
}

/** Validates the answer from the root down, trusting no resolver's word. */
export function delvCommand(question: DnsQuestion, validation: Validation = {}): string {
  const { server, anchorFile, verbose = false } = validation;
  return [
    'delv',
    ...(verbose ? ['+rtrace', '+vtrace'] : []),
    ...(anchorFile === undefined ? [] : ['-a', shellWord(anchorFile)]),
    ...(server === undefined ? [] : serverWords(server)),
    ...questionWords(question),
  ].join(' ');
}

function serverWords({ address, port = DNS_PORT }: AskedServer): readonly string[] {
  const at = shellWord(`@${address}`);
  return port === DNS_PORT ? [at] : ['-p', String(port), at];
}

function questionWords({ name, type }: DnsQuestion): readonly string[] {
  // What is no type is named as one, so that it cannot be read as a name or a server.
  const typeWords = typeFromText(type) === null ? ['-t', shellWord(type)] : [type.toUpperCase()];
  return [nameWord(name), ...typeWords];
}

/** `dig` takes a word that starts with `+`, `@`, `-` or `%` for something else than a name, and `any` for a type. */
function nameWord(name: string): string {
  const absolute = name.includes('.') ? name : `${name}.`;
  return shellWord(absolute.replace(/^[^A-Za-z0-9_*.\\]/, decimalEscape));
}

/** `\DDD` (RFC 1035 §5.1). */
function decimalEscape(character: string): string {
  return `\\${String(character.charCodeAt(0)).padStart(3, '0')}`;
}

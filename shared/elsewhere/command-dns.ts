/** The `dig` and `delv` commands that show a record, or the chain of trust to it, elsewhere. */
import { typeFromText } from '../dns/record-type.ts';
import { dnsNameWord, shellWord } from '../findings/safe-text.ts';
import type { Report } from '../inspection/report.ts';

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

/** RFC 1035 §4.2. */
export const DNS_PORT = 53;

/** A name server at the port at which the run asked it. */
export function nameServer({ tool }: Report, address: string, tcp = false): AskedServer {
  return { address, port: tool.dnsPort, tcp };
}

/** The resolver that the run went by; undefined where it asked the authoritative servers itself. */
export function givenResolver({ tool }: Report): AskedServer | undefined {
  const [, address, port] = /^([0-9A-Fa-f.:]+)#(\d+)$/.exec(tool.resolver) ?? [];
  return address === undefined ? undefined : { address, port: Number(port) };
}

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
  return [dnsNameWord(name), ...typeWords];
}

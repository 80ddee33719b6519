/** A finding's parameters, read for wording: every value comes out safe for the place it is shown in. */
import type { Parameters } from './finding.ts';
import { dnsNameWord, printable, shellWord, zoneFileName } from './safe-text.ts';

/** What a finding says: a heading, plain sentences, and text to paste (empty when nothing is to be done). */
export interface Words {
  readonly title: string;
  readonly message: string;
  readonly remedy: string;
}

export type Wording = (facts: Facts) => Words;

export class Facts {
  readonly #subject: string;
  readonly #parameters: Parameters;

  constructor(subject: string, parameters: Parameters) {
    this.#subject = subject;
    this.#parameters = parameters;
  }

  /** The subject, for a sentence. */
  get subject(): string {
    return printable(this.#subject);
  }

  /** The subject, for a command line. */
  get subjectWord(): string {
    return shellWord(this.#subject);
  }

  /** The subject, for a zone file. */
  get subjectInZone(): string {
    return zoneFileName(this.#subject);
  }

  /** `dig` for a name server that is asked by itself, with the port where that is not 53. */
  get dig(): string {
    const port = this.number('dnsPort', 0);
    return port === 0 ? 'dig' : `dig -p ${port}`;
  }

  has(key: string): boolean {
    const value = this.#parameters[key];
    return value !== undefined && value !== null && value !== '' && value !== false;
  }

  /** The value for a sentence; `otherwise` when it is missing. */
  say(key: string, otherwise = 'unknown'): string {
    if (!this.has(key)) return otherwise;
    return printable(this.#text(key));
  }

  /** The value for a command line. */
  word(key: string, otherwise = ''): string {
    return shellWord(this.has(key) ? this.#text(key) : otherwise);
  }

  /** A server and its port as one word of a command line; an IPv6 address stands in brackets. */
  endpointWord(key: string, otherwise: string, port: number): string {
    const target = this.has(key) ? this.#text(key) : otherwise;
    return shellWord(target.includes(':') ? `[${target}]:${port}` : `${target}:${port}`);
  }

  /** The value for a `dig` line that asks for it. */
  nameWord(key: string): string {
    return dnsNameWord(this.#text(key));
  }

  inZone(key: string): string {
    return zoneFileName(this.#text(key));
  }

  number(key: string, otherwise: number): number {
    const value = this.#parameters[key];
    return typeof value === 'number' ? value : otherwise;
  }

  /** The values for a sentence or a block of text. */
  list(key: string): readonly string[] {
    return this.#list(key).map(printable);
  }

  /** The values for a command line. */
  words(key: string): readonly string[] {
    return this.#list(key).map(shellWord);
  }

  #list(key: string): readonly string[] {
    const value = this.#parameters[key];
    if (value === undefined || value === null || value === '') return [];
    return typeof value === 'object' ? value : [String(value)];
  }

  #text(key: string): string {
    return this.#list(key).join(', ');
  }
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** Lines of a remedy; empty parts fall out. */
export function lines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

/** A sentence from a reason that has no full stop; empty when there is none. */
export function because(facts: Facts, key = 'reason'): string {
  return facts.has(key) ? ` The reason: ${facts.say(key)}.` : '';
}

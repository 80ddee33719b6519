/** Reads what a person types or pastes for a mail domain: a name, an address, a URL, an IDN. */
import { nameFromText, type Name } from '../dns/name.ts';
import { printable } from '../findings/safe-text.ts';

export type DomainInput =
  | { readonly ok: true; readonly domain: Name }
  /** One plain sentence: what was typed, and what to type instead. */
  | { readonly ok: false; readonly message: string };

/**
 * `toAscii` turns an internationalised domain into A-labels (UTS #46) and gives an empty text when it
 * cannot; it is asked only about text that is not ASCII.
 */
export function readDomainInput(typed: string, toAscii: (domain: string) => string): DomainInput {
  const text = typed.trim();
  if (text === '') return refuse('Type a mail domain, for example example.org.');
  if (text.length > MAX_INPUT) return refuse('That is too long to be a domain.');
  const domain = stripTrailingDot(domainPart(text));
  const shown = `“${printable(text)}”`;
  const ascii = isAscii(domain) ? domain.toLowerCase() : toAscii(domain).toLowerCase();
  if (ascii === '') return refuse(`${shown} is not a domain; type a name such as example.org.`);
  if (isAddressLiteral(ascii)) {
    return refuse(
      `${shown} is an IP address; type the domain that stands after the @ of an address.`,
    );
  }
  const unfit = ascii.split('.').find((label) => !LABEL.test(label));
  if (unfit !== undefined) return refuse(`${shown} is not a domain: ${whatIsWrong(unfit)}.`);
  const name = nameFromText(ascii);
  if (!name.ok) return refuse(`${shown} is not a domain: it is longer than 253 characters.`);
  return { ok: true, domain: name.value };
}

/** Longer than any URL a person would paste. */
const MAX_INPUT = 2048;

/** Letters, digits, hyphens inside (RFC 1123 §2.1), and underscores, which DNS allows and some names use. */
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

function domainPart(text: string): string {
  const bare = text.replace(/^<(.*)>$/, '$1').replace(/^mailto:/i, '');
  const url = /^[a-z][a-z0-9+.-]*:\/\/([^/?#\\]*)/i.exec(bare);
  const authority = url?.[1] ?? bare.replace(/[/?#].*$/s, '');
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return host.replace(/:\d*$/, '');
}

function stripTrailingDot(domain: string): string {
  // IDNA takes these for full stops too (UTS #46 §2.3).
  return domain.replace(/[.\u3002\uff0e\uff61]$/, '');
}

function isAscii(text: string): boolean {
  return [...text].every((character) => (character.codePointAt(0) ?? 0) < 0x80);
}

function isAddressLiteral(domain: string): boolean {
  return domain.includes(':') || domain.includes('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(domain);
}

function whatIsWrong(label: string): string {
  if (label === '') return 'there is nothing between two dots';
  if (label.length > 63) return 'a part of it is longer than 63 characters';
  if (/^-|-$/.test(label)) return `“${printable(label)}” begins or ends with a hyphen`;
  return `“${printable(label)}” holds a character that no mail domain has`;
}

function refuse(message: string): DomainInput {
  return { ok: false, message };
}

/** Which of the names in certificates and requests can be a mail host's (RFC 5280 §4.2.1.6, RFC 1123 §2.1). */
import type { Arranged } from '../material/arrange.ts';

/** Names to offer as hosts: in the order of the material, each once, without wildcards. */
export function namesOffered(arranged: Arranged): readonly string[] {
  return [...new Set(namesIn(arranged).flatMap((name) => hostName(name) ?? []))];
}

/** Names such as `*.example.org`, which stand for hosts that only the person knows. */
export function wildcardsIn(arranged: Arranged): readonly string[] {
  const wildcards = namesIn(arranged).filter(
    (name) => hostName(name.replace(/^\*\./, '')) !== null,
  );
  return [...new Set(wildcards.map((name) => name.toLowerCase()))].filter(isWildcard);
}

/** The first of a certificate's or a request's names that can be a host's; null where there is none. */
export function firstHostName(names: readonly string[]): string | null {
  for (const name of names) {
    const host = hostName(name);
    if (host !== null) return host;
  }
  return null;
}

function namesIn({ servers, keys }: Arranged): readonly string[] {
  return [
    ...servers.flatMap(({ certificate }) => certificate.names),
    ...keys.flatMap((key) => key.names),
  ];
}

function isWildcard(name: string): boolean {
  return name.startsWith('*.');
}

/** In lower case and without a trailing dot; null for wildcards, addresses, single labels and anything else. */
function hostName(name: string): string | null {
  const host = name.toLowerCase().replace(/\.$/, '');
  const labels = host.split('.');
  const isHost = labels.length > 1 && labels.every((label) => LABEL.test(label));
  return isHost && host.length <= MAX_HOST_CHARACTERS && !/^\d+$/.test(labels.at(-1) ?? '')
    ? host
    : null;
}

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** RFC 1035 §3.1: 253 characters, of which `_65535._tcp.` takes twelve. */
const MAX_HOST_CHARACTERS = 241;

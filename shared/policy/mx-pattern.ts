/** Holds MX hosts against the patterns of an MTA-STS policy (RFC 8461 §4.1). */

/** Hosts that no pattern covers; names in lower case, A-labels, without a trailing dot. */
export function uncoveredHosts(
  hosts: readonly string[],
  patterns: readonly string[],
): readonly string[] {
  return hosts.filter((host) => !patterns.some((pattern) => matchesPattern(host, pattern)));
}

/** RFC 8461 §4.1: `*` stands for the whole left-most label, and for one label only. */
export function matchesPattern(host: string, pattern: string): boolean {
  const wanted = lowerCase(pattern);
  if (!wanted.startsWith('*.')) return host === wanted;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot + 1) === wanted.slice(2);
}

/** RFC 8461 §3.2: `["*."] Domain` (RFC 5321 §4.1.2); letters, digits and hyphens of ASCII only. */
export function isMxPattern(text: string): boolean {
  const name = text.startsWith('*.') ? text.slice(2) : text;
  return name.length <= MAX_NAME_CHARACTERS && name.split('.').every((label) => LABEL.test(label));
}

/** RFC 1035 §2.3.4, without the dot at the end. */
const MAX_NAME_CHARACTERS = 253;

/** Underscores are no part of a host name, yet in use; they harm nobody here. */
const LABEL = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

/** RFC 4343: ASCII letters only; a Kelvin sign is no `k`. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

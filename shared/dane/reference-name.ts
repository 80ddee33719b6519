/** Whether a certificate names the server we meant (RFC 7672 §3.2.3, RFC 6125 §6.4). */

/** The first of the certificate's names that stands for one of the reference names, or null. */
export function findMatchingName(
  presented: readonly string[],
  references: readonly string[],
): string | null {
  const hosts = references.map(hostLabels).filter((labels) => labels !== null);
  return presented.find((name) => hosts.some((labels) => namesHost(name, labels))) ?? null;
}

/** A label of a host name in A-label form; underscores are seen in practice. */
const HOST_LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
/** `*.org` would name every domain below a TLD: two labels must follow the asterisk. */
const MIN_LABELS_BELOW_WILDCARD = 2;

/** RFC 6125 §6.4.1: labels compare without regard to ASCII case. */
function namesHost(presented: string, host: readonly string[]): boolean {
  const [first = '', ...rest] = lowerAscii(presented).split('.');
  // RFC 6125 §6.4.3: an asterisk counts only as the whole left-most label, and for one label.
  if (first === '*') {
    if (rest.length < MIN_LABELS_BELOW_WILDCARD || !rest.every(isHostLabel)) return false;
    // OpenSSL, and so Postfix, lets an asterisk neither stand for nor stand before an underscore.
    return !host.some((label) => label.includes('_')) && sameLabels(rest, host.slice(1));
  }
  const labels = [first, ...rest];
  return labels.every(isHostLabel) && sameLabels(labels, host);
}

/** Labels of a reference name, a final dot allowed; null when it is no host name. */
function hostLabels(reference: string): readonly string[] | null {
  const labels = lowerAscii(reference).replace(/\.$/, '').split('.');
  return labels.every(isHostLabel) ? labels : null;
}

/** ASCII letters only: elsewhere the Kelvin sign (U+212A) of a common name becomes a plain k. */
function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function isHostLabel(label: string): boolean {
  return HOST_LABEL.test(label);
}

function sameLabels(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((label, index) => label === b[index]);
}

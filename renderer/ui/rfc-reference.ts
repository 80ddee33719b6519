/** The address of the clause that a finding cites. */

/** `RFC 7672 §2.2.1` → the RFC editor's page at that section; null for text that cites no RFC. */
export function rfcAddress(reference: string): string | null {
  const match = /^RFC (\d{1,5})(?: §([0-9A-Z](?:[0-9.]*[0-9])?))?/.exec(reference);
  if (match === null) return null;
  const [, number, section] = match;
  const page = `https://www.rfc-editor.org/rfc/rfc${number}`;
  return section === undefined ? page : `${page}#section-${section}`;
}

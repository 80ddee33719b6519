/** Instants as a person reads them. */

/** `2026-11-24 15:03:00 UTC`; what is no instant in ISO 8601 UTC stays as it is. */
export function instant(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(text);
  return match === null ? text : `${match[1]} ${match[2]} UTC`;
}

/** Records and names in the little room that cards and bars have. */

/** Hex digits that tell two records apart for the eye. */
const SHOWN_DIGITS = 8;
const GROUP_DIGITS = 4;

/** `3 1 1 7f31d0aa 9c02 … e451`: the beginning and the end, as people compare them. */
export function shortRecord(record: string): string {
  const [numbers, data] = split(record);
  if (data.length <= SHOWN_DIGITS + 2 * GROUP_DIGITS) return record;
  const first = data.slice(0, SHOWN_DIGITS);
  const second = data.slice(SHOWN_DIGITS, SHOWN_DIGITS + GROUP_DIGITS);
  return `${numbers} ${first} ${second} … ${data.slice(-GROUP_DIGITS)}`;
}

/** `3 1 1 7f31d0aa…`. */
export function briefRecord(record: string): string {
  const [numbers, data] = split(record);
  return data.length <= SHOWN_DIGITS ? record : `${numbers} ${data.slice(0, SHOWN_DIGITS)}…`;
}

function split(record: string): readonly [string, string] {
  const words = record.split(' ');
  return [words.slice(0, 3).join(' '), words.slice(3).join('')];
}

/** The common name of an RFC 4514 name, where it has one that needs no unescaping; else all of it. */
export function commonName(name: string): string {
  return /(?:^|(?<!\\),)\s*CN=([^,\\+]+)(?=$|[,+])/i.exec(name)?.[1] ?? name;
}

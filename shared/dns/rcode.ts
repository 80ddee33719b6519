/** Response codes (IANA DNS RCODEs; RFC 1035 §4.1.1, RFC 2136, RFC 6891 §6.1.3). */

export const RCODE = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
  YXRRSET: 7,
  NXRRSET: 8,
  NOTAUTH: 9,
  NOTZONE: 10,
  DSOTYPENI: 11,
  BADVERS: 16,
  BADKEY: 17,
  BADTIME: 18,
  BADMODE: 19,
  BADNAME: 20,
  BADALG: 21,
  BADTRUNC: 22,
  BADCOOKIE: 23,
} as const;

const mnemonics = new Map<number, string>(
  Object.entries(RCODE).map(([mnemonic, number]) => [number, mnemonic]),
);

/** The mnemonic, or `RCODEnn`. */
export function rcodeToText(rcode: number): string {
  return mnemonics.get(rcode) ?? `RCODE${rcode}`;
}

/** TLSA RDATA (RFC 6698 §2.1) with the acronyms of RFC 7218. */

export interface Tlsa {
  readonly usage: number
  readonly selector: number
  readonly matchingType: number
  /** Certificate association data. */
  readonly data: Uint8Array
}

/** Domain names as labels of bytes (RFC 1035 §3.1, RFC 4343), never as text with dots. */

export interface Name {
  /** Left-most label first, without the root's empty label; case as received. */
  readonly labels: readonly Uint8Array[]
  /**
   * Lower-case presentation form without the trailing dot, `.` for the root; dots, backslashes and
   * bytes outside 0x21–0x7e inside a label are escaped (RFC 1035 §5.1), so equal keys are equal names.
   */
  readonly key: string
}

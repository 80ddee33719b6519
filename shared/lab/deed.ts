/** What became of the mail in one situation, as far as the servers can see it. */
export type Deed =
  /** The mail was taken over TLS; whether the certificate was verified cannot be seen. */
  | 'delivered-tls'
  | 'delivered-clear'
  /** The sender left without giving the mail, or did not come after it had looked the records up. */
  | 'refused'
  /** It took injected plaintext for an answer of the server. */
  | 'fooled';

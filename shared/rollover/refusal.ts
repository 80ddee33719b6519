/** Why no safe plan can be made. */

export type Refusal =
  /** The zone is not signed, or not with anything that counts: TLSA records prove nothing there. */
  | { readonly code: 'insecure'; readonly owner: string }
  /** The look-up fails or does not validate: nobody knows what caches hold. */
  | {
      readonly code: 'failed';
      readonly owner: string;
      readonly status: 'bogus' | 'indeterminate';
      readonly reason: string | null;
    }
  /** Without a signed address of the host, senders do not look for its records (RFC 7672 §2.2.2). */
  | { readonly code: 'not-applicable'; readonly host: string; readonly hasAddress: boolean }
  | { readonly code: 'nothing-to-come' }
  /** RFC 7671 §9: a stronger digest in the set would make senders ignore the record of a key in use… */
  | { readonly code: 'digest-shadows-current'; readonly kind: string }
  /** …or that of a key to come. */
  | { readonly code: 'digest-shadows-next'; readonly kind: string };

/** What a report says whose answers were not validated from the keys of the real root (RFC 4033 §5). */

export const OWN_TRUST =
  'Validated from trust anchors of its own: nothing in it is proven by the keys of the real root.';

/** Behind the name of the resolver, where there is no room for a sentence. */
export const OWN_TRUST_MARK = ', own trust anchors';

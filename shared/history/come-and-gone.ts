/** What of two collections is only in one of them; order and repetition are no change. */

export function comeAndGone<T extends string | number>(
  before: Iterable<T>,
  now: Iterable<T>,
): { readonly come: readonly T[]; readonly gone: readonly T[] } {
  const old = new Set(before);
  const fresh = new Set(now);
  return {
    come: [...fresh].filter((each) => !old.has(each)),
    gone: [...old].filter((each) => !fresh.has(each)),
  };
}

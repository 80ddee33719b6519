/** Work put off until somebody asks for it, then done a single time: most of the lab is never looked at. */

export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

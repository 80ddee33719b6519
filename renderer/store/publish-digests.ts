/** Digests that are worked out once for the same octets: choices change often, a thousand certificates do not. */
import { digests, type Digests } from '../../shared/publish/digests.ts';

export const keptDigests: Digests = {
  sha256: kept((data) => digests.sha256(data)),
  sha512: kept((data) => digests.sha512(data)),
};

/** By identity: material is never changed once it has been read. */
function kept(digest: (data: Uint8Array) => Uint8Array): (data: Uint8Array) => Uint8Array {
  const known = new WeakMap<Uint8Array, Uint8Array>();
  return (data) => {
    const before = known.get(data);
    if (before !== undefined) return before;
    const made = digest(data);
    known.set(data, made);
    return made;
  };
}

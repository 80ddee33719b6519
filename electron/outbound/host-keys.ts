/** Keys of the mail hosts and of their issuer: kept, so that the records that resolvers remember hold after a restart. */
import { makeKeys, restoreEcdsaKeys, type CertificateKeys } from '../lab/certificate-issuer.ts';

/** PKCS #8, base64, by whose they are. */
export type KeptKeys = Readonly<Record<string, string>>;

/** The host’s name without the base; the same for every base, so that no name is kept twice. */
export type KeyOwner = string;

export interface HostKeys {
  /** Those that were kept, or new ones from then on. */
  of(owner: KeyOwner): CertificateKeys;
  /** All that were asked for or kept. */
  kept(): KeptKeys;
}

/** What cannot be read as a key is made anew. */
export function createHostKeys(kept: KeptKeys): HostKeys {
  const known = new Map<KeyOwner, CertificateKeys>();
  for (const [owner, text] of Object.entries(kept)) {
    const keys = restoreEcdsaKeys(Buffer.from(text, 'base64'));
    if (keys !== null) known.set(owner, keys);
  }
  return {
    of(owner) {
      // ECDSA: every client can do it, and a key takes a millisecond.
      const keys = known.get(owner) ?? makeKeys('ecdsa');
      known.set(owner, keys);
      return keys;
    },
    kept: () =>
      Object.fromEntries(
        [...known].map(([owner, { privateKey }]) => [
          owner,
          Buffer.from(privateKey).toString('base64'),
        ]),
      ),
  };
}

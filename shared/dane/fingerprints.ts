/** Everything that people are known to publish of a certificate, by mistake or rightly (RFC 6698 §2.1). */
import { toHex } from '../dns/bytes.ts';
import type { Certificate } from '../x509/certificate.ts';
import { bytesToBase64 } from '../x509/encoding.ts';
import type { AssociationCrypto } from './association.ts';

/** One way to publish a certificate or its key. */
export interface Fingerprint {
  /** Lower-case hex. */
  readonly data: string;
  readonly kind: 'certificate' | 'key' | 'pem-certificate' | 'pem-key' | 'empty-input';
  /** The digest that it is, or the octets themselves. */
  readonly algorithm: 'SHA2-256' | 'SHA2-512' | 'Full';
}

/** Octets first, then text: the more likely comes first. */
export function fingerprintsOf(
  { der, spki }: Certificate,
  crypto: AssociationCrypto,
): readonly Fingerprint[] {
  return [
    ...digests(spki, 'key', crypto),
    ...digests(der, 'certificate', crypto),
    ...whole(spki, 'key'),
    ...whole(der, 'certificate'),
    ...ofText(pemTexts('PUBLIC KEY', spki), 'pem-key', crypto),
    ...ofText(pemTexts('CERTIFICATE', der), 'pem-certificate', crypto),
  ];
}

/** What a script publishes whose pipe was empty. */
export function fingerprintsOfNothing(crypto: AssociationCrypto): readonly Fingerprint[] {
  return digests(new Uint8Array(0), 'empty-input', crypto);
}

/** The text of a file, hashed or published without being decoded first. */
function ofText(
  texts: readonly Uint8Array[],
  kind: Fingerprint['kind'],
  crypto: AssociationCrypto,
): readonly Fingerprint[] {
  return texts.flatMap((text) => [...digests(text, kind, crypto), ...whole(text, kind)]);
}

/** Octets of data that are remembered whole: real certificates have two or three thousand, a hostile one up to 100 KiB. */
const MAX_WHOLE_OCTETS = 8 * 1024;

function whole(octets: Uint8Array, kind: Fingerprint['kind']): readonly Fingerprint[] {
  if (octets.length > MAX_WHOLE_OCTETS) return [];
  return [{ data: toHex(octets), kind, algorithm: 'Full' }];
}

function digests(
  octets: Uint8Array,
  kind: Fingerprint['kind'],
  crypto: AssociationCrypto,
): readonly Fingerprint[] {
  return [
    { data: toHex(crypto.sha256(octets)), kind, algorithm: 'SHA2-256' },
    { data: toHex(crypto.sha512(octets)), kind, algorithm: 'SHA2-512' },
  ];
}

/** RFC 7468, as files hold it and as a shell's `$(…)` hands it on: with and without the last line end. */
function pemTexts(label: string, octets: Uint8Array): readonly Uint8Array[] {
  const body = bytesToBase64(octets).match(/.{1,64}/g) ?? [];
  const lines = [`-----BEGIN ${label}-----`, ...body, `-----END ${label}-----`];
  return ['\n', '\r\n'].flatMap((end) => {
    const text = lines.join(end);
    return [ascii(text + end), ascii(text)];
  });
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

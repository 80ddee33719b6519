/** Makes certificates for tests byte by byte, so that each rule can be broken on its own. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

export interface Pair {
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
}

export interface Recipe {
  readonly subject?: string;
  /** DER of the subject in place of a mere common name. */
  readonly subjectDer?: Uint8Array;
  readonly issuer?: string;
  readonly issuerDer?: Uint8Array;
  readonly key?: Pair;
  /** Defaults to the subject's own key. */
  readonly signer?: Pair;
  readonly notBefore?: Uint8Array;
  readonly notAfter?: Uint8Array;
  readonly extensions?: readonly Uint8Array[];
  /** null leaves the version out, which means 1. */
  readonly version?: number | null;
  /** Algorithm named outside the signed part. */
  readonly outerAlgorithm?: Uint8Array;
  readonly spki?: Uint8Array;
}

export function makePair(): Pair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, spki: publicKey.export({ format: 'der', type: 'spki' }) };
}

/** Noon of the day on which tests are judged. */
export const NOON = Date.UTC(2026, 10, 24, 12);

const SOME_PAIR = makePair();

export function makeCertificate(recipe: Recipe = {}): Uint8Array {
  const key = recipe.key ?? SOME_PAIR;
  const signer = recipe.signer ?? key;
  const subject = recipe.subject ?? 'mx.example.org';
  const version = recipe.version === undefined ? 2 : recipe.version;
  const extensions = recipe.extensions ?? [];
  const tbs = tlv(
    0x30,
    ...(version === null ? [] : [tlv(0xa0, tlv(0x02, bytes(version)))]),
    tlv(0x02, bytes(0x01, 0x23)),
    ECDSA_SHA256,
    recipe.issuerDer ?? commonName(recipe.issuer ?? subject),
    tlv(
      0x30,
      recipe.notBefore ?? utcTime('260101000000Z'),
      recipe.notAfter ?? utcTime('270101000000Z'),
    ),
    recipe.subjectDer ?? commonName(subject),
    recipe.spki ?? key.spki,
    ...(extensions.length === 0 ? [] : [tlv(0xa3, tlv(0x30, ...extensions))]),
  );
  const signature = sign('sha256', tbs, signer.privateKey);
  return tlv(0x30, tbs, recipe.outerAlgorithm ?? ECDSA_SHA256, tlv(0x03, bytes(0), signature));
}

/** One element; the length in the shortest form. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : length < 0x10000
          ? [tag, 0x82, length >> 8, length & 0xff]
          : [tag, 0x83, length >> 16, (length >> 8) & 0xff, length & 0xff];
  return new Uint8Array(Buffer.concat([Buffer.from(header), content]));
}

export function bytes(...octets: readonly number[]): Uint8Array {
  return Uint8Array.from(octets);
}

export function ascii(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
    return digits;
  });
  return tlv(0x06, bytes(...octets));
}

export const ECDSA_SHA256 = tlv(0x30, oid('1.2.840.10045.4.3.2'));

export function utcTime(text: string): Uint8Array {
  return tlv(0x17, ascii(text));
}

export function generalizedTime(text: string): Uint8Array {
  return tlv(0x18, ascii(text));
}

export function attribute(type: string, value: Uint8Array): Uint8Array {
  return tlv(0x31, tlv(0x30, oid(type), value));
}

export function utf8String(text: string): Uint8Array {
  return tlv(0x0c, new Uint8Array(Buffer.from(text, 'utf8')));
}

export function commonName(text: string): Uint8Array {
  return tlv(0x30, attribute('2.5.4.3', utf8String(text)));
}

export function extension(type: string, value: Uint8Array, critical = false): Uint8Array {
  return tlv(0x30, oid(type), ...(critical ? [tlv(0x01, bytes(0xff))] : []), tlv(0x04, value));
}

export function dnsNames(...names: readonly string[]): Uint8Array {
  return extension('2.5.29.17', tlv(0x30, ...names.map((name) => tlv(0x82, ascii(name)))));
}

export function basicConstraints(isCa: boolean, pathLength: number | null = null): Uint8Array {
  const flag = isCa ? [tlv(0x01, bytes(0xff))] : [];
  const length = pathLength === null ? [] : [tlv(0x02, bytes(pathLength))];
  return extension('2.5.29.19', tlv(0x30, ...flag, ...length), true);
}

/** RFC 5280 §4.2.1.2 and §4.2.1.1: which key it is, and which one has signed it. */
export function keyIds(own: number, issuer: number): readonly Uint8Array[] {
  return [
    extension('2.5.29.14', tlv(0x04, bytes(own))),
    extension('2.5.29.35', tlv(0x30, tlv(0x80, bytes(issuer)))),
  ];
}

export const KEY_USAGE = { digitalSignature: 0x80, keyCertSign: 0x04, cRLSign: 0x02 } as const;

export function keyUsage(bits: number): Uint8Array {
  return extension('2.5.29.15', tlv(0x03, bytes(0, bits)), true);
}

export function extendedKeyUsage(...usages: readonly string[]): Uint8Array {
  return extension('2.5.29.37', tlv(0x30, ...usages.map(oid)));
}

/** Subtrees are whole GeneralNames. */
export function nameConstraints(
  permitted: readonly Uint8Array[],
  excluded: readonly Uint8Array[] = [],
): Uint8Array {
  const subtrees = (tag: number, names: readonly Uint8Array[]): readonly Uint8Array[] =>
    names.length === 0 ? [] : [tlv(tag, ...names.map((name) => tlv(0x30, name)))];
  return extension(
    '2.5.29.30',
    tlv(0x30, ...subtrees(0xa0, permitted), ...subtrees(0xa1, excluded)),
    true,
  );
}

/** A server with keys of several kinds, which sends the one that the client can check (RFC 8446 §4.2.3, RFC 5246 §7.4.1.4.1). */
import type { Duplex } from 'node:stream';
import { readUint16 } from '../../shared/dns/bytes.ts';
import type { KeyType } from '../../shared/x509/issue.ts';
import { createTlsAcceptor, type TlsIdentity } from '../net/tls-accept.ts';
import { once } from './once.ts';

export interface KeyedIdentity {
  readonly keyType: KeyType;
  readonly identity: TlsIdentity;
}

/** Calls back with the secured stream; at once where there is nothing to choose. */
export type AcceptTls = (stream: Duplex, take: (secured: Duplex) => void) => void;

/**
 * The first identity is preferred. A library may hold several certificates itself, but BoringSSL does not,
 * so the client's hello is read here.
 */
export function createChoosingAcceptor(identities: readonly KeyedIdentity[]): AcceptTls {
  const choices = identities.map(({ keyType, identity }) => ({
    keyType,
    accept: once(() => createTlsAcceptor({ identities: [identity] })),
  }));
  const [preferred] = choices;
  if (preferred === undefined) throw new Error('a server without any certificate');
  if (choices.length === 1) return (stream, take) => take(preferred.accept()(stream));
  return (stream, take) => {
    readHello(stream, (hello) => {
      const schemes = signatureSchemes(hello);
      const chosen = choices.find(({ keyType }) => schemes.some(isOf(keyType))) ?? preferred;
      take(chosen.accept()(stream));
    });
  };
}

const RECORD_HEADER_OCTETS = 5;
const CONTENT_HANDSHAKE = 22;
/** Octets of the first record that are waited for (RFC 8446 §5.1). */
const MAX_RECORD_OCTETS = 16_384;

/** Hands the first record on, and puts all that came back for TLS to read. */
function readHello(stream: Duplex, then: (hello: Uint8Array) => void): void {
  let arrived = Buffer.alloc(0);
  const onData = (chunk: Uint8Array): void => {
    arrived = Buffer.concat([arrived, chunk]);
    if (!isWhole(arrived)) return;
    stream.off('data', onData);
    stream.pause();
    stream.unshift(arrived);
    then(arrived);
  };
  stream.on('data', onData);
  stream.resume();
}

function isWhole(bytes: Uint8Array): boolean {
  if (bytes.length < RECORD_HEADER_OCTETS) return false;
  const length = Math.min(readUint16(bytes, 3), MAX_RECORD_OCTETS);
  return bytes[0] !== CONTENT_HANDSHAKE || bytes.length >= RECORD_HEADER_OCTETS + length;
}

const EXTENSION_SIGNATURE_ALGORITHMS = 13;
/** Record header, handshake header, version, random. */
const SESSION_ID_AT = 43;

/** What the hello says the client can check; empty where it says nothing that can be read. */
function signatureSchemes(hello: Uint8Array): readonly number[] {
  const octet = (at: number): number => hello[at] ?? 0;
  const pair = (at: number): number => octet(at) * 256 + octet(at + 1);
  const ciphersAt = SESSION_ID_AT + 1 + octet(SESSION_ID_AT);
  const compressionAt = ciphersAt + 2 + pair(ciphersAt);
  let at = compressionAt + 1 + octet(compressionAt) + 2;
  while (at + 4 <= hello.length) {
    const length = pair(at + 2);
    if (pair(at) === EXTENSION_SIGNATURE_ALGORITHMS) {
      const count = Math.min(pair(at + 4), hello.length - at - 6) / 2;
      return Array.from({ length: Math.max(0, Math.floor(count)) }, (_, n) => pair(at + 6 + 2 * n));
    }
    at += 4 + length;
  }
  return [];
}

/** RFC 8446 §4.2.3: the low octet tells ECDSA and, for the older schemes, RSA; RSA-PSS and EdDSA have codes of their own. */
function isOf(keyType: KeyType): (scheme: number) => boolean {
  switch (keyType) {
    case 'ecdsa':
      return (scheme) => (scheme & 0xff) === 3 && scheme < 0x0800;
    case 'rsa':
      return (scheme) =>
        ((scheme & 0xff) === 1 && scheme < 0x0800) || (scheme >= 0x0804 && scheme <= 0x0806);
    case 'ed25519':
      return (scheme) => scheme === 0x0807;
  }
}

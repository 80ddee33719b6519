/** The server's side of TLS over any byte stream, for the lab and for tests. */
import { createSecureContext, TLSSocket, type SecureContext, type SecureVersion } from 'node:tls';
import type { Duplex } from 'node:stream';
import { underlayOf } from './byte-tee.ts';

export interface TlsIdentity {
  /** DER, in the order in which they are to be sent; the first belongs to the key. */
  readonly chain: readonly Uint8Array[];
  /** PKCS #8, DER. */
  readonly privateKey: Uint8Array;
}

export interface TlsServerSettings {
  /** Several for several key types; BoringSSL takes one only. */
  readonly identities: readonly TlsIdentity[];
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
  /** OpenSSL cipher list. */
  readonly ciphers?: string;
  /** Groups, by name and in order (a server that prefers another group asks for a second hello). */
  readonly groups?: string;
}

export type { TLSSocket };

/** Makes what every connection shares; takes about a millisecond, so do it once a server. */
export function createTlsAcceptor(settings: TlsServerSettings): (stream: Duplex) => TLSSocket {
  const context = contextFor(settings);
  return (stream) => {
    const secured = new TLSSocket(
      underlayOf(stream, () => undefined),
      { isServer: true, secureContext: context },
    );
    secured.on('error', () => undefined);
    return secured;
  };
}

function contextFor(settings: TlsServerSettings): SecureContext {
  return createSecureContext({
    cert: settings.identities.map((identity) => chainToPem(identity.chain)),
    key: settings.identities.map((identity) => ({ pem: privateKeyToPem(identity.privateKey) })),
    ...(settings.minVersion ? { minVersion: settings.minVersion } : {}),
    ...(settings.maxVersion ? { maxVersion: settings.maxVersion } : {}),
    ...(settings.ciphers ? { ciphers: settings.ciphers } : {}),
    ...(settings.groups ? { ecdhCurve: settings.groups } : {}),
  });
}

export function chainToPem(chain: readonly Uint8Array[]): string {
  return chain.map((der) => pem('CERTIFICATE', der)).join('');
}

export function privateKeyToPem(der: Uint8Array): string {
  return pem('PRIVATE KEY', der);
}

/** RFC 7468 §2: base64 in lines of 64 characters. */
function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

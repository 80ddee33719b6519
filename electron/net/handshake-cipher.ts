/** Opens the server's TLS 1.3 handshake records with the secret of one's own session (RFC 8446 §5.2, §7.3). */
import { createDecipheriv, createHmac } from 'node:crypto';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';

/** Opens the next record; null when it was not sealed under the handshake key. */
export type RecordOpener = (header: Uint8Array, body: Uint8Array) => Uint8Array | null;

interface Suite {
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305';
  readonly keyBytes: number;
  readonly hash: 'sha256' | 'sha384';
}

/** TLS 1.3 cipher suites that OpenSSL and BoringSSL offer (RFC 8446 §B.4). */
const SUITES: ReadonlyMap<number, Suite> = new Map<number, Suite>([
  [0x1301, { cipher: 'aes-128-gcm', keyBytes: 16, hash: 'sha256' }],
  [0x1302, { cipher: 'aes-256-gcm', keyBytes: 32, hash: 'sha384' }],
  [0x1303, { cipher: 'chacha20-poly1305', keyBytes: 32, hash: 'sha256' }],
]);

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Null for a suite we do not know. Records must be opened in order: each has its own nonce. */
export function openingKeys(cipherSuite: number, secret: Uint8Array): RecordOpener | null {
  const suite = SUITES.get(cipherSuite);
  if (suite === undefined) return null;
  const key = expandLabel(suite.hash, secret, 'key', suite.keyBytes);
  const iv = expandLabel(suite.hash, secret, 'iv', NONCE_BYTES);
  let sequence = 0;
  return (header, body) => {
    if (body.length <= TAG_BYTES) return null;
    const nonce = nonceFor(iv, sequence);
    sequence += 1;
    return open(suite, key, nonce, header, body);
  };
}

function open(
  suite: Suite,
  key: Uint8Array,
  nonce: Uint8Array,
  header: Uint8Array,
  body: Uint8Array,
): Uint8Array | null {
  try {
    // Electron 25 negotiates ChaCha20 but has no decipher for it.
    if (suite.cipher === 'chacha20-poly1305') {
      return chacha20poly1305(key, nonce, header).decrypt(body);
    }
    const decipher = createDecipheriv(suite.cipher, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(header, { plaintextLength: body.length - TAG_BYTES });
    decipher.setAuthTag(body.subarray(body.length - TAG_BYTES));
    const opened = decipher.update(body.subarray(0, body.length - TAG_BYTES));
    return Buffer.concat([opened, decipher.final()]);
  } catch {
    // Authentication failed: the server has gone on to its application key, the handshake is over.
    return null;
  }
}

/** RFC 8446 §5.3: the sequence number, padded on the left, XORed with the IV. */
function nonceFor(iv: Uint8Array, sequence: number): Uint8Array {
  const nonce = new Uint8Array(iv);
  const view = new DataView(nonce.buffer, NONCE_BYTES - 4);
  view.setUint32(0, (view.getUint32(0) ^ sequence) >>> 0);
  return nonce;
}

/** HKDF-Expand-Label with an empty context (RFC 8446 §7.1, RFC 5869 §2.3). */
function expandLabel(hash: string, secret: Uint8Array, label: string, length: number): Uint8Array {
  const name = Buffer.from(`tls13 ${label}`, 'latin1');
  const info = Buffer.concat([
    Buffer.from([length >> 8, length & 0xff, name.length]),
    name,
    Buffer.from([0]),
  ]);
  // At most 32 bytes are wanted of a hash of at least 32: one block is enough.
  const block = createHmac(hash, secret)
    .update(info)
    .update(Buffer.from([1]))
    .digest();
  return new Uint8Array(block.subarray(0, length));
}

/** Reads the certificate list from the server's own handshake bytes (RFC 8446 §4.4.2, RFC 5246 §7.4.2). */
import { openingKeys, type RecordOpener } from './handshake-cipher.ts';

export interface PresentedChain {
  /** DER, in the server's order. */
  readonly certificates: readonly Uint8Array[];
  /** False when one of our bounds cut the list. */
  readonly complete: boolean;
}

/** Certificates read from one server; a path has at most 9 (Postfix), lists in the wild seldom 6. */
export const MAX_CERTIFICATES = 100;

/** Bytes of certificates read; OpenSSL's own bound on a certificate list (SSL_CTX_set_max_cert_list). */
export const MAX_CHAIN_BYTES = 100 * 1024;

/**
 * `received` is everything the server sent from its first TLS record on; `handshakeSecret` the
 * SERVER_HANDSHAKE_TRAFFIC_SECRET of a TLS 1.3 session. Null when no certificate list could be read.
 */
export function readPresentedChain(
  received: Uint8Array,
  handshakeSecret: Uint8Array | null,
): PresentedChain | null {
  let isTls13 = false;
  for (const message of handshakeMessages(received, handshakeSecret)) {
    if (message.type === SERVER_HELLO) {
      isTls13 = readServerHello(message.body)?.version === TLS_1_3;
    } else if (message.type === CERTIFICATE) {
      return readCertificateList(message.body, isTls13);
    }
  }
  return null;
}

const TLS_1_3 = 0x0304;
const SERVER_HELLO = 2;
const CERTIFICATE = 11;

function readCertificateList(body: Uint8Array, isTls13: boolean): PresentedChain | null {
  const reader = readerOf(body);
  if (isTls13 && reader.vector(1) === null) return null;
  const list = reader.vector(3);
  if (list === null) return null;
  const entries = readerOf(list);
  const certificates: Uint8Array[] = [];
  let bytes = 0;
  while (entries.left() > 0) {
    const certificate = entries.vector(3);
    if (certificate === null) return null;
    if (isTls13 && entries.vector(2) === null) return null;
    bytes += certificate.length;
    if (certificates.length === MAX_CERTIFICATES || bytes > MAX_CHAIN_BYTES) {
      return { certificates, complete: false };
    }
    certificates.push(new Uint8Array(certificate));
  }
  return { certificates, complete: true };
}

interface HandshakeMessage {
  readonly type: number;
  readonly body: Uint8Array;
}

const CHANGE_CIPHER_SPEC_RECORD = 20;
const HANDSHAKE_RECORD = 22;
const APPLICATION_DATA_RECORD = 23;
const RECORD_HEADER_BYTES = 5;

/** Handshake messages as far as they can be read: clear ones, and those under the TLS 1.3 handshake key. */
function* handshakeMessages(
  received: Uint8Array,
  handshakeSecret: Uint8Array | null,
): Generator<HandshakeMessage> {
  const assembler = messageAssembler();
  let openRecord: RecordOpener | null = null;
  for (const record of records(received)) {
    if (record.type === CHANGE_CIPHER_SPEC_RECORD) {
      // Up to TLS 1.2 everything behind it is out of reach; in 1.3 it means nothing (RFC 8446 §D.4).
      if (openRecord === null) return;
      continue;
    }
    let fragment: Uint8Array | null = null;
    if (record.type === HANDSHAKE_RECORD) fragment = record.body;
    else if (record.type === APPLICATION_DATA_RECORD && openRecord) {
      fragment = innerHandshake(openRecord(record.header, record.body));
    }
    if (fragment === null) return;
    for (const message of assembler.add(fragment)) {
      yield message;
      if (message.type === SERVER_HELLO) {
        openRecord = openerFor(message.body, handshakeSecret) ?? openRecord;
      }
    }
  }
}

function* records(
  received: Uint8Array,
): Generator<{ readonly type: number; readonly header: Uint8Array; readonly body: Uint8Array }> {
  const reader = readerOf(received);
  for (;;) {
    const header = reader.bytes(RECORD_HEADER_BYTES);
    const [type, , , lengthHigh, lengthLow] = header ?? [];
    if (header === null || type === undefined) return;
    const body = reader.bytes((lengthHigh ?? 0) * 256 + (lengthLow ?? 0));
    if (body === null) return;
    yield { type, header, body };
  }
}

/** Puts messages together that span records (RFC 8446 §5.1). */
function messageAssembler(): { add(fragment: Uint8Array): readonly HandshakeMessage[] } {
  let pending: Uint8Array = new Uint8Array(0);
  return {
    add: (fragment) => {
      const joined = new Uint8Array(pending.length + fragment.length);
      joined.set(pending);
      joined.set(fragment, pending.length);
      const messages: HandshakeMessage[] = [];
      const reader = readerOf(joined);
      let used = 0;
      for (;;) {
        const type = reader.number(1);
        const body = reader.vector(3);
        if (type === null || body === null) break;
        messages.push({ type, body });
        used = joined.length - reader.left();
      }
      pending = joined.subarray(used);
      return messages;
    },
  };
}

/** TLSInnerPlaintext: content, its type, zeros (RFC 8446 §5.2). */
function innerHandshake(plaintext: Uint8Array | null): Uint8Array | null {
  if (plaintext === null) return null;
  let end = plaintext.length - 1;
  while (end >= 0 && plaintext[end] === 0) end -= 1;
  return plaintext[end] === HANDSHAKE_RECORD ? plaintext.subarray(0, end) : null;
}

function openerFor(serverHello: Uint8Array, secret: Uint8Array | null): RecordOpener | null {
  const hello = readServerHello(serverHello);
  return hello?.version === TLS_1_3 && secret ? openingKeys(hello.cipherSuite, secret) : null;
}

const SUPPORTED_VERSIONS_EXTENSION = 43;
const RANDOM_BYTES = 32;

function readServerHello(
  body: Uint8Array,
): { readonly version: number; readonly cipherSuite: number } | null {
  const reader = readerOf(body);
  let version = reader.number(2);
  reader.bytes(RANDOM_BYTES);
  reader.vector(1);
  const cipherSuite = reader.number(2);
  reader.number(1);
  if (version === null || cipherSuite === null) return null;
  const extensions = readerOf(reader.vector(2) ?? new Uint8Array(0));
  while (extensions.left() > 0) {
    const type = extensions.number(2);
    const data = extensions.vector(2);
    if (type === null || data === null) return null;
    if (type === SUPPORTED_VERSIONS_EXTENSION) version = readerOf(data).number(2) ?? version;
  }
  return { version, cipherSuite };
}

interface Reader {
  left(): number;
  /** A big-endian number of `size` bytes. */
  number(size: number): number | null;
  bytes(count: number): Uint8Array | null;
  /** What a length of `size` bytes announces. */
  vector(size: number): Uint8Array | null;
}

/** A bounded reader: null, and nothing consumed by that step, when the bytes do not suffice. */
function readerOf(source: Uint8Array): Reader {
  let at = 0;
  const bytes = (count: number): Uint8Array | null => {
    if (at + count > source.length) return null;
    at += count;
    return source.subarray(at - count, at);
  };
  const number = (size: number): number | null =>
    bytes(size)?.reduce((sum, byte) => sum * 256 + byte, 0) ?? null;
  return {
    left: () => source.length - at,
    number,
    bytes,
    vector: (size) => {
      const length = number(size);
      return length === null ? null : bytes(length);
    },
  };
}

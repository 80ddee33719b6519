/** Undoes the block ciphers of PKCS #5 and #12 in CBC mode; the old ones among them stand in no other library here. */
// oxlint-disable-next-line typescript/triple-slash-reference -- every program that imports this file needs it
/// <reference path="./node-forge.d.ts" />
import forge from 'node-forge/lib/forge.js';
import 'node-forge/lib/aes.js';
import 'node-forge/lib/des.js';
import 'node-forge/lib/rc2.js';

export type BlockCipher = 'AES-CBC' | '3DES-CBC' | 'RC2-CBC';

/** Null where the octets do not end in the padding that a right key leaves (RFC 8018 §6.1.1). */
export function decrypt(
  cipher: BlockCipher,
  key: Uint8Array,
  iv: Uint8Array,
  octets: Uint8Array,
): Uint8Array | null {
  const width = BLOCK_OCTETS[cipher];
  if (iv.length !== width || octets.length === 0 || octets.length % width !== 0) return null;
  try {
    const decipher =
      cipher === 'RC2-CBC'
        ? startedRc2(key, iv)
        : started(forge.cipher.createDecipher(cipher, textOf(key)), iv);
    decipher.update(forge.util.createBuffer(textOf(octets)));
    return decipher.finish(() => true) ? withoutPadding(decipher.output.getBytes(), width) : null;
  } catch {
    return null;
  }
}

const BLOCK_OCTETS = { 'AES-CBC': 16, '3DES-CBC': 8, 'RC2-CBC': 8 } as const;

type Decipher = Pick<
  ReturnType<typeof forge.cipher.createDecipher>,
  'update' | 'finish' | 'output'
>;

function started(
  decipher: ReturnType<typeof forge.cipher.createDecipher>,
  iv: Uint8Array,
): Decipher {
  decipher.start({ iv: textOf(iv) });
  return decipher;
}

function startedRc2(key: Uint8Array, iv: Uint8Array): Decipher {
  const decipher = forge.rc2.createDecryptionCipher(textOf(key), key.length * 8);
  decipher.start(textOf(iv));
  return decipher;
}

function withoutPadding(text: string, width: number): Uint8Array | null {
  const count = text.charCodeAt(text.length - 1);
  if (!(count >= 1 && count <= width)) return null;
  for (let index = text.length - count; index < text.length; index++) {
    if (text.charCodeAt(index) !== count) return null;
  }
  const octets = new Uint8Array(text.length - count);
  for (let index = 0; index < octets.length; index++) octets[index] = text.charCodeAt(index);
  return octets;
}

/** The library takes a character for each octet. */
function textOf(octets: Uint8Array): string {
  const pieces: string[] = [];
  for (let offset = 0; offset < octets.length; offset += PIECE) {
    pieces.push(String.fromCharCode(...octets.subarray(offset, offset + PIECE)));
  }
  return pieces.join('');
}

/** Arguments of one call: engines limit them. */
const PIECE = 8192;

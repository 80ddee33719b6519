// What is used of node-forge: its ciphers alone. Its own types would bring all of Node's globals in.
declare module 'node-forge/lib/forge.js' {
  interface Buffer {
    getBytes(): string;
  }
  interface Cipher {
    output: Buffer;
    start(options: { readonly iv: string }): void;
    update(input: Buffer): void;
    finish(pad?: () => boolean): boolean;
  }
  interface Rc2Cipher {
    output: Buffer;
    start(iv: string): void;
    update(input: Buffer): void;
    finish(pad?: () => boolean): boolean;
  }
  const forge: {
    readonly util: { createBuffer(bytes: string): Buffer };
    readonly cipher: { createDecipher(algorithm: 'AES-CBC' | '3DES-CBC', key: string): Cipher };
    readonly rc2: { createDecryptionCipher(key: string, bits: number): Rc2Cipher };
  };
  export default forge;
}
declare module 'node-forge/lib/aes.js';
declare module 'node-forge/lib/des.js';
declare module 'node-forge/lib/rc2.js';

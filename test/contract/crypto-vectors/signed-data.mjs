// What all the vectors sign.

export const data = Buffer.from(
  'the bytes that were signed, long enough not to be a digest themselves',
);

export const hex = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString('hex');

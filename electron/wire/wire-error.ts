/** Thrown inside the decoder for bytes that are no DNS message; `decodeMessage` turns it into a value. */

export class WireError extends Error {
  override readonly name = 'WireError';
}

/** Thrown inside the decoder for bytes that are no DNS message; `decodeMessage` turns it into a value. */

export class WireError extends Error {
  override readonly name: string = 'WireError';
}

/** For a message that would cost more than one of our bounds allows. */
export class WireLimitError extends WireError {
  override readonly name = 'WireLimitError';
  /** The constant's name. */
  readonly limit: string;

  constructor(limit: string) {
    super(`reading it would cost more than a limit (${limit}) allows`);
    this.limit = limit;
  }
}

/** Turns the system's error codes into the failures that the rest of the app knows. */
import type { Failure } from '../../shared/failure.ts';

/** The `code` of a Node system error, or its message when it has none. */
export function errorCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

/** A failure before anything was exchanged: to bind, to send, to connect. */
export function openingFailure(error: Error): Failure {
  const code = errorCode(error);
  return code === 'ECONNREFUSED' ? { kind: 'refused' } : { kind: 'unreachable', code };
}

/** A failure of a connection that was open. */
export function openFailure(error: Error): Failure {
  return { kind: 'closed', code: errorCode(error) };
}

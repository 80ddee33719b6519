/** A record whose signature is not valid, for the self-check: of no situation, so that no sender is taken to have asked. */
import type { Name } from '../../shared/dns/name.ts';

const LABEL = 'forged-for-self-check';

/** Below the base, where nothing of a situation is. */
export function forgedName(base: string): string {
  return `${LABEL}.${base}`;
}

/** As a line of a zone file. */
export function forgedText(base: string, ttl: number): string {
  return `${forgedName(base)}. ${ttl} IN TXT "The signature of this record is not valid, on purpose."`;
}

/** `key` of a name that belongs to no situation. */
export function isForged({ key }: Name): boolean {
  return key.startsWith(`${LABEL}.`);
}

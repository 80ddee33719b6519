/** What single authoritative servers show of a record, and which of them count (RFC 1034 §4.2.1). */
import type { TlsaReport, TlsaServerReport } from '../inspection/report.ts';

/** `silent`: no secure answer, so that nothing is known of it. */
export type Standing = 'shows' | 'lacks' | 'silent';

/** An address may say two things, over UDP and over TCP: caches get either. */
export function standingAt(
  servers: readonly TlsaServerReport[],
  address: string,
  record: string,
): Standing {
  const entries = servers.filter((server) => server.address === address);
  const answers = entries.filter(({ security }) => security === 'secure');
  if (answers.some(({ records }) => !records.includes(record))) return 'lacks';
  return answers.length > 0 && answers.length === entries.length ? 'shows' : 'silent';
}

/**
 * Addresses, and names of servers without one, that have to show a record before it counts as published
 * everywhere. Where this machine has no way to one of a server's two families, the other one stands for it.
 */
export function addressesToWaitFor({ servers, unasked }: TlsaReport): readonly string[] {
  const answering = new Set(
    servers.filter(({ security }) => security === 'secure').map(({ server }) => server),
  );
  const counted = servers.filter(
    ({ server, rcode }) => rcode !== NO_ROUTE || !answering.has(server),
  );
  return [...new Set([...counted.map(({ address }) => address), ...unasked])];
}

/** In the place of an RCODE: this machine has no route, mostly for want of IPv6. */
const NO_ROUTE = 'NO_ROUTE';

/** Host names of servers; each once. */
export interface ServerCheck {
  readonly right: readonly string[];
  readonly wrong: readonly string[];
  /** No secure answer, or not asked. */
  readonly silent: readonly string[];
}

/** A server is right where every answer of all its addresses is; `isRight` is given what one answer shows. */
export function serverChecks(
  tlsa: TlsaReport,
  isRight: (shown: readonly string[]) => boolean,
): ServerCheck {
  const counted = new Set(addressesToWaitFor(tlsa));
  const entries = tlsa.servers.filter(({ address }) => counted.has(address));
  const names = [...new Set(entries.map(({ server }) => server))];
  const standing = names.map((name) => {
    const own = entries.filter(({ server }) => server === name);
    const answers = own.filter(({ security }) => security === 'secure');
    if (answers.some(({ records }) => !isRight(records))) return { name, stands: 'wrong' } as const;
    return { name, stands: answers.length < own.length ? 'silent' : 'right' } as const;
  });
  const those = (stands: 'right' | 'wrong' | 'silent'): readonly string[] =>
    standing.filter((each) => each.stands === stands).map(({ name }) => name);
  return {
    right: those('right'),
    wrong: those('wrong'),
    silent: [...new Set([...those('silent'), ...tlsa.unasked])],
  };
}

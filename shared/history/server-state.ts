/** What a mail server's address came to, as far as it says something of the server. */
import type { AddressReport } from '../inspection/report.ts';
import type { ServerState } from './change.ts';

/** Null where nothing was learnt of the server: our choice, our bound, our library, our proxy, or a file in its place. */
export function stateOf({ probes }: AddressReport): ServerState | null {
  const [usual] = probes;
  if (usual === undefined || usual.source === 'file') return null;
  if (usual.ok) return 'tls';
  switch (usual.failure) {
    case null:
    case 'private-address':
    case 'skipped':
    case 'limit':
    case 'unsupported':
    case 'proxy':
      return null;
    default:
      return usual.failure;
  }
}

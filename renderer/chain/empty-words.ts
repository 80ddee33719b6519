/** What stands in the place of the picture while it holds no mail host. */
import type { Report } from '../../shared/inspection/report.ts';

/** Null when there are hosts to be drawn. */
export function emptyWords({ hosts, mx, finished }: Report, ended: boolean): string | null {
  if (hosts.length > 0) return null;
  if (!ended) return 'Mail hosts, records and certificates appear here as the answers arrive.';
  if (!finished) return 'Stopped before the mail hosts were known.';
  if (mx.nonexistent) return 'The name does not exist, so there is nothing behind it.';
  if (mx.null) return 'A null MX: there is no mail host to look at.';
  if (mx.failed) return 'Without the MX records nobody can tell which hosts take the mail.';
  return 'Neither MX records nor an address: there is no mail host to look at.';
}

/** Whose records they are: the name asked may be an alias, and then they live where it leads (RFC 7671 §6). */
import type { TlsaReport } from '../inspection/report.ts';

/** Where records are to be published: beside a CNAME no other record may stand (RFC 2181 §10.1). */
export function recordOwner({ name, cname }: Pick<TlsaReport, 'name' | 'cname'>): string {
  return cname.at(-1) ?? name;
}

/** Zones written down as people write them: zone-file text, and names that are known to be right. */
import { nameFromText, type Name } from '../../shared/dns/name.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';
import { parseZoneFile } from '../../shared/dns/zone-file.ts';

/** A name from our own text; throws where that is wrong. */
export function knownName(text: string): Name {
  const name = nameFromText(text);
  if (!name.ok) throw new Error(`not a name: ${text}`);
  return name.value;
}

/** Records from our own text; throws where that is wrong. */
export function knownRecords(text: string, origin: Name): readonly ResourceRecord[] {
  const records = parseZoneFile(text, origin);
  if (!records.ok) throw new Error(`zone ${origin.key}: ${JSON.stringify(records.failure)}`);
  return records.value;
}

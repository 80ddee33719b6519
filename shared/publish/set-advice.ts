/** What is to be said of all wanted records together: how many stand at one name, and how long caches hold them. */
import { TTL_ADVISED } from '../inspection/tlsa-parameters.ts';
import type { Reason } from './advice.ts';
import type { WantedRecord } from './wanted.ts';
import { byOwner } from './zones.ts';

/** Nothing where all is well. */
export function adviseOnSet(records: readonly WantedRecord[]): readonly Reason[] {
  const crowded = byOwner(records).filter(([, set]) => set.length > MOST_RECORDS);
  const [first] = crowded;
  const reasons: Reason[] = [];
  if (first !== undefined) {
    const others =
      crowded.length > 1 ? `, and as many or more at ${crowded.length - 1} other names` : '';
    reasons.push({
      tone: 'against',
      text: `There are ${first[1].length} records at ${first[0]}${others}: with more than ${MOST_RECORDS} a large sender is known to fail.`,
      reference: 'DANE survey',
    });
  }
  const ttl = records[0]?.ttl ?? TTL_ADVISED.least;
  if (ttl < TTL_ADVISED.least || ttl > TTL_ADVISED.most) {
    reasons.push({
      tone: 'against',
      text: `Caches hold the records for ${ttl} seconds; ${TTL_ADVISED.least} to ${TTL_ADVISED.most} is usual, since each key change waits twice as long.`,
      reference: 'internet.nl how-to',
    });
  }
  return reasons;
}

/** Records at one name, known from a survey of mail servers. */
const MOST_RECORDS = 12;

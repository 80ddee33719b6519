/** TLSA records for Cloudflare’s API, as JSON and as requests (https://developers.cloudflare.com/api, DNS records). */
import { toHex } from '../dns/bytes.ts';
import { printable, shellWord } from '../findings/safe-text.ts';
import type { Service, WantedRecord } from './wanted.ts';
import { byZone, wholeOwner } from './zones.ts';

/**
 * One record is the body of `POST …/dns_records`, several that of `POST …/dns_records/batch`, which does
 * all of it or nothing; a line for each zone, and for as many records as a batch may hold.
 */
export function writeCloudflare(
  records: readonly WantedRecord[],
  service: Pick<Service, 'zone'>,
): string {
  return requestsFor(records, service)
    .map(({ body }) => JSON.stringify(body))
    .join('\n');
}

/** The token goes in by standard input, so that the list of processes does not show it. */
export function writeCloudflareCurl(
  records: readonly WantedRecord[],
  service: Pick<Service, 'zone'>,
): string {
  const requests = requestsFor(records, service);
  const zones = new Set(requests.map(({ zone }) => zone));
  return requests
    .map(({ zone, path, body }) => {
      const id = zones.size === 1 ? 'CF_ZONE_ID' : `CF_ZONE_ID_${variablePart(zone)}`;
      return [
        `# Into the zone ${printable(zone)}. CF_API_TOKEN: a token that may edit its DNS; ${id}: the zone’s identifier.`,
        ...(path === 'dns_records/batch' ? [ALL_OR_NOTHING] : []),
        `: "\${CF_API_TOKEN:?}" "\${${id}:?}" &&`,
        `  printf 'Authorization: Bearer %s\\n' "$CF_API_TOKEN" |`,
        `  curl --silent --show-error --fail-with-body --header @- \\`,
        `    --header 'Content-Type: application/json' --request POST \\`,
        `    --data ${shellWord(JSON.stringify(body))} \\`,
        `    "https://api.cloudflare.com/client/v4/zones/$${id}/${path}"`,
      ].join('\n');
    })
    .join('\n\n');
}

const ALL_OR_NOTHING = '# If one of the records is there already, none is added.';

interface CloudflareRequest {
  readonly zone: string;
  readonly path: 'dns_records' | 'dns_records/batch';
  readonly body: object;
}

function requestsFor(
  records: readonly WantedRecord[],
  service: Pick<Service, 'zone'>,
): readonly CloudflareRequest[] {
  return byZone(records, service).flatMap(({ zone, records: inZone }) => {
    const requests: CloudflareRequest[] = [];
    for (let start = 0; start < inZone.length; start += MAX_BATCH) {
      const [first, ...more] = inZone.slice(start, start + MAX_BATCH).map(bodyOf);
      if (first === undefined) continue;
      requests.push(
        more.length === 0
          ? { zone, path: 'dns_records', body: first }
          : { zone, path: 'dns_records/batch', body: { posts: [first, ...more] } },
      );
    }
    return requests;
  });
}

/** Changes of one batch on the smallest plan (Cloudflare, “Batch record changes”). */
const MAX_BATCH = 200;

function bodyOf(record: WantedRecord): object {
  const { usage, selector, matchingType, data } = record.tlsa;
  return {
    type: 'TLSA',
    name: wholeOwner(record),
    ttl: record.ttl,
    data: { usage, selector, matching_type: matchingType, certificate: toHex(data) },
  };
}

/** As a part of a variable’s name: `example.org` is `EXAMPLE_ORG`. */
function variablePart(zone: string): string {
  return zone.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

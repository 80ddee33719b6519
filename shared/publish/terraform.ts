/** TLSA records for Terraform and OpenTofu: Cloudflare’s provider from version 5 on, and a list for any other. */
import { formatParameters, formatTlsa } from '../dane/tlsa.ts';
import { toHex } from '../dns/bytes.ts';
import { printable } from '../findings/safe-text.ts';
import type { Service, WantedRecord } from './wanted.ts';
import { byOwner, relativeTo, wholeOwner, zoneOf } from './zones.ts';

/** One resource over a map, so that a record that goes or comes touches no other. */
export function writeTerraformCloudflare(
  records: readonly WantedRecord[],
  service: Pick<Service, 'zone'>,
): string {
  return [
    '# The identifier of each zone, such as { "example.org" = "023e105f4ecef8ad9ca31a8372d0c353" }.',
    'variable "cloudflare_zone_ids" {',
    '  type = map(string)',
    '}',
    '',
    'locals {',
    '  tlsa_records = {',
    ...records.flatMap((record) => {
      const { usage, selector, matchingType, data } = record.tlsa;
      return [
        `    ${text(keyOf(record))} = {`,
        `      zone = ${text(zoneOf(record, service))}`,
        `      name = ${text(wholeOwner(record))}`,
        `      ttl  = ${record.ttl}`,
        '      data = {',
        `        usage         = ${usage}`,
        `        selector      = ${selector}`,
        `        matching_type = ${matchingType}`,
        `        certificate   = ${text(toHex(data))}`,
        '      }',
        '    }',
      ];
    }),
    '  }',
    '}',
    '',
    'resource "cloudflare_dns_record" "tlsa" {',
    '  for_each = local.tlsa_records',
    '  zone_id  = var.cloudflare_zone_ids[each.value.zone]',
    '  name     = each.value.name',
    '  type     = "TLSA"',
    '  ttl      = each.value.ttl',
    '  data     = each.value.data',
    '}',
  ].join('\n');
}

/** Record sets by owner: what most providers take. */
export function writeTerraform(
  records: readonly WantedRecord[],
  service: Pick<Service, 'zone'>,
): string {
  return [
    '# For any provider that knows TLSA records. With Google Cloud DNS, for example:',
    '#',
    '#   resource "google_dns_record_set" "tlsa" {',
    '#     for_each     = local.tlsa_record_sets',
    '#     managed_zone = var.managed_zone',
    '#     name         = "${each.key}."',
    '#     type         = "TLSA"',
    '#     ttl          = each.value.ttl',
    '#     rrdatas      = each.value.records',
    '#   }',
    'locals {',
    '  tlsa_record_sets = {',
    ...byOwner(records).flatMap(([, set]) => recordSet(set, service)),
    '  }',
    '}',
  ].join('\n');
}

function recordSet(
  set: readonly WantedRecord[],
  service: Pick<Service, 'zone'>,
): readonly string[] {
  const [first] = set;
  if (first === undefined) return [];
  const zone = zoneOf(first, service);
  return [
    `    ${text(wholeOwner(first))} = {`,
    `      zone = ${text(zone)}`,
    '      # Within the zone.',
    `      name = ${text(relativeTo(zone, wholeOwner(first)))}`,
    `      ttl  = ${first.ttl}`,
    '      records = [',
    ...set.map(({ tlsa }) => `        ${text(formatTlsa(tlsa))},`),
    '      ]',
    '    }',
  ];
}

/** Stays the same as long as the record does; of whole certificates, whose data begins alike, the fingerprint tells. */
function keyOf(record: WantedRecord): string {
  const { tlsa, source } = record;
  const what = tlsa.matchingType === 0 ? source : toHex(tlsa.data);
  return `${wholeOwner(record)} ${formatParameters(tlsa)} ${what.slice(0, KEY_DIGITS)}`;
}

/** Hexadecimal digits that tell records apart. */
const KEY_DIGITS = 16;

/** A quoted template: what begins `${` or `%{` would be evaluated. */
function text(value: string): string {
  return JSON.stringify(printable(value)).replace(/[$%](?=\{)/g, '$&$&');
}

/** A look-up as text: status, records, and the ladder of trust from the root down. */
import { printable } from '../../shared/findings/safe-text.ts';
import type { LookUpReport, Security, ZoneReport } from '../../shared/inspection/report.ts';
import type { Terminal, Tone } from './terminal.ts';

export function printLookUp(lookUp: LookUpReport, { paint }: Terminal): string {
  const heading = `${printable(lookUp.name)} ${lookUp.type}`;
  return [
    `${paint('strong', heading)}  ${paint(TONES[lookUp.security], lookUp.security)}, ${lookUp.rcode}`,
    ...(lookUp.reason === null
      ? []
      : [
          `${printable(lookUp.reason)}${lookUp.ede === null ? '' : ` (extended error ${lookUp.ede})`}`,
        ]),
    ...lookUp.answers.map(
      (record) =>
        `  ${printable(record.name)} ${record.ttl} ${record.type} ${printable(record.data)}`,
    ),
    ...(lookUp.chain.length === 0 ? [] : ['', 'Chain of trust:']),
    ...lookUp.chain.map(
      (zone) => `  ${paint(TONES[zone.security], zone.security)}  ${zoneText(zone)}`,
    ),
  ].join('\n');
}

const TONES: Readonly<Record<Security, Tone>> = {
  secure: 'good',
  insecure: 'quiet',
  bogus: 'bad',
  indeterminate: 'warning',
};

function zoneText(zone: ZoneReport): string {
  const keys = zone.dnskeys.map(
    ({ keyTag, algorithm, secureEntryPoint }) =>
      `${keyTag} (algorithm ${algorithm}${secureEntryPoint ? ', entry point' : ''})`,
  );
  return [
    printable(zone.zone),
    ...(zone.ds.length === 0 ? [] : [`DS ${zone.ds.map(({ keyTag }) => keyTag).join(', ')}`]),
    ...(keys.length === 0 ? [] : [`keys ${keys.join(', ')}`]),
    ...(zone.signature === null ? [] : [`signed until ${zone.signature.expiration}`]),
    ...(zone.reason === null ? [] : [printable(zone.reason)]),
  ].join('; ');
}

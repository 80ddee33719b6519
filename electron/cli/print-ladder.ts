/** The zones of a look-up as rungs: what vouches for the keys, which keys, who signed them, and for how long. */
import { algorithmToText, digestTypeToText } from '../../shared/dnssec/algorithm.ts';
import { spanToText } from '../../shared/dnssec/time.ts';
import { printable } from '../../shared/findings/safe-text.ts';
import type { Security, ZoneReport } from '../../shared/inspection/report.ts';
import type { Terminal, Tone } from './terminal.ts';
import { wrap } from './wrap.ts';

export const TONES: Readonly<Record<Security, Tone>> = {
  secure: 'good',
  insecure: 'quiet',
  bogus: 'bad',
  indeterminate: 'warning',
};

export const MARKS: Readonly<Record<Security, string>> = {
  secure: '✓',
  insecure: '·',
  bogus: '✗',
  indeterminate: '?',
};

/** Columns of the words in front of the facts. */
const LABEL_COLUMNS = 9;

/** `at`: the instant that signatures were judged at, seconds since the epoch. */
export function ladder(
  chain: readonly ZoneReport[],
  at: number,
  terminal: Terminal,
): readonly string[] {
  if (chain.length === 0) return [];
  const rungs = chain.flatMap((zone, index) => {
    const parent = parentIn(chain.slice(0, index), zone.zone);
    const told = parent?.reason === zone.reason;
    return rung(zone, parent, told, at, terminal);
  });
  return ['', 'From the trust anchor down:', ...rungs];
}

function rung(
  zone: ZoneReport,
  parent: ZoneReport | null,
  reasonTold: boolean,
  at: number,
  { paint, width }: Terminal,
): readonly string[] {
  const mark = paint(TONES[zone.security], `${MARKS[zone.security]} ${zone.security}`);
  const facts = [
    ...dsLines(zone, parent),
    ...keyLines(zone),
    ...(zone.signature === null ? [] : [signatureLine(zone, zone.signature, at)]),
  ];
  return [
    `  ${paint('strong', printable(zone.zone))}  ${mark}`,
    ...facts.map((line) => `    ${line}`),
    ...(zone.reason === null || reasonTold ? [] : [wrap(printable(zone.reason), width, '    ')]),
  ];
}

/** What the parent says of the zone's keys, or the trust anchor. */
function dsLines(zone: ZoneReport, parent: ZoneReport | null): readonly string[] {
  const by = parent === null ? 'anchor' : 'DS';
  return zone.ds.map(({ keyTag, algorithm, digestType }, index) => {
    const signer = parent === null || index > 0 ? '' : `, signed by ${printable(parent.zone)}`;
    return `${label(index === 0 ? by : '')}key ${keyTag}, ${algorithmToText(algorithm)}, ${digestTypeToText(digestType)}${signer}`;
  });
}

function keyLines(zone: ZoneReport): readonly string[] {
  return zone.dnskeys.map((key, index) => {
    const role = key.secureEntryPoint ? ', vouched for' : '';
    const revoked = (key.flags & REVOKED) === 0 ? '' : ', revoked';
    return `${label(index === 0 ? 'DNSKEY' : '')}key ${key.keyTag}, ${algorithmToText(key.algorithm)}${role}${revoked}`;
  });
}

/** RFC 5011 §3. */
const REVOKED = 0x0080;

function signatureLine(
  zone: ZoneReport,
  { expiration }: NonNullable<ZoneReport['signature']>,
  at: number,
): string {
  const seconds = Date.parse(expiration) / 1000;
  const until = expiration.replace('.000Z', 'Z');
  return `${label('signed')}by key ${zone.signedBy ?? '?'} until ${until}, ${spanToText(seconds - at)} left`;
}

function label(word: string): string {
  return word.padEnd(LABEL_COLUMNS);
}

/** The closest zone above among those already shown. */
function parentIn(shown: readonly ZoneReport[], zone: string): ZoneReport | null {
  const above = shown.filter(
    (each) => each.zone !== zone && (each.zone === '.' || zone.endsWith(`.${each.zone}`)),
  );
  return above.reduce<ZoneReport | null>(
    (closest, each) =>
      closest === null || closest.zone === '.' || each.zone.length > closest.zone.length
        ? each
        : closest,
    null,
  );
}

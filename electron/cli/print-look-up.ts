/** A look-up as text: status, records, and the ladder of trust from the root down to where it holds or breaks. */
import { edeToText } from '../../shared/dnssec/ede.ts';
import { printable } from '../../shared/findings/safe-text.ts';
import type { LookUpReport } from '../../shared/inspection/report.ts';
import { ladder, MARKS, TONES } from './print-ladder.ts';
import type { Terminal } from './terminal.ts';
import { wrap } from './wrap.ts';

/** `at`: the instant that signatures were judged at, seconds since the epoch. */
export function printLookUp(lookUp: LookUpReport, at: number, terminal: Terminal): string {
  const { paint } = terminal;
  const heading = `${printable(lookUp.name)} ${lookUp.type}`;
  return [
    `${paint('strong', heading)}  ${paint(TONES[lookUp.security], lookUp.security)}, ${lookUp.rcode}`,
    ...lookUp.answers.map(
      (record) =>
        `  ${printable(record.name)} ${record.ttl} ${record.type} ${printable(record.data)}`,
    ),
    ...ladder(lookUp.chain, at, terminal),
    '',
    ...verdict(lookUp, terminal),
  ].join('\n');
}

function verdict(lookUp: LookUpReport, { paint, width }: Terminal): readonly string[] {
  const { security, ede, reason } = lookUp;
  const zone = lookUp.chain.find((each) => reason !== null && each.reason === reason);
  const mark = paint(TONES[security], `${MARKS[security]} ${security}`);
  const meaning = meaningOf(lookUp);
  return [
    `${mark}  ${meaning}`,
    ...(zone === undefined ? [] : [`  It ends at ${printable(zone.zone)}, as told above.`]),
    ...(reason === null || zone !== undefined ? [] : [wrap(printable(reason), width, '  ')]),
    ...(ede === null ? [] : [`  Extended DNS error ${edeToText(ede)}`]),
  ];
}

function meaningOf({ security, rcode, answers }: LookUpReport): string {
  switch (security) {
    case 'secure':
      if (rcode === 'NXDOMAIN') return 'Proven: the name does not exist.';
      if (answers.length === 0) return 'Proven: the name has no such records.';
      return 'Every signature from the trust anchor down to the records is good.';
    case 'insecure':
      return 'Not protected, which is proven: resolvers treat it as unsigned.';
    case 'bogus':
      return 'Should be protected and is not: validating resolvers answer SERVFAIL.';
    case 'indeterminate':
      return 'Cannot be told from here.';
  }
}

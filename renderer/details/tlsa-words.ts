/** A TLSA record in a sentence (RFC 6698 §2.1, acronyms of RFC 7218). */
import type { TlsaRecordReport } from '../../shared/inspection/report.ts';
import { words } from '../words/words.ts';

const said = words.details.tlsa;

export function tlsaWords({ usage, selector, matchingType }: TlsaRecordReport): string {
  return said.sentence([
    said.usages[usage] ?? said.unknownUsage(usage),
    said.selectors[selector] ?? said.unknownSelector(selector),
    said.matchingTypes[matchingType] ?? said.unknownMatchingType(matchingType),
  ]);
}

/** Why a cell of the ancestors grid is red: what should have been said, what breaks, how it is mended. */
import { printable } from '../../shared/findings/safe-text.ts';
import type { AncestorReport } from '../../shared/inspection/report.ts';
import { words } from '../words/words.ts';

export interface Explanation {
  readonly headline: string;
  /** What it is, before the parts. */
  readonly paragraphs: readonly string[];
  /** Each under a heading of its own. */
  readonly parts: readonly { readonly heading: string; readonly text: string }[];
}

const { ancestor: said, opened } = words.servers;

export function explain(cell: AncestorReport): Explanation {
  const { name, address, proven } = cell;
  switch (cell.fault) {
    case null:
      return {
        headline: said.sound.headline(address, name),
        paragraphs: [cell.answer === 'empty' ? said.sound.empty : said.sound.answer],
        parts: [],
      };
    case 'ancestor-nxdomain': {
      const { breaksProven, breaksUnproven, ...fault } = said.nxdomain;
      return {
        headline: fault.headline(address, name, proven),
        paragraphs: [fault.what],
        parts: partsOf({ ...fault, breaks: proven ? breaksProven : breaksUnproven }),
      };
    }
    case 'ancestor-denied': {
      const denied = cell.coveredNames.length === 0 ? [name] : cell.coveredNames;
      return {
        headline: said.denied.headline(address, name),
        paragraphs: [said.denied.what(denied.map(printable))],
        parts: partsOf(said.denied),
      };
    }
    case 'ancestor-bogus':
      return {
        headline: said.bogus.headline(address, name),
        paragraphs: [said.bogus.what],
        parts: partsOf(said.bogus),
      };
    case 'ancestor-lookup-failed':
      return {
        headline: said.failed.headline(address, name),
        paragraphs: [said.failed.what],
        parts: partsOf(said.failed),
      };
  }
}

function partsOf(fault: {
  readonly right: string;
  readonly breaks: string;
  readonly software: string;
  readonly mend: string;
}): Explanation['parts'] {
  return [
    { heading: opened.asIs, text: fault.right },
    { heading: opened.breaks, text: fault.breaks },
    { heading: opened.software, text: fault.software },
    { heading: opened.mend, text: fault.mend },
  ];
}

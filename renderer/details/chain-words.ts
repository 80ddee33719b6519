/** How the certificates of a chain stand to one another, in sentences (RFC 8446 §4.4.2). */
import type { ProbeReport } from '../../shared/inspection/report.ts';
import type { Tone } from '../ui/tone.ts';
import { words } from '../words/words.ts';

const said = words.details.certificates.remarks;

export interface Remark {
  readonly tone: Tone;
  readonly text: string;
}

export function chainRemarks({ chain, chainShape, chainExact }: ProbeReport): readonly Remark[] {
  const remarks: Remark[] = [];
  if (!chainExact) remarks.push({ tone: 'warn', text: said.fromLibrary });
  if (chainShape === null) return remarks;
  const { ordered, superfluous, duplicates, missingIssuer } = chainShape;
  if (!ordered) {
    remarks.push({ tone: 'warn', text: said.unordered });
  } else if (superfluous.length === 0 && duplicates.length === 0) {
    remarks.push({ tone: 'ok', text: said.inOrder(chain.length) });
  }
  if (superfluous.length > 0) {
    remarks.push({ tone: 'none', text: said.superfluous(places(superfluous)) });
  }
  if (duplicates.length > 0) {
    remarks.push({ tone: 'none', text: said.duplicates(places(duplicates)) });
  }
  if (missingIssuer !== null) {
    remarks.push({ tone: 'none', text: said.missingIssuer(missingIssuer) });
  }
  return remarks;
}

/** As a person counts: the server's own is the first. */
function places(depths: readonly number[]): readonly number[] {
  return depths.map((depth) => depth + 1);
}

/** A word for one certificate's place; null where it is an ordinary one. */
export function placeWord({ chainShape }: ProbeReport, depth: number): string | null {
  if (chainShape?.duplicates.includes(depth) === true) return said.repeated;
  return chainShape?.superfluous.includes(depth) === true ? said.noPart : null;
}

/** How the certificates of a chain stand to one another, in sentences (RFC 8446 §4.4.2). */
import type { ProbeReport } from '../../shared/inspection/report.ts';
import type { Tone } from '../ui/tone.ts';

export interface Remark {
  readonly tone: Tone;
  readonly text: string;
}

export function chainRemarks({ chain, chainShape, chainExact }: ProbeReport): readonly Remark[] {
  const remarks: Remark[] = [];
  if (!chainExact) {
    const text = 'As the TLS library tells it; the exact list could not be read.';
    remarks.push({ tone: 'warn', text });
  }
  if (chainShape === null) return remarks;
  const { ordered, superfluous, duplicates, missingIssuer } = chainShape;
  if (!ordered) {
    const text =
      'Not in order: an issuer does not stand right behind the certificate it certifies.';
    remarks.push({ tone: 'warn', text });
  } else if (superfluous.length === 0 && duplicates.length === 0) {
    remarks.push({ tone: 'ok', text: inOrder(chain.length) });
  }
  if (superfluous.length > 0) {
    const verb = superfluous.length === 1 ? 'takes' : 'take';
    const text = `${numbers(superfluous)} ${verb} no part in the path of the server’s own.`;
    remarks.push({ tone: 'none', text });
  }
  if (duplicates.length > 0) {
    const verb = duplicates.length === 1 ? 'repeats an earlier one' : 'repeat earlier ones';
    remarks.push({ tone: 'none', text: `${numbers(duplicates)} ${verb}.` });
  }
  if (missingIssuer !== null) {
    const text = `The list ends below ${missingIssuer}, which was not sent. Roots usually are not; a record with usage 2 needs what it names to be sent.`;
    remarks.push({ tone: 'none', text });
  }
  return remarks;
}

function inOrder(count: number): string {
  return count === 1
    ? 'One certificate was sent.'
    : `${count} certificates were sent, in order: each certifies the one before it.`;
}

/** As a person counts: the server's own is the first. */
function numbers(depths: readonly number[]): string {
  const ordinals = depths.map((depth) => String(depth + 1));
  const last = ordinals.pop() ?? '';
  return ordinals.length === 0
    ? `Certificate ${last}`
    : `Certificates ${ordinals.join(', ')} and ${last}`;
}

/** A word for one certificate's place; null where it is an ordinary one. */
export function placeWord({ chainShape }: ProbeReport, depth: number): string | null {
  if (chainShape?.duplicates.includes(depth) === true) return 'repeated';
  return chainShape?.superfluous.includes(depth) === true ? 'takes no part' : null;
}

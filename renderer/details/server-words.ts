/** What a cell of the grid means: what should have been said, and who can change it. */
import { explain, type Explanation } from './ancestor-words.ts';
import { bestOf } from './server-cell.ts';
import type { GridCell } from './server-grid.ts';

export function explainCell(cell: GridCell): Explanation {
  const { ancestor } = cell;
  if (ancestor !== null && (!ancestor.ok || cell.type !== 'TLSA')) return explain(ancestor);
  const what = `${cell.name} ${cell.type}`;
  const best = bestOf(cell.questions);
  if (best === undefined || best.answer === 'none') {
    return {
      headline: `${cell.address} gives no usable answer for ${what}`,
      paragraphs: [
        'Resolvers try the other servers, and mail waits for that; where they choose this one last or alone, the look-up fails.',
      ],
    };
  }
  if (best.security === 'bogus') {
    return {
      headline: `${cell.address} sends an answer for ${what} that does not validate`,
      paragraphs: [
        'A resolver that validates throws it away and asks another server; if all do so, it answers SERVFAIL and mail is deferred.',
      ],
    };
  }
  if (cell.differs) {
    return {
      headline: `${cell.address} says something else for ${what}`,
      paragraphs: [differing(cell)],
    };
  }
  if (cell.note !== '') {
    return {
      headline: `${cell.address} answers ${what} over one transport only (${cell.note})`,
      paragraphs: [
        'Large answers come cut off over UDP and are asked for again over TCP, so a server needs both (RFC 7766 §5).',
      ],
    };
  }
  return {
    headline: `${cell.address} answers ${what} as the others do`,
    paragraphs: [],
  };
}

function differing({ type }: GridCell): string {
  switch (type) {
    case 'SOA':
      return 'All servers should have the same serial. A secondary may be on its way to it; if it stays behind, look at its zone transfer.';
    case 'DNSKEY':
      return 'All servers should publish the same keys: with signatures by a key that one server does not list, validation depends on which server is asked.';
    case 'TLSA':
      return 'Senders get one answer or the other. Each set of records has to match what the mail server presents.';
    default:
      return 'All servers should give the same answer: what senders do with mail must not depend on which one they ask.';
  }
}

/** What was noticed, as a sentence; null where the heading says as much. */
export function reasonOf({ ancestor }: GridCell): string | null {
  if (ancestor === null || ancestor.reason === '') return null;
  const { reason, fault } = ancestor;
  if (fault === 'ancestor-nxdomain' && reason.startsWith('says that')) return null;
  const sentence = `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}`;
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

/** Whose it is to mend; a ticket for them has its place here. */
export function whomToTell({ server, zone, tone }: GridCell): string | null {
  if (tone === 'ok') return null;
  return `Whoever runs ${server} for the zone ${zone}.`;
}

/** Asks the same question again, with another tool. */
export function digCommand({ address, name, type, questions }: GridCell): string {
  const best = bestOf(questions);
  const asked = best?.type ?? (type.includes(',') ? 'A' : type);
  const tcp = best?.transport === 'tcp' ? ' +tcp' : '';
  return `dig +norecurse +dnssec${tcp} @${address} ${name} ${asked}`;
}

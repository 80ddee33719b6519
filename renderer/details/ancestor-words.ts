/** Why a cell of the ancestors grid is red: what should have been said, what breaks, how it is mended. */
import type { AncestorReport } from '../../shared/inspection/report.ts';

export interface Explanation {
  readonly headline: string;
  readonly paragraphs: readonly string[];
}

export function explain(cell: AncestorReport): Explanation {
  const { name, address } = cell;
  switch (cell.fault) {
    case null:
      return {
        headline: `${address} answers for ${name} as it should`,
        paragraphs: [
          cell.answer === 'empty'
            ? 'NOERROR without records is right for a name that only has names below it (RFC 8020).'
            : 'A resolver that asks for one label more at a time gets past this name.',
        ],
      };
    case 'ancestor-nxdomain':
      return {
        headline: `${address} says that ${name} does not exist${cell.proven ? ', and proves it' : ''}`,
        paragraphs: [
          'The TLSA record lies below this name, so the name exists, and the answer should be NOERROR without records (RFC 8020 §2).',
          cell.proven
            ? 'A resolver that minimises names (RFC 9156) then takes it as proven that there is no TLSA record: the sender falls back to unauthenticated TLS without a word. BIND, asked directly, still returns the record; unbound does not.'
            : 'A resolver that minimises names (RFC 9156) calls the answer bogus or takes the record for absent; senders behind it defer the mail or deliver it without DANE.',
          'Known causes: a signer that makes no NSEC3 record for names without records of their own, and name servers that keep every name as a row of a database. Sign the zone anew with current software, then look whether the secondaries have the same serial.',
        ],
      };
    case 'ancestor-denied':
      return {
        headline: `${address} denies a name that exists, in its answer for ${name}`,
        paragraphs: [
          'An NSEC or NSEC3 record in its answer covers a name on the way to the TLSA record. A resolver that uses cached proofs (RFC 8198) takes everything below that name for absent, the TLSA record too.',
          'Sign the zone anew, so that names without records of their own get their place in the NSEC or NSEC3 chain (RFC 5155 §7.1).',
        ],
      };
    case 'ancestor-bogus':
      return {
        headline: `${address} sends an answer for ${name} that does not validate`,
        paragraphs: [
          'A resolver that asks for this name on its way to the TLSA record gives up here, with SERVFAIL; senders behind it defer the mail.',
          'Sign the zone anew and see that every server has loaded the same version.',
        ],
      };
    case 'ancestor-lookup-failed':
      return {
        headline: `${address} gives no usable answer for ${name}`,
        paragraphs: [
          'A resolver that minimises names has to get an answer for this name before it asks for the TLSA record below it.',
          'Some firewalls and load balancers drop questions for names that start with an underscore, or of types they do not know.',
        ],
      };
  }
}

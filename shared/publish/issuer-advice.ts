/** What a record for an issuer is worth: it needs more of the server than one for its own key (RFC 7671 §5.2). */
import { findMatchingName } from '../dane/reference-name.ts';
import type { Arranged } from '../material/arrange.ts';
import type { Circumstances, PartAdvice, Reason } from './advice.ts';

export function reasonsOnIssuers({ arranged, hosts }: Circumstances): PartAdvice {
  const inFavour: Reason = {
    tone: 'for',
    text: 'It holds for every certificate of this issuer, so that renewals need no change in DNS.',
    reference: 'RFC 7671 §5.2',
  };
  const mustSend: Reason = {
    tone: 'against',
    text: 'The server must send the issuer’s certificate along with its own.',
    reference: 'RFC 7672 §3.1.2',
  };
  const unnamed = unnamedHost(arranged, hosts);
  if (unnamed !== null) {
    const text = `No certificate here names ${unnamed}: under usage 2 senders look for that name, or for the mail domain.`;
    const reason: Reason = { tone: 'against', text, reference: 'RFC 7672 §3.2.2' };
    return { verdict: 'discouraged', reasons: [reason, inFavour, mustSend] };
  }
  const roots = arranged.issuers.filter(({ selfIssued }) => selfIssued).length;
  const isEachRoot = roots > 0 && roots === arranged.issuers.length;
  if (roots === 0) return { verdict: 'advised', reasons: [inFavour, mustSend] };
  // Nothing tells whether a server presents it itself.
  const isLone = isEachRoot && arranged.servers.length + arranged.keys.length === 0;
  if (isLone) return { verdict: 'possible', reasons: [inFavour, LONE_ROOT, ONLY_ROOT, mustSend] };
  return {
    verdict: isEachRoot && !isDirect(arranged) ? 'possible' : 'advised',
    reasons: [inFavour, isEachRoot ? ONLY_ROOT : SOME_ROOT, mustSend],
  };
}

const LONE_ROOT: Reason = {
  tone: 'against',
  text: 'It is self-signed. If it is the server’s own certificate, take usage 3: one of usage 2 matches issuers only, and mail would wait.',
  reference: 'RFC 7671 §5.2',
};

const ONLY_ROOT: Reason = {
  tone: 'against',
  text: 'It is a root, which servers usually do not send, and without it the record matches nothing. Take the issuer next to the certificate, or see that the root is sent.',
  reference: 'RFC 7671 §5.2.2',
};

const SOME_ROOT: Reason = {
  tone: 'against',
  text: 'One of the issuers is a root, which servers usually do not send: its record matches only where it is sent.',
  reference: 'RFC 7671 §5.2.2',
};

/** A private authority without anything in between: its server can send the whole chain. */
function isDirect({ servers }: Arranged): boolean {
  return servers.some(({ certificate, issuers: [nearest] }) => {
    return !certificate.selfIssued && nearest?.selfIssued === true;
  });
}

/** The first host that none of the certificates names; null where there is none, or no certificate. */
export function unnamedHost({ servers }: Arranged, hosts: readonly string[]): string | null {
  if (servers.length === 0) return null;
  const isNamed = (host: string): boolean =>
    servers.some(({ certificate }) => findMatchingName(certificate.names, [host]) !== null);
  return hosts.find((host) => !isNamed(host)) ?? null;
}

/** The one path that OpenSSL builds, and so Postfix and most senders: the first issuer that fits, and no way back. */
import type { Certificate } from '../x509/certificate.ts';
import { dateFault } from './path-checks.ts';
import {
  isAnchor,
  isSignedBy,
  issuerFault,
  MAX_PATH_CERTIFICATES,
  type PathQuestion,
  type PathWork,
} from './path.ts';

/**
 * Null when this path too ends in the anchor, else plain words. RFC 7671 §5.2 asks for a path and not
 * for every path to be tried; where senders differ the strictest counts.
 */
export function firstPathFault(question: PathQuestion, work: PathWork): string | null {
  const { leaf, anchor, at } = question;
  const pool = [...candidates(question)];
  const path = [leaf];
  for (let last = leaf; ;) {
    const issuer = mayHaveIssued(last, last) ? undefined : firstIssuer(last, pool, at);
    if (issuer === undefined) break;
    const fault = issuerFault(issuer, path, work, at);
    if (fault !== null)
      return `${OPENSSL} ${issuer.subject} as issued by ${issuer.issuer}: ${fault}`;
    path.push(issuer);
    if (isAnchor(issuer, anchor)) return null;
    if (path.length === MAX_PATH_CERTIFICATES) break;
    pool.splice(pool.indexOf(issuer), 1);
    last = issuer;
  }
  if (anchor.kind === 'key' && isSignedBy(anchor.spki, path, work)) return null;
  const end = path[path.length - 1] ?? leaf;
  return `${OPENSSL} ${end.subject} as issued by ${end.issuer}, and that does not lead to it`;
}

const OPENSSL = 'senders with OpenSSL, Postfix among them, take the first issuer sent,';

/** What the record itself supplies comes before what was sent. */
function candidates({ others, anchor }: PathQuestion): readonly Certificate[] {
  if (anchor.kind === 'key' || !anchor.supplied) return others;
  const rest = others.filter((other) => !isAnchor(other, anchor));
  return [...anchor.certificates, ...rest];
}

/** The first that is in date; of those that are not, the one that was so longest. */
function firstIssuer(
  certificate: Certificate,
  pool: readonly Certificate[],
  at: number,
): Certificate | undefined {
  const named = pool.filter((issuer) => mayHaveIssued(issuer, certificate));
  const [latest] = [...named].sort((a, b) => (b.notAfter ?? 0) - (a.notAfter ?? 0));
  return named.find((issuer) => dateFault(issuer, at) === null) ?? latest;
}

/** By names, key identifiers and key usage; the signature is looked at when the choice is made. Of itself: self-signed. */
function mayHaveIssued(issuer: Certificate, certificate: Certificate): boolean {
  const { authorityKeyId } = certificate;
  return (
    issuer.subjectKey === certificate.issuerKey &&
    (issuer === certificate || issuer.keyUsage?.keyCertSign !== false) &&
    // RFC 5280 §4.2.1.1: it tells issuers of one name apart.
    (authorityKeyId === null ||
      issuer.subjectKeyId === null ||
      issuer.subjectKeyId === authorityKeyId)
  );
}

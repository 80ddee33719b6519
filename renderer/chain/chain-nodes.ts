/** The certificates as presented: one box for every different chain, whatever the number of addresses. */
import type {
  CertificateReport,
  HostReport,
  ProbeFailure,
  ProbeReport,
  Report,
} from '../../shared/inspection/report.ts';
import type { PresentedChain } from '../../shared/inspection/presented-chains.ts';
import { shortDayText } from '../ui/time.ts';
import type { Tone } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import type { CertificateRow, ChainNode } from './graph.ts';

/** Certificates drawn in a box; the rest is a line of its own. */
const MAX_CERTIFICATES = 4;

const say = words.chain.certificate;

export function chainNodes(
  report: Report,
  host: HostReport,
  presented: readonly PresentedChain[],
  ended: boolean,
): readonly ChainNode[] {
  return presented.map(({ probe }, index) => ({
    id: { kind: 'chain', host: host.name, index },
    rows: rowsOf(probe, ended || !report.tool.smtp, presented.length > 1),
    tone: probe === null && (ended || !report.tool.smtp) ? 'none' : toneOf(host, probe),
  }));
}

function toneOf(host: HostReport, probe: ProbeReport | null): Tone {
  if (probe === null) return 'pending';
  if (probe.verdict === 'authenticated') return 'ok';
  if (host.outcome === 'opportunistic' || host.outcome === 'pending') return 'none';
  if (probe.verdict === 'failed') return 'err';
  return isFault(probe.failure) && host.outcome === 'deferred' ? 'err' : 'none';
}

/** Failures at or after STARTTLS are the server's fault; a closed port may be this network's. */
function isFault(failure: ProbeFailure | null): boolean {
  return (
    failure === 'starttls-missing' || failure === 'starttls-refused' || failure === 'tls-failed'
  );
}

/** Of several chains it is the kind of key that tells one from another. */
function rowsOf(
  probe: ProbeReport | null,
  ended: boolean,
  several: boolean,
): readonly CertificateRow[] {
  if (probe === null) {
    return [{ title: ended ? say.unasked : say.connecting, note: '', depth: null }];
  }
  if (probe.chain.length === 0) {
    return [{ title: words.chain.failures[probe.failure ?? 'closed'], note: '', depth: null }];
  }
  const failed = probe.verdict === 'failed' && !several;
  const kept = rowsToKeep(probe);
  const rows = kept.flatMap((depth): readonly CertificateRow[] => {
    const certificate = probe.chain[depth];
    if (certificate === undefined) return [];
    return [{ title: titleOf(certificate), note: noteOf(certificate, depth, failed), depth }];
  });
  const more = probe.chain.length - rows.length;
  return more > 0 ? [...rows, { title: say.more(more), note: '', depth: null }] : rows;
}

/** The first ones, and those that a record matches. */
function rowsToKeep(probe: ProbeReport): readonly number[] {
  const matched = probe.associations.flatMap(({ matchedDepth }) => matchedDepth ?? []);
  const first = probe.chain.slice(0, MAX_CERTIFICATES).map((_, depth) => depth);
  return [...new Set([...first, ...matched])].sort((a, b) => a - b);
}

/** The leaf by its DNS name, an issuer by its common name and organisation. */
function titleOf(certificate: CertificateReport): string {
  const [name] = certificate.names;
  if (!certificate.isAuthority && name !== undefined) return name;
  const common = attribute(certificate.subject, 'CN');
  const organisation = attribute(certificate.subject, 'O');
  const parts = [common, organisation].filter((part) => part !== null && part !== '');
  return parts.length > 0 ? parts.join(' · ') : certificate.subject || say.noSubject;
}

function noteOf(certificate: CertificateReport, depth: number, failed: boolean): string {
  if (depth === 0) {
    return failed ? say.since(shortDayText(certificate.notBefore)) : shortKeyType(certificate);
  }
  return certificate.selfSigned ? say.root : say.issuer;
}

/** `ECDSA P-256` is known by its curve alone; there is little room. */
function shortKeyType({ keyType }: CertificateReport): string {
  return keyType.replace(/^ECDSA /, '');
}

/** The value of one attribute of a distinguished name in RFC 4514 form. */
export function attribute(name: string, type: string): string | null {
  const match = new RegExp(`(?:^|[,+]\\s*)${type}=((?:\\\\.|[^,+\\\\])*)`).exec(name);
  const value = match?.[1];
  return value === undefined ? null : value.replaceAll(/\\(.)/g, '$1').trim();
}

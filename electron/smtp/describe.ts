/** Turns what a probe found and the host's TLSA records into the plain report of that probe. */
import type { AssociationCrypto, ChainVerdict } from '../../shared/dane/association.ts';
import { shapeOf } from '../../shared/dane/chain-shape.ts';
import { matchChain } from '../../shared/dane/match.ts';
import type { Tlsa } from '../../shared/dane/tlsa.ts';
import { describeWebPki } from '../../shared/dane/web-pki.ts';
import type { CertificateReport, ProbeReport } from '../../shared/inspection/report.ts';
import {
  readCertificate,
  type Certificate,
  type CertificateReading,
} from '../../shared/x509/certificate.ts';
import { bytesToHex } from '../../shared/x509/encoding.ts';
import { MAX_CHAIN_CERTIFICATES } from '../../shared/x509/limits.ts';
import { writePem } from '../../shared/x509/pem.ts';
import type { ProbeResult } from './probe.ts';

export interface Expectation {
  /** The TLSA RRset to satisfy; empty when there is none. */
  readonly records: readonly Tlsa[];
  /** Names that count under usage 2 (RFC 7672 §3.2.2): TLSA base domain first, then next-hop domain. */
  readonly referenceNames: readonly string[];
  /** Milliseconds since the epoch at which dates are judged. */
  readonly at: number;
}

/** Call it again with the same result when the records arrive later than the chain. */
export function describeProbe(
  result: ProbeResult,
  expectation: Expectation,
  crypto: AssociationCrypto,
): ProbeReport {
  const presented = (result.session?.presented ?? []).slice(0, MAX_CHAIN_CERTIFICATES);
  const readings = presented.map(readCertificate);
  const certificates = readings.map((reading) => (reading.ok ? reading.certificate : null));
  const verdict = judge(result, presented, expectation, crypto);
  const host = result.serverName ?? expectation.referenceNames[0] ?? null;
  // Of a chain from a file nothing else is known.
  const spoken = result.source === 'file' ? null : result.session;
  return {
    offer: result.offer,
    source: result.source,
    ok: result.failure === null,
    error: result.error,
    stage: result.stage,
    failure: result.failure,
    banner: result.banner,
    starttls: result.starttls,
    injected: result.injected,
    tlsVersion: spoken?.version ?? null,
    cipher: spoken?.cipher ?? null,
    keyType: certificates[0]?.keyType ?? null,
    sni: result.serverName,
    chain: readings.map((reading, index) =>
      describeCertificate(reading, presented[index] ?? NO_BYTES, crypto),
    ),
    chainExact: result.session?.exact ?? false,
    chainShape: shapeOf(certificates, crypto),
    pkix: describeWebPki(certificates, host, expectation.at),
    transcript: result.transcript,
    stages: result.stages,
    associations: verdict?.records ?? [],
    // A session that senders would not use satisfies nothing, whatever its certificates.
    verdict: verdict === null ? null : result.failure === null ? verdict.outcome : 'failed',
  };
}

/** Null when there is nothing to satisfy, or nothing that could satisfy it. */
function judge(
  result: ProbeResult,
  chain: readonly Uint8Array[],
  { records, referenceNames, at }: Expectation,
  crypto: AssociationCrypto,
): ChainVerdict | null {
  if (records.length === 0 || result.session === null) return null;
  return matchChain({ chain, records, referenceNames, at }, crypto);
}

const NO_BYTES = new Uint8Array(0);

export function describeCertificate(
  reading: CertificateReading,
  presented: Uint8Array,
  crypto: AssociationCrypto,
): CertificateReport {
  if (!reading.ok) return describeUnreadable(reading.reason, presented, crypto);
  const { certificate } = reading;
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    notBefore: isoTime(certificate.notBefore),
    notAfter: isoTime(certificate.notAfter),
    names: certificate.names,
    keyType: certificate.keyType,
    isAuthority: certificate.isCa,
    selfSigned: isSelfSigned(certificate, crypto),
    serial: certificate.serial,
    spkiSha256: bytesToHex(crypto.sha256(certificate.spki)),
    certSha256: bytesToHex(crypto.sha256(certificate.der)),
    pem: writePem(certificate.der),
  };
}

/** Its bytes can still be shown, and compared by a person. */
function describeUnreadable(
  reason: string,
  presented: Uint8Array,
  crypto: AssociationCrypto,
): CertificateReport {
  return {
    subject: `unreadable: ${reason}`,
    issuer: '',
    notBefore: '',
    notAfter: '',
    names: [],
    keyType: 'unreadable',
    isAuthority: false,
    selfSigned: false,
    serial: '',
    spkiSha256: '',
    certSha256: bytesToHex(crypto.sha256(presented)),
    pem: writePem(presented),
  };
}

/** Empty when the date cannot be read. */
function isoTime(instant: number | null): string {
  return instant === null ? '' : new Date(instant).toISOString().replace('.000Z', 'Z');
}

function isSelfSigned(certificate: Certificate, crypto: AssociationCrypto): boolean {
  if (!certificate.selfIssued) return false;
  const { spki, signatureAlgorithm, signature, tbs } = certificate;
  // What cannot be verified is taken at its word: nothing is decided by it.
  return crypto.verifyCertificate(spki, signatureAlgorithm, signature, tbs) !== 'invalid';
}

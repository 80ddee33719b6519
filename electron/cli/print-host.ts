/** The chain of one host as text: TLSA records, addresses, certificates, and what joins them. */
import { printable } from '../../shared/findings/safe-text.ts';
import type {
  AddressReport,
  AssociationReport,
  CertificateReport,
  HostReport,
  ProbeReport,
  TlsaRecordReport,
} from '../../shared/inspection/report.ts';
import type { Terminal, Tone } from './terminal.ts';

export function printHostChain(host: HostReport, terminal: Terminal): readonly string[] {
  return [
    ...tlsaLines(host, terminal),
    ...host.addresses.flatMap((address) => addressLines(address, terminal)),
    ...ancestorLine(host),
  ].map((line) => `     ${line}`);
}

function tlsaLines(host: HostReport, { paint }: Terminal): readonly string[] {
  const { tlsa } = host;
  if (tlsa.records.length === 0) return [];
  const status = tlsa.applies ? (tlsa.security ?? 'not looked up') : 'not used';
  const alias = tlsa.cname.length === 0 ? '' : `, alias for ${printable(tlsa.cname.at(-1) ?? '')}`;
  return [
    `TLSA ${printable(tlsa.name)}  ${status}, TTL ${tlsa.ttl ?? 'unknown'}${alias}`,
    ...tlsa.records.map((record, index) => {
      const [mark, tone] = recordMark(record);
      return `  ${paint(tone, mark)} ${record.usage} ${record.selector} ${record.matchingType} ${shorten(record.data)}  ${recordMeaning(record, associationsOf(host, index))}`;
    }),
  ];
}

function recordMark(record: TlsaRecordReport): readonly [string, Tone] {
  if (record.matches) return ['✓', 'good'];
  return record.usable ? ['·', 'quiet'] : ['-', 'quiet'];
}

/** How it fared against each chain that senders see. */
function associationsOf(host: HostReport, index: number): readonly AssociationReport[] {
  return host.addresses
    .flatMap(({ probes }) => probes)
    .filter(({ offer }) => offer !== 'no-sni')
    .flatMap(({ associations }) => associations[index] ?? []);
}

function recordMeaning(
  record: TlsaRecordReport,
  associations: readonly AssociationReport[],
): string {
  if (!record.usable) return 'cannot be used in SMTP';
  if (!record.matches) {
    const [first] = associations;
    if (first === undefined) return 'compared with nothing: no certificate was seen';
    // RFC 7671 §9: whether it would match was not asked.
    if (first.code === 'superseded-digest') return first.reason;
    return record.role === 'next-or-stale'
      ? 'matches nothing presented: a next key, or stale'
      : `${record.role}; does not match at every address`;
  }
  const where = record.matchedDepth === null ? 'supplies the anchor' : DEPTHS(record.matchedDepth);
  return `${record.role}; ${where}`;
}

const DEPTHS = (depth: number): string =>
  depth === 0 ? 'matches the server’s certificate' : `matches certificate ${depth} of the chain`;

/** Enough hex to tell records apart; the whole is in JSON and in the remedies. */
const SHOWN_HEX = 16;

function shorten(hex: string): string {
  return hex.length > SHOWN_HEX + 2 ? `${hex.slice(0, SHOWN_HEX)}…` : hex;
}

function addressLines(address: AddressReport, terminal: Terminal): readonly string[] {
  if (address.probes.length === 0) return [address.address];
  return address.probes.flatMap((probe) => {
    const [mark, tone] = probeMark(probe);
    const heading = `${terminal.paint(tone, mark)} ${address.address}  ${probeText(probe)}`;
    return [
      heading,
      ...probe.chain.map((certificate, depth) => `    ${certificateText(certificate, depth)}`),
    ];
  });
}

function probeMark(probe: ProbeReport): readonly [string, Tone] {
  // What a second question came to is no failure of the server.
  if (!probe.ok) {
    const quiet = probe.failure === 'skipped' || probe.offer !== 'usual';
    return quiet ? ['-', 'quiet'] : ['✗', 'bad'];
  }
  switch (probe.verdict) {
    case 'authenticated':
      return ['✓', 'good'];
    case 'failed':
      return ['✗', 'bad'];
    case 'encrypted-only':
    case null:
      return ['·', 'quiet'];
  }
}

function probeText(probe: ProbeReport): string {
  const asked = OFFER_WORDS[probe.offer];
  if (!probe.ok) return printable(`${asked}${probe.error ?? 'TLS did not come about'}`);
  const how = probe.source === 'file' ? 'from a file' : (probe.tlsVersion ?? 'TLS');
  return printable(`${asked}${how}, ${probe.keyType ?? 'unknown key'}`);
}

const OFFER_WORDS: Readonly<Record<ProbeReport['offer'], string>> = {
  usual: '',
  rsa: 'asked for an RSA key: ',
  ecdsa: 'asked for an ECDSA key: ',
  eddsa: 'asked for an EdDSA key: ',
  'no-sni': 'asked without SNI: ',
};

function certificateText(certificate: CertificateReport, depth: number): string {
  return printable(`${depth}: ${certificate.subject}, until ${certificate.notAfter.slice(0, 10)}`);
}

function ancestorLine({ ancestors }: HostReport): readonly string[] {
  if (ancestors.length === 0) return [];
  const servers = new Set(ancestors.map(({ address }) => address)).size;
  const faults = ancestors.filter(({ ok }) => !ok).length;
  const asked = `Names above the TLSA records, at ${servers} name-server ${servers === 1 ? 'address' : 'addresses'}:`;
  return [
    `${asked} ${faults === 0 ? 'in order' : `${faults} of ${ancestors.length} answers at fault`}`,
  ];
}

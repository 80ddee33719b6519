/** The conversations with a host's addresses, one an address and kind of key; those that came to the same fold. */
import type { HostReport, ProbeOffer, ProbeReport } from '../../shared/inspection/report.ts';
import type { Tone } from '../ui/tone.ts';
import { words } from '../words/words.ts';

const said = words.details.smtp;

export interface Conversation {
  readonly key: string;
  /** Addresses that came to the same; one, but for chains from a file. */
  readonly addresses: readonly string[];
  /** What was offered and what came of it: `usual offer · ECDSA P-256`. */
  readonly label: string;
  readonly probe: ProbeReport;
  readonly tone: Tone;
}

export function conversationsOf(host: HostReport): readonly Conversation[] {
  const groups = new Map<
    string,
    { addresses: string[]; offers: ProbeOffer[]; probe: ProbeReport }
  >();
  for (const { address, probes } of host.addresses) {
    for (const probe of probes) {
      // A chain from a file is the same wherever it stands in for what a server sends.
      const place = probe.source === 'file' ? 'file' : address;
      const key = `${place} ${outcomeKey(probe)}`;
      const group = groups.get(key) ?? { addresses: [], offers: [], probe };
      if (!group.addresses.includes(address)) group.addresses.push(address);
      if (!group.offers.includes(probe.offer)) group.offers.push(probe.offer);
      groups.set(key, group);
    }
  }
  return [...groups].map(([key, { addresses, offers, probe }]) => ({
    key,
    addresses,
    label: said.label(offersText(offers, probe), resultText(probe)),
    probe,
    tone: toneOf(probe),
  }));
}

/** What two handshakes have to share to be told once. */
function outcomeKey(probe: ProbeReport): string {
  const certificates = probe.chain.map(({ certSha256 }) => certSha256);
  const { failure, stage, tlsVersion, cipher, verdict } = probe;
  return [failure, stage, tlsVersion, cipher, verdict, ...certificates].join(' ');
}

function offersText(offers: readonly ProbeOffer[], probe: ProbeReport): string {
  if (probe.source === 'file') return said.file;
  return offers.map((offer) => said.offers[offer]).join(said.and);
}

function resultText(probe: ProbeReport): string {
  if (probe.chain.length > 0) return probe.keyType ?? said.unknownKey;
  return probe.failure === null ? said.noCertificate : said.failures[probe.failure];
}

function toneOf(probe: ProbeReport): Tone {
  // For comparison only: senders with DANE send SNI.
  if (probe.offer === 'no-sni') return 'none';
  if (probe.verdict === 'authenticated') return 'ok';
  if (probe.verdict === 'failed') return 'err';
  return probe.ok ? 'none' : 'warn';
}

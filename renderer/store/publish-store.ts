/** The person's choices about records: hosts, ports, TTL, zone, kinds, format; and what comes of them. */
import { create } from 'zustand';
import { readDomainInput } from '../../shared/inspection/domain-input.ts';
import type { Arranged } from '../../shared/material/arrange.ts';
import type { Fingerprint } from '../../shared/material/material.ts';
import type { FormatName } from '../../shared/publish/formats.ts';
import {
  defaultKinds,
  recordsAtOwnNames,
  wantedRecords,
  type RecordKind,
  type Wanted,
} from '../../shared/publish/wanted.ts';
import type { Certificate } from '../../shared/x509/certificate.ts';
import type { MaterialView } from './material-view.ts';
import { keptDigests } from './publish-digests.ts';
import { words } from '../words/words.ts';

export interface PublishState {
  /** A-labels; null leaves each certificate at its own name. */
  readonly hosts: readonly string[] | null;
  /** Ascending. */
  readonly ports: readonly number[];
  /** As typed. */
  readonly ttl: string;
  /** As typed; empty guesses it. */
  readonly zone: string;
  /** null takes the advised ones. */
  readonly kinds: readonly RecordKind[] | null;
  readonly format: FormatName;
  /** Material that no records are made of, though it was dropped. */
  readonly left: ReadonlySet<Fingerprint>;
}

const START: PublishState = {
  hosts: null,
  ports: [25],
  ttl: '3600',
  zone: '',
  kinds: null,
  format: 'zone',
  left: new Set(),
};

export const usePublish = create<PublishState>(() => START);

export function forgetChoices(): void {
  usePublish.setState(START);
}

export function chooseHosts(hosts: readonly string[] | null): void {
  usePublish.setState({ hosts });
}

/** Null when it was added, else why not, in plain words. */
export function addHost(typed: string, shown: readonly string[]): string | null {
  const input = readDomainInput(typed, toAscii);
  if (!input.ok) return input.message;
  const { key } = input.domain;
  const hosts = usePublish.getState().hosts ?? shown;
  if (!hosts.includes(key)) usePublish.setState({ hosts: [...hosts, key] });
  return null;
}

export function togglePort(port: number): void {
  const { ports } = usePublish.getState();
  const others = ports.filter((each) => each !== port);
  const next = others.length < ports.length ? others : [...ports, port].sort((a, b) => a - b);
  // Without a port there is no name for the records.
  if (next.length > 0) usePublish.setState({ ports: next });
}

export function chooseKinds(kinds: readonly RecordKind[] | null): void {
  usePublish.setState({ kinds });
}

export function chooseFormat(format: FormatName): void {
  usePublish.setState({ format });
}

export function typeTtl(ttl: string): void {
  usePublish.setState({ ttl });
}

export function typeZone(zone: string): void {
  usePublish.setState({ zone });
}

export function toggleUse(fingerprint: Fingerprint): void {
  const left = new Set(usePublish.getState().left);
  if (!left.delete(fingerprint)) left.add(fingerprint);
  usePublish.setState({ left });
}

/** Seconds; RFC 2181 §8 allows 31 bits. */
const MAX_TTL = 2_147_483_647;

/** Null when it is no number of seconds. */
export function readTtl(typed: string): number | null {
  const text = typed.trim();
  const seconds = Number(text);
  return /^\d{1,10}$/.test(text) && seconds <= MAX_TTL ? seconds : null;
}

export interface ZoneReading {
  /** Null guesses it. */
  readonly zone: string | null;
  /** Why what was typed is none; null when it is one. */
  readonly problem: string | null;
}

export function readZone(typed: string): ZoneReading {
  if (typed.trim() === '') return { zone: null, problem: null };
  const input = readDomainInput(typed, toAscii);
  return input.ok
    ? { zone: input.domain.key, problem: null }
    : { zone: null, problem: input.message };
}

/** What to publish for the material under the choices made. */
export function recordsFor(view: MaterialView, choices: PublishState): Wanted {
  const { hosts, ports, kinds, left } = choices;
  const service = {
    ports,
    ttl: readTtl(choices.ttl) ?? DEFAULT_TTL,
    zone: readZone(choices.zone).zone,
  };
  const used = left.size === 0 ? view.arranged : withoutLeft(view, left);
  const count = countOf(used, choices);
  if (count > MAX_RECORDS)
    return { records: [], problems: [words.generate.records.tooMany(count, MAX_RECORDS)] };
  return hosts === null
    ? recordsAtOwnNames(used, kinds, service, keptDigests)
    : wantedRecords(used, kinds, { ...service, hosts }, keptDigests);
}

const DEFAULT_TTL = 3600;

/** Records made at a time: a thousand certificates at a thousand hosts would be a million. */
const MAX_RECORDS = 10_000;

/** How many there would be if none were equal. */
function countOf(arranged: Arranged, { hosts, ports, kinds }: PublishState): number {
  const { servers, issuers, keys } = arranged;
  const chosen = kinds ?? defaultKinds(arranged);
  const ofIssuers = chosen.filter(({ usage }) => usage === 0 || usage === 2).length;
  const ofServers = chosen.length - ofIssuers;
  const places = (hosts?.length ?? 1) * ports.length;
  const links = servers.reduce((sum, server) => sum + server.issuers.length, 0);
  const issuersPlaced = hosts === null ? Math.max(links, issuers.length) : issuers.length;
  return places * ((servers.length + keys.length) * ofServers + issuersPlaced * ofIssuers);
}

function withoutLeft(
  { arranged, fingerprints }: MaterialView,
  left: ReadonlySet<Fingerprint>,
): Arranged {
  const isUsed = (certificate: Certificate): boolean =>
    !left.has(fingerprints.get(certificate) ?? '');
  return {
    servers: arranged.servers.filter(({ certificate }) => isUsed(certificate)),
    issuers: arranged.issuers.filter(isUsed),
    keys: arranged.keys.filter(({ fingerprint }) => !left.has(fingerprint)),
  };
}

/** The browser's own IDNA (UTS #46); empty when it is no host name. */
function toAscii(domain: string): string {
  try {
    return new URL(`http://${domain}/`).hostname;
  } catch {
    return '';
  }
}

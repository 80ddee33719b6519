// Builds the tree of signed zones, the root hints and the trust anchor (RFC 4035 §2; RFC 7958 for the anchor's DS form).
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverAddress, type ServerKey } from './address-plan.ts';
import type { MailListener } from './listeners.ts';
import { eachOf } from './processes.ts';
import { makeKeys, readDs, signZone, withFurtherKey } from './signing.ts';
import { DEFAULT_SERVERS, delegationLines, zoneText } from './zone-text.ts';
import type { ZonePlan } from './zones/zone-plan.ts';

export interface ZoneFile {
  readonly name: string;
  readonly file: string;
  /** Where the parent's delegation points. */
  readonly servers: readonly ServerKey[];
  /** What the server `variant` has instead. */
  readonly variantFile: string;
  /** The keys of a zone that its server signs; null where it is signed already. */
  readonly updatesWith: string | null;
}

export interface Tree {
  readonly zones: readonly ZoneFile[];
  readonly rootHints: string;
  readonly trustAnchor: string;
  readonly delvAnchor: string;
}

/** Makes the keys of every zone; it needs nothing else, so it can be done beside other work. */
export async function makeAllKeys(
  zones: readonly ZonePlan[],
  path: string,
  atOnce: number,
): Promise<void> {
  await eachOf(zones, atOnce, (zone) => makeKeys(zone, keyFolder(path, zone)));
}

export async function buildTree(
  zones: readonly ZonePlan[],
  listeners: readonly MailListener[],
  work: { readonly path: string; readonly block: number },
  atOnce: number,
): Promise<Tree> {
  const address = (key: ServerKey): string => serverAddress(work.block, key);
  const folder = join(work.path, 'zones');
  mkdirSync(folder);
  const delegations = new Map<string, readonly string[]>();
  const files: ZoneFile[] = [];
  // A parent publishes the DS records that signing the child yields: the lowest level comes first.
  for (const level of levelsFromBelow(zones)) {
    const signed = await eachOf(level, atOnce, async (zone) => {
      const text = textOf(zone, listeners, address, delegationsBelow(zone, delegations));
      const file = await signBoth(zone, text, keyFolder(work.path, zone), folder);
      const ds = readDs(zone, keyFolder(work.path, zone));
      delegations.set(zone.name, delegationLines(zone, ds, address));
      return file;
    });
    files.push(...signed);
  }
  return { zones: files, ...writeRootFiles(work.path, zones, address) };
}

async function signBoth(
  zone: ZonePlan,
  text: TextOf,
  keys: string,
  folder: string,
): Promise<ZoneFile> {
  const file = join(folder, zone.name || 'root');
  const { variantRecords, variantSerial, variantKey } = zone;
  const isOne = variantRecords === undefined && variantSerial === undefined && variantKey !== true;
  const variantFile = isOne ? file : `${file}.variant`;
  if (!isOne) {
    const variantText = text(variantRecords ?? zone.records, variantSerial);
    const variantKeys = variantKey === true ? await withFurtherKey(zone, keys) : keys;
    await signZone(zone, variantText, variantKeys, variantFile);
  }
  await signZone(zone, text(zone.records), keys, file);
  const servers = Object.values(zone.servers ?? DEFAULT_SERVERS);
  const updatesWith = zone.updates === true ? keys : null;
  return { name: zone.name, file, servers, variantFile, updatesWith };
}

type TextOf = (records: string, serial?: number) => string;

function textOf(
  zone: ZonePlan,
  listeners: readonly MailListener[],
  address: (key: ServerKey) => string,
  delegations: readonly string[],
): TextOf {
  const find = (reference: string): MailListener => listenerOf(listeners, zone.name, reference);
  return (records, serial) =>
    zoneText(zone, records, {
      serverAddress: address,
      listenerAddress: (reference, family) => listenerAddress(find(reference), family),
      certificates: (reference) => find(reference).certificates,
      delegations,
      ...(serial === undefined ? {} : { serial }),
    });
}

function writeRootFiles(
  path: string,
  zones: readonly ZonePlan[],
  address: (key: ServerKey) => string,
): Omit<Tree, 'zones'> {
  const root = zones.find(({ name }) => name === '');
  if (root === undefined) throw new Error('the universe has no root zone');
  const ds = readDs(root, keyFolder(path, root));
  const hints = delegationLines(root, [], address).map((line) =>
    line.replace(/ (NS|A) /, ' 3600000 IN $1 '),
  );
  const files = {
    rootHints: join(path, 'root.hints'),
    trustAnchor: join(path, 'trust-anchor'),
    delvAnchor: join(path, 'delv.anchor'),
  };
  writeFileSync(files.rootHints, `${hints.join('\n')}\n`);
  writeFileSync(files.trustAnchor, `${ds.join('\n')}\n`);
  const delv = ds.map((line) => {
    const [tag, algorithm, digestType, digest] = line.split(/\s+/).slice(-4);
    return `trust-anchors { . static-ds ${tag} ${algorithm} ${digestType} "${digest}"; };`;
  });
  writeFileSync(files.delvAnchor, `${delv.join('\n')}\n`);
  return files;
}

function levelsFromBelow(zones: readonly ZonePlan[]): readonly (readonly ZonePlan[])[] {
  const depth = ({ name }: ZonePlan): number => (name === '' ? 0 : name.split('.').length);
  const depths = [...new Set(zones.map(depth))].sort((one, other) => other - one);
  return depths.map((level) => zones.filter((zone) => depth(zone) === level));
}

function delegationsBelow(
  zone: ZonePlan,
  delegations: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  return [...delegations].flatMap(([child, lines]) =>
    parentName(child) === zone.name ? lines : [],
  );
}

function keyFolder(path: string, zone: ZonePlan): string {
  return join(path, 'keys', zone.name || 'root');
}

/** `label` of this zone, or `label@zone` of another. */
function listenerOf(
  listeners: readonly MailListener[],
  own: string,
  reference: string,
): MailListener {
  const [label, zone = own] = reference.split('@');
  const listener = listeners.find(
    (candidate) => candidate.label === label && candidate.zone === zone,
  );
  if (listener === undefined) throw new Error(`no listener is called ${reference}`);
  return listener;
}

function listenerAddress(listener: MailListener, family: 4 | 6): string {
  if (family === 4) return listener.address;
  if (listener.address6 === null) throw new Error(`${listener.label} has no IPv6 address`);
  return listener.address6;
}

function parentName(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1);
}

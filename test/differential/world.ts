// Brings up the small signed internet of the differential test: BIND behind fronts at addresses of its own (RFC 1034 §4).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '../../electron/wire/message.ts';
import { typeFromText } from '../../shared/dns/record-type.ts';
import { startAuthoritative, type Endpoint } from '../universe/bind.ts';
import { eachOf, run, settled } from '../universe/processes.ts';
import { answersDns } from '../universe/readiness.ts';
import { takeWorkFolder } from '../universe/work-folder.ts';
import { absolute } from '../universe/zone-text.ts';
import { name, readKeys, type ForgingKey } from './forge.ts';
import { ask, startFronts, type Fault } from './front.ts';
import { parentZone, ZONES, type Holder, type ZoneSpec } from './zones.ts';

export interface World {
  /** Where each judge reads how to begin; `island` has that zone's own anchor in place of the root's. */
  readonly files: {
    readonly rootHints: string;
    readonly trustAnchor: string;
    readonly islandAnchor: string;
    readonly delvAnchor: string;
    readonly delvIslandAnchor: string;
    readonly unbound: string;
    readonly unboundIsland: string;
  };
  /** One server that has every zone, for delv, which follows no referrals. */
  readonly everything: string;
  /** The keys of a signed zone, the entry point first. */
  keys(zone: string): readonly ForgingKey[];
  setFault(fault: Fault | null): void;
  /** What BIND answers, without any fault. */
  ask(owner: string, type: string): Promise<Message>;
  stop(): Promise<void>;
}

/** Referrals carry no port, and Unbound knows no other. */
export const PORT = 53;

const HOLDERS: readonly Holder[] = ['root', 'tld', 'leaf', 'kid'];
const HIDDEN_PORT = 20_050;

export async function startWorld(): Promise<World> {
  const work = await takeWorkFolder();
  try {
    const address = (holder: Holder | 'all'): string =>
      `127.${work.block}.50.${holder === 'all' ? 9 : HOLDERS.indexOf(holder) + 1}`;
    await signAll(work.path, address);
    const pairs = [...HOLDERS, 'all' as const].map((holder, index) => {
      const upstream = { address: '127.0.0.1', port: HIDDEN_PORT + work.block * 100 + index };
      const zones = ZONES.filter((zone) => holder === 'all' || zone.holder === holder);
      work.noteProcess(
        startAuthoritative(
          join(work.path, 'named', holder),
          upstream,
          zones.map((zone) => ({ name: zone.name, file: signedFile(work.path, zone) })),
        ),
      );
      return { listen: { address: address(holder), port: PORT }, upstream };
    });
    const everything = pairs[pairs.length - 1];
    if (everything === undefined) throw new Error('there is no name server');
    await allAnswer(pairs.map(({ upstream }) => upstream));
    const fronts = await startFronts(pairs);
    const keys = new Map(
      ZONES.filter((zone) => zone.algorithm !== null).map((zone) => [
        zone.name,
        readKeys(keyFolder(work.path, zone), name(absolute(zone.name))),
      ]),
    );
    return {
      files: writeFiles(work.path, address('root')),
      everything: address('all'),
      keys: (zone) => keys.get(zone) ?? [],
      setFault: fronts.setFault,
      ask: async (owner, type) => {
        const question = { name: name(absolute(owner)), type: typeFromText(type) ?? 0, class: 1 };
        const answer = await ask(question, everything.upstream);
        if (answer === null) throw new Error(`no answer to ${owner} ${type}`);
        return answer;
      },
      stop: async () => {
        await fronts.close();
        await work.clear();
      },
    };
  } catch (error) {
    await work.clear();
    throw error;
  }
}

async function allAnswer(endpoints: readonly Endpoint[]): Promise<void> {
  for (const { address, port } of endpoints) {
    if (!(await settled(() => answersDns(address, port), 20_000))) {
      throw new Error(`the name server at ${address}#${port} does not answer`);
    }
  }
}

async function signAll(path: string, address: (holder: Holder) => string): Promise<void> {
  mkdirSync(join(path, 'zones'), { recursive: true });
  const signed = ZONES.filter((zone) => zone.algorithm !== null);
  await eachOf(signed, 2, (zone) => makeKeys(path, zone));
  const ds = new Map<string, readonly string[]>();
  const depth = ({ name }: ZoneSpec): number => (name === '' ? 0 : name.split('.').length);
  for (const level of [3, 2, 1, 0]) {
    await eachOf(
      ZONES.filter((zone) => depth(zone) === level),
      2,
      async (zone) => {
        const children = ZONES.filter(
          (each) => each.name !== '' && parentZone(each.name) === zone.name,
        );
        const text = [
          `$ORIGIN ${absolute(zone.name)}`,
          '$TTL 3600',
          '@ SOA ns hostmaster 1 3600 600 1209600 300',
          '@ NS ns',
          `ns A ${address(zone.holder)}`,
          ...zone.records,
          ...children.flatMap((each) => [
            `${absolute(each.name)} NS ns.${absolute(each.name)}`,
            `ns.${absolute(each.name)} A ${address(each.holder)}`,
            ...(each.vouched ? (ds.get(each.name) ?? []) : []),
          ]),
          '',
        ].join('\n');
        ds.set(zone.name, await sign(path, zone, text));
      },
    );
  }
}

async function makeKeys(path: string, zone: ZoneSpec): Promise<void> {
  const folder = keyFolder(path, zone);
  mkdirSync(folder, { recursive: true });
  const size = zone.algorithm === 8 ? ['-b', '2048'] : [];
  const generate = ['-q', '-K', folder, '-a', String(zone.algorithm), ...size];
  await run('dnssec-keygen', [...generate, '-f', 'KSK', absolute(zone.name)]);
  if (zone.split) await run('dnssec-keygen', [...generate, absolute(zone.name)]);
}

/** Gives the DS records. */
async function sign(path: string, zone: ZoneSpec, text: string): Promise<readonly string[]> {
  const file = signedFile(path, zone);
  if (zone.algorithm === null) {
    writeFileSync(file, text);
    return [];
  }
  const plain = `${file}.plain`;
  writeFileSync(plain, text);
  const folder = keyFolder(path, zone);
  const nsec3 = ['-3', zone.salt, '-H', String(zone.iterations)];
  await run(
    'dnssec-signzone',
    [
      ...['-q', '-S', '-K', folder, '-o', absolute(zone.name), '-f', file, '-O', 'full'],
      ...(zone.split ? [] : ['-z']),
      ...(zone.denial === 'nsec' ? [] : nsec3),
      ...(zone.denial === 'nsec3-opt-out' ? ['-A'] : []),
      plain,
    ],
    { cwd: folder },
  );
  const lines = readFileSync(join(folder, `dsset-${absolute(zone.name)}`), 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '');
}

function writeFiles(path: string, rootAddress: string): World['files'] {
  const anchorOf = (zone: string): string => {
    const spec = ZONES.find((each) => each.name === zone);
    if (spec === undefined) throw new Error(`there is no zone ${zone}`);
    return readFileSync(join(keyFolder(path, spec), `dsset-${absolute(zone)}`), 'utf8');
  };
  const write = (file: string, text: string): string => {
    writeFileSync(join(path, file), text);
    return join(path, file);
  };
  const rootHints = write('root.hints', `. 3600000 NS ns.\nns. 3600000 A ${rootAddress}\n`);
  const trustAnchor = write('trust-anchor', anchorOf(''));
  const islandAnchor = write('island-anchor', anchorOf('island.tld'));
  return {
    rootHints,
    trustAnchor,
    islandAnchor,
    delvAnchor: write('delv.anchor', delvAnchor('.', anchorOf(''))),
    delvIslandAnchor: write(
      'delv-island.anchor',
      delvAnchor('island.tld.', anchorOf('island.tld')),
    ),
    unbound: write('unbound.conf', unboundConfiguration(path, rootHints, trustAnchor)),
    unboundIsland: write(
      'unbound-island.conf',
      unboundConfiguration(path, rootHints, islandAnchor),
    ),
  };
}

function delvAnchor(zone: string, ds: string): string {
  const [tag, algorithm, type, ...digest] = ds.trim().split('\n')[0]?.split(/\s+/).slice(3) ?? [];
  const numbers = `${tag} ${algorithm} ${type}`;
  return `trust-anchors { ${zone} static-ds ${numbers} "${digest.join('')}"; };\n`;
}

function unboundConfiguration(path: string, rootHints: string, anchor: string): string {
  return [
    'server:',
    ...[
      `directory: "${path}"`,
      'chroot: ""',
      'username: ""',
      'pidfile: ""',
      'use-syslog: no',
      `root-hints: "${rootHints}"`,
      `trust-anchor-file: "${anchor}"`,
      'module-config: "validator iterator"',
      'do-not-query-localhost: no',
      'do-ip6: no',
      'qname-minimisation: no',
      'aggressive-nsec: no',
      // Its leniences, which have nothing to do with the clauses in question.
      'val-sig-skew-min: 0',
      'val-sig-skew-max: 0',
      'val-max-restart: 0',
      'target-fetch-policy: "0 0 0 0 0"',
    ].map((line) => `  ${line}`),
    'remote-control:',
    '  control-enable: no',
    '',
  ].join('\n');
}

function signedFile(path: string, zone: ZoneSpec): string {
  return join(path, 'zones', `${zone.name || 'root'}.zone`);
}

function keyFolder(path: string, zone: ZoneSpec): string {
  return join(path, 'keys', zone.name || 'root');
}

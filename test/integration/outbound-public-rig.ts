// A server with a domain of its own in a network of its own: addresses that are not loopback, some behind 1:1 NAT, a signed parent zone, and no way out.
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unconfined } from '../universe/bind.ts';
import {
  run,
  settled,
  startServer,
  stopProcess,
  type ProcessIdentity,
} from '../universe/processes.ts';

export const PARENT = 'rig.example';
export const BASE = `dane.${PARENT}`;
/** Published: of them the first three are behind NAT, the last is of IPv6. */
export const ADDRESSES = '198.51.100.10-198.51.100.28,2001:db8:25::25';
export const NAT = '198.51.100.10-198.51.100.12=10.25.0.10-10.25.0.12';
const PARENT_SERVER = '198.51.100.53';
export const RESOLVER = '127.0.0.1';
/** Nobody that the machine knows, as the service is. */
const NOBODY = '65534';

export interface Rig {
  readonly folder: string;
  /** Where the kit is. */
  readonly kit: string;
  readonly rootHints: string;
  /** DS of the rig's root, for our command line and for delv. */
  readonly trustAnchor: string;
  readonly delvAnchor: string;
  /** The command line, where everybody may read it. */
  readonly program: string;
  /** Runs a program in the rig's network. */
  inside(...command: readonly string[]): Promise<string>;
  startService(): Promise<void>;
  stopService(): Promise<void>;
  close(): Promise<void>;
}

export async function startRig(): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'dane-inspector-public-'));
  chmodSync(folder, 0o755);
  const program = join(folder, 'program', 'dane-inspector.cjs');
  cpSync(fileURLToPath(new URL('../../out/cli/', import.meta.url)), join(folder, 'program'), {
    recursive: true,
  });
  const kit = join(folder, 'a kit');
  await run(process.execPath, [
    ...[program, 'lab', '--outbound', '--public', BASE, '--addresses', ADDRESSES],
    ...['--nat', NAT, '--kit', kit],
  ]);
  const network = await startNetwork(folder);
  const within = (command: readonly string[]): readonly string[] => [
    ...['-t', `${network.pid}`, '-n', ...command],
  ];
  const inside = (...command: readonly string[]): Promise<string> =>
    run('nsenter', within(command));
  const parent = await startParent(folder, kit, (command, args, log) =>
    startServer('nsenter', within([command, ...args]), log),
  );
  let service: ProcessIdentity | null = null;
  const stopService = async (): Promise<void> => {
    if (service !== null) await stopProcess(service);
    service = null;
  };
  return {
    ...{ folder, kit, program, inside, stopService, ...parent.files },
    async startService() {
      const log = join(folder, 'service.log');
      service = startServer('nsenter', within(['setpriv', ...asTheUnitSays(folder, kit)]), log);
      const answers = async (): Promise<boolean> =>
        (await inside('dig', '+short', '+time=1', '@198.51.100.10', BASE, 'SOA').catch(
          () => '',
        )) !== '';
      if (!(await settled(answers, 20_000))) throw new Error(readFileSync(log, 'utf8'));
    },
    async close() {
      await stopService();
      for (const server of parent.servers) await stopProcess(server);
      await stopProcess(network);
    },
  };
}

/** NAT as providers have it: nothing of the machine has the published address. */
async function startNetwork(folder: string): Promise<ProcessIdentity> {
  const ready = join(folder, 'ready');
  const own = [10, 11, 12].map((last) => `10.25.0.${last}/32`);
  const published = Array.from({ length: 16 }, (_, index) => `198.51.100.${13 + index}/32`);
  const rules = [10, 11, 12].map((last) => `ip daddr 198.51.100.${last} dnat to 10.25.0.${last};`);
  const script = [
    'set -e',
    'ip link set lo up',
    ...[...own, ...published, `${PARENT_SERVER}/32`].map((each) => `ip addr add ${each} dev lo`),
    'ip addr add 2001:db8:25::25/128 dev lo nodad',
    ...[10, 11, 12].map((last) => `ip route add 198.51.100.${last}/32 dev lo src 127.0.0.1`),
    'nft add table ip nat',
    "nft 'add chain ip nat output { type nat hook output priority -100; }'",
    ...rules.map((rule) => `nft 'add rule ip nat output ${rule}'`),
    `touch '${ready}'`,
    'exec sleep 600',
  ];
  const log = join(folder, 'network.log');
  const network = startServer('unshare', ['-n', 'sh', '-c', script.join('\n')], log);
  const isReady = (): boolean => {
    try {
      return readFileSync(ready, 'utf8') === '';
    } catch {
      return false;
    }
  };
  if (!(await settled(isReady, 10_000))) throw new Error(readFileSync(log, 'utf8'));
  return network;
}

type Start = (command: string, args: readonly string[], log: string) => ProcessIdentity;

interface Parent {
  readonly servers: readonly ProcessIdentity[];
  readonly files: Pick<Rig, 'rootHints' | 'trustAnchor' | 'delvAnchor'>;
}

/** A signed root and a signed parent, which has the kit's records, both served by BIND; Unbound resolves from that root. */
async function startParent(folder: string, kit: string, start: Start): Promise<Parent> {
  const zones = join(folder, 'zones');
  mkdirSync(zones);
  const head = (name: string): string =>
    `${name} 300 IN SOA ns.${PARENT}. nobody.${PARENT}. 1 3600 900 604800 60\n${name} 300 IN NS ns.${PARENT}.\n`;
  const glue = `ns.${PARENT}. 300 IN A ${PARENT_SERVER}\n`;
  const delegation = readFileSync(join(kit, 'delegation.zone'), 'utf8');
  const parentDs = await signZone(zones, `${PARENT}.`, head(`${PARENT}.`) + glue + delegation);
  const above = `${PARENT}. 300 IN NS ns.${PARENT}.\n${glue}${parentDs}`;
  const rootDs = await signZone(zones, '.', head('.') + above);
  const rootHints = join(folder, 'hints');
  writeFileSync(rootHints, `. 300 IN NS ns.${PARENT}.\n${glue}`);
  const trustAnchor = join(folder, 'anchor');
  writeFileSync(trustAnchor, rootDs);
  const delvAnchor = join(folder, 'delv-anchor');
  const [, tag = '', algorithm = '', kind = '', digest = ''] =
    /DS (\d+) (\d+) (\d+) ([0-9A-F ]+)/.exec(rootDs) ?? [];
  writeFileSync(
    delvAnchor,
    `trust-anchors { . static-ds ${tag} ${algorithm} ${kind} "${digest.replaceAll(' ', '')}"; };\n`,
  );
  const named = join(folder, 'named.conf');
  writeFileSync(
    named,
    [
      `options { directory "${zones}"; listen-on { ${PARENT_SERVER}; }; listen-on-v6 { none; };`,
      'recursion no; dnssec-validation no; pid-file none; session-keyfile none; notify no; };',
      'controls { };',
      `zone "." { type primary; file "root.signed"; };`,
      `zone "${PARENT}" { type primary; file "${PARENT}.signed"; };`,
      '',
    ].join('\n'),
  );
  const unbound = join(folder, 'unbound.conf');
  writeFileSync(
    unbound,
    [
      'server:',
      `  interface: ${RESOLVER}`,
      '  do-not-query-localhost: no',
      `  root-hints: "${rootHints}"`,
      `  trust-anchor-file: "${trustAnchor}"`,
      ...['username', 'chroot', 'directory', 'pidfile'].map((option) => `  ${option}: ""`),
      '  use-syslog: no',
      '',
    ].join('\n'),
  );
  const namedArguments = ['-n', '1', '-f', '-X', 'none', '-c', named];
  return {
    servers: [
      start(unconfined('/usr/sbin/named', folder), namedArguments, join(folder, 'named.log')),
      start(
        unconfined('/usr/sbin/unbound', folder),
        ['-d', '-c', unbound],
        join(folder, 'unbound.log'),
      ),
    ],
    files: { rootHints, trustAnchor, delvAnchor },
  };
}

/** The DS record of the zone. */
async function signZone(folder: string, name: string, text: string): Promise<string> {
  const file = name === '.' ? 'root' : name.slice(0, -1);
  writeFileSync(join(folder, file), text);
  const keys = ['-q', '-a', 'ECDSAP256SHA256', '-f', 'KSK', name];
  const key = (await run('dnssec-keygen', keys, { cwd: folder })).trim();
  const how = ['-S', '-z', '-o', name, '-f', `${file}.signed`, file];
  await run('dnssec-signzone', how, { cwd: folder });
  return run('dnssec-dsfromkey', ['-2', `${key}.key`], { cwd: folder });
}

/** The very lines of the unit, with the folders that systemd would make, by nobody with its one capability. */
function asTheUnitSays(folder: string, kit: string): readonly string[] {
  const unit = readFileSync(join(kit, 'dane-inspector-outbound.service'), 'utf8');
  const lineOf = (key: string): string => {
    const found = unit.split('\n').find((line) => line.startsWith(`${key}=`));
    if (found === undefined) throw new Error(`the unit has no ${key}`);
    return found.slice(key.length + 1);
  };
  const capability = lineOf('AmbientCapabilities').replace(/^CAP_/, '+').toLowerCase();
  const state = join(folder, 'StateDirectory');
  const credentials = join(folder, 'credentials');
  for (const path of [state, credentials]) mkdirSync(path, { recursive: true, mode: 0o777 });
  chmodSync(state, 0o777);
  cpSync(join(kit, 'state.json'), join(credentials, 'state.json'));
  chmodSync(join(credentials, 'state.json'), 0o644);
  const script = [
    'set -e',
    `export STATE_DIRECTORY='${state}' CREDENTIALS_DIRECTORY='${credentials}'`,
    // systemd makes one dollar of two.
    lineOf('ExecStartPre').replaceAll('$$', '$'),
    `exec ${lineOf('ExecStart')} --json`,
  ];
  return [
    ...[`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--no-new-privs'],
    ...[`--bounding-set=-all,${capability}`, `--inh-caps=-all,${capability}`],
    ...[`--ambient-caps=-all,${capability}`, 'sh', '-c', script.join('\n')],
  ];
}

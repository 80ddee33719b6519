// Real resolvers set up by the very text that is given to copy, and nothing of the Internet's to ask.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listenForDatagrams } from '../../electron/net/listen.ts';
import type { OutboundTest } from '../../electron/outbound/outbound-test.ts';
import { resolverSettings, type ResolverFacts } from '../../shared/lab/resolver-settings.ts';
import { unconfined } from '../universe/bind.ts';
import { run, startServer, type ProcessIdentity } from '../universe/processes.ts';

export type ResolverName = 'Unbound' | 'BIND' | 'Knot Resolver';

export interface ResolverPlace {
  readonly folder: string;
  /** It answers there; BIND knows no loopback address but 127.0.0.1. */
  readonly address: string;
  readonly port: number;
  /** Where nothing listens: the root servers that it knows. */
  readonly nowhere: string;
}

export function factsOf({ base, nameServer, trustAnchor }: OutboundTest): ResolverFacts {
  return { base, address: nameServer.address, port: nameServer.port, trustAnchor };
}

export function textFor(software: ResolverName, facts: ResolverFacts): string {
  const settings = resolverSettings(facts).find((each) => each.software === software);
  if (settings === undefined) throw new Error(software);
  return settings.text;
}

/** `text` is what the person adds to the settings that are there already. */
export async function startResolver(
  software: ResolverName,
  place: ResolverPlace,
  text: string,
): Promise<ProcessIdentity> {
  mkdirSync(place.folder, { recursive: true });
  const added = join(place.folder, 'added.conf');
  writeFileSync(added, text);
  const file = join(place.folder, 'main.conf');
  writeFileSync(file, MAIN[software]({ ...place, added }).join('\n'));
  const log = `${file}.log`;
  switch (software) {
    case 'Unbound':
      await run('unbound-checkconf', [file]);
      return startServer(unconfined('/usr/sbin/unbound', place.folder), ['-d', '-c', file], log);
    case 'BIND':
      await run('named-checkconf', [file]);
      return startServer(
        unconfined('/usr/sbin/named', place.folder),
        ['-n', '1', '-f', '-X', 'none', '-c', file],
        log,
      );
    case 'Knot Resolver':
      return startServer('/usr/sbin/kresd', ['-n', '-c', file, place.folder], log);
  }
}

/** The settings of a resolver that validates, without those for the test's zone. */
const MAIN: Readonly<
  Record<ResolverName, (place: ResolverPlace & { readonly added: string }) => readonly string[]>
> = {
  Unbound: ({ folder, address, port, nowhere, added }) => [
    'server:',
    ...[
      `interface: ${address}@${port}`,
      'access-control: 127.0.0.0/8 allow',
      `directory: "${folder}"`,
      ...['chroot: ""', 'username: ""', 'pidfile: ""', 'use-syslog: no', 'num-threads: 1'],
      'module-config: "validator iterator"',
      `root-hints: "${rootHints(folder, nowhere)}"`,
    ].map((line) => `  ${line}`),
    'remote-control:',
    '  control-enable: no',
    `include: "${added}"`,
    '',
  ],
  BIND: ({ folder, address, port, nowhere, added }) => [
    'options {',
    `  directory "${folder}";`,
    `  listen-on port ${port} { ${address}; };`,
    '  listen-on-v6 { none; };',
    '  pid-file none;',
    '  session-keyfile none;',
    '  dnssec-validation yes;',
    '};',
    'controls { };',
    'logging { category default { default_stderr; }; };',
    `zone "." { type hint; file "${rootHints(folder, nowhere)}"; };`,
    `include "${added}";`,
    '',
  ],
  'Knot Resolver': ({ folder, address, port, nowhere, added }) => [
    `net.listen('${address}', ${port}, { kind = 'dns' })`,
    `cache.open(10 * MB, 'lmdb://${folder}/cache')`,
    `modules = { 'hints > iterate' }`,
    `hints.root({ ['ns.rig.'] = '${nowhere}' })`,
    // The Internet's own anchor, which would be kept up to date from there.
    `trust_anchors.remove('.')`,
    `dofile('${added}')`,
    '',
  ],
};

function rootHints(folder: string, nowhere: string): string {
  const file = join(folder, 'root.hints');
  writeFileSync(file, `. 3600 IN NS ns.rig.\nns.rig. 3600 IN A ${nowhere}\n`);
  return file;
}

const MAX_NETWORKS = 200;
let networks = process.pid % MAX_NETWORKS;

/** `127.26.N`, where no resolver is left over from a run that was broken off: Unbound would share its port. */
export async function freeNetwork(): Promise<string> {
  for (let tried = 0; tried < MAX_NETWORKS; tried += 1) {
    networks = (networks + 1) % MAX_NETWORKS;
    const network = `127.26.${networks}`;
    const opened = await listenForDatagrams({ address: `${network}.1`, port: 53 }, () => undefined);
    if (!opened.ok) continue;
    await opened.value.close();
    return network;
  }
  throw new Error('no network is free');
}

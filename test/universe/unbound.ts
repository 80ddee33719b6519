// Configures Unbound as a second independent judge, as a file for unbound-host and as a validating resolver for posttls-finger.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DNS_PORT } from './address-plan.ts';
import { unconfined } from './bind.ts';
import { startServer, type ProcessIdentity } from './processes.ts';
import { absolute } from './zone-text.ts';

export interface UnboundPlan {
  readonly folder: string;
  readonly trustAnchor: string;
  readonly ipv6: boolean;
  /** Each zone with the addresses of its servers: Unbound follows a delegation to port 53 only. */
  readonly zones: readonly { readonly name: string; readonly addresses: readonly string[] }[];
}

/** The plain question at once; what minimising would find is the inspector's to tell. */
const PLAIN = ['qname-minimisation: no', 'aggressive-nsec: no', 'harden-below-nxdomain: no'];

/** As careful as can be: RFC 9156, RFC 8198, RFC 8020. */
const MINIMISING = [
  'qname-minimisation: yes',
  'aggressive-nsec: yes',
  'harden-below-nxdomain: yes',
];

/** The configuration file for unbound-host, which asks by itself. */
export function writeUnboundConfiguration(plan: UnboundPlan): string {
  return writeConfiguration(plan, 'unbound-host.conf', null, PLAIN);
}

/** Listens on port 53, since the system's resolver library (resolv.conf) knows no other. */
export function startUnbound(plan: UnboundPlan, address: string): ProcessIdentity {
  return start(plan, writeConfiguration(plan, 'unbound.conf', address, PLAIN));
}

/** Minimises names, and keeps every denial for later questions. */
export function startMinimisingUnbound(plan: UnboundPlan, address: string): ProcessIdentity {
  const listen = `${address}@${DNS_PORT}`;
  return start(plan, writeConfiguration(plan, 'minimising.conf', listen, MINIMISING));
}

function writeConfiguration(
  plan: UnboundPlan,
  name: string,
  listenOn: string | null,
  manner: readonly string[],
): string {
  mkdirSync(plan.folder, { recursive: true });
  const file = join(plan.folder, name);
  const listen =
    listenOn === null ? [] : [`interface: ${listenOn}`, `access-control: 127.0.0.0/8 allow`];
  writeFileSync(
    file,
    [
      'server:',
      ...[
        ...listen,
        `directory: "${plan.folder}"`,
        'chroot: ""',
        'username: ""',
        'pidfile: ""',
        'use-syslog: no',
        'num-threads: 1',
        `trust-anchor-file: "${plan.trustAnchor}"`,
        'module-config: "validator iterator"',
        'do-not-query-localhost: no',
        `do-ip6: ${plan.ipv6 ? 'yes' : 'no'}`,
        // Names under test. are answered from within otherwise (RFC 6761 §6.2).
        'local-zone: "test." nodefault',
        ...manner,
        'val-bogus-ttl: 1',
      ].map((line) => `  ${line}`),
      'remote-control:',
      '  control-enable: no',
      ...plan.zones.flatMap(({ name, addresses }) => [
        'stub-zone:',
        `  name: "${absolute(name)}"`,
        '  stub-no-cache: no',
        ...addresses.map((address) => `  stub-addr: ${address}@${DNS_PORT}`),
      ]),
      '',
    ].join('\n'),
  );
  return file;
}

function start(plan: UnboundPlan, file: string): ProcessIdentity {
  const binary = unconfined('/usr/sbin/unbound', plan.folder);
  return startServer(binary, ['-d', '-c', file], file.replace(/conf$/, 'log'));
}

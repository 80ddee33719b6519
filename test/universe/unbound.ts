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

/** The configuration file for unbound-host, and for the server below. */
export function writeUnboundConfiguration(plan: UnboundPlan, listenOn: string | null): string {
  mkdirSync(plan.folder, { recursive: true });
  const file = join(plan.folder, listenOn === null ? 'unbound-host.conf' : 'unbound.conf');
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
        // The plain question at once; what minimising would find is the inspector's to tell.
        'qname-minimisation: no',
        'aggressive-nsec: no',
        'harden-below-nxdomain: no',
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

/** Listens on port 53, since the system's resolver library (resolv.conf) knows no other. */
export function startUnbound(plan: UnboundPlan, listenOn: string): ProcessIdentity {
  const file = writeUnboundConfiguration(plan, listenOn);
  const binary = unconfined('/usr/sbin/unbound', plan.folder);
  return startServer(binary, ['-d', '-c', file], join(plan.folder, 'unbound.log'));
}

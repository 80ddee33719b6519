// Runs BIND: one named per name server of the tree, and one that resolves recursively for the independent judges.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DNS_PORT } from './address-plan.ts';
import { startServer, type ProcessIdentity } from './processes.ts';
import { absolute } from './zone-text.ts';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** An authoritative server for zone files that lie ready, and for what further statements say. */
export function startAuthoritative(
  folder: string,
  endpoint: Endpoint,
  zones: readonly { readonly name: string; readonly file: string }[],
  further: readonly string[] = [],
): ProcessIdentity {
  const statements = zones.map(
    ({ name, file }) =>
      `zone "${absolute(name)}" { type primary; file "${file}"; check-names ignore; };`,
  );
  return startNamed(
    folder,
    endpoint,
    ['recursion no;', 'dnssec-validation no;'],
    [...further, ...statements],
  );
}

/**
 * A recursive server that validates nothing: the judges ask it with CD=1 and validate themselves.
 * It asks for the full name at once (RFC 9156 is what the faulty ancestors would break).
 */
export function startRecursive(
  folder: string,
  endpoint: Endpoint,
  rootHints: string,
): ProcessIdentity {
  const options = [
    'recursion yes;',
    'allow-recursion { any; };',
    'dnssec-validation no;',
    'qname-minimization off;',
    'synth-from-dnssec no;',
    'empty-zones-enable no;',
    'max-cache-ttl 1;',
    'max-ncache-ttl 1;',
    'servfail-ttl 0;',
    'lame-ttl 0;',
  ];
  return startNamed(folder, endpoint, options, [`zone "." { type hint; file "${rootHints}"; };`]);
}

/**
 * AppArmor allows the packaged binary (Ubuntu) to read only its usual folders. The profile goes by
 * path, so a copy in the work folder may read the universe's files.
 */
export function unconfined(binary: string, folder: string): string {
  try {
    if (readFileSync('/sys/module/apparmor/parameters/enabled', 'latin1').trim() !== 'Y') {
      return binary;
    }
  } catch {
    return binary;
  }
  const copy = join(folder, binary.slice(binary.lastIndexOf('/') + 1));
  copyFileSync(binary, copy);
  return copy;
}

function listenOn({ address, port }: Endpoint): readonly string[] {
  return address.includes(':')
    ? ['listen-on { none; };', `listen-on-v6 port ${port} { ${address}; };`]
    : [`listen-on port ${port} { ${address}; };`, 'listen-on-v6 { none; };'];
}

function startNamed(
  folder: string,
  endpoint: Endpoint,
  options: readonly string[],
  statements: readonly string[],
): ProcessIdentity {
  mkdirSync(folder, { recursive: true });
  const configuration = join(folder, 'named.conf');
  writeFileSync(
    configuration,
    [
      'options {',
      `directory "${folder}";`,
      // The default port of queries sent as well as received: delegations carry none.
      `port ${DNS_PORT};`,
      ...listenOn(endpoint),
      'pid-file none;',
      'session-keyfile none;',
      'notify no;',
      'allow-transfer { none; };',
      'minimal-responses no-auth-recursive;',
      ...options,
      '};',
      'controls { };',
      'logging { category default { default_stderr; }; category lame-servers { null; }; };',
      ...statements,
      '',
    ].join('\n'),
  );
  const binary = unconfined('/usr/sbin/named', folder);
  // `-X none`: no lock file, since several run at once.
  const args = ['-n', '1', '-f', '-X', 'none', '-c', configuration];
  return startServer(binary, args, join(folder, 'named.log'));
}

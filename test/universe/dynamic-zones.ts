// Zones that take updates signed with a key (RFC 2136, RFC 8945): BIND signs them itself and tells a secondary (RFC 1996), which fetches them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Endpoint } from './bind.ts';
import { run } from './processes.ts';
import { absolute } from './zone-text.ts';

/** What a server of such zones must know. */
export interface DynamicZone {
  readonly name: string;
  readonly file: string;
  /** Where the keys lie whose DS records the parent has. */
  readonly keyFolder: string;
}

/** Its file is what `nsupdate -k` reads. */
export interface UpdateKey {
  readonly name: string;
  readonly file: string;
}

const KEY_NAME = 'universe-update';

/** With the names that BIND and nsupdate know it by. */
export async function makeUpdateKey(path: string): Promise<UpdateKey> {
  const file = join(path, 'update.key');
  writeFileSync(file, await run('tsig-keygen', [KEY_NAME]), { mode: 0o600 });
  return { name: KEY_NAME, file };
}

/** Statements for the server that takes the updates. */
export function primaryStatements(
  zones: readonly DynamicZone[],
  key: UpdateKey,
  secondary: Endpoint,
): readonly string[] {
  return zones.length === 0
    ? []
    : [
        readFileSync(key.file, 'utf8'),
        // Keys of these kinds lie ready, so BIND makes none of its own and the DS records hold.
        `dnssec-policy "keys-at-hand" { keys { ${['ksk', 'zsk'].map((role) => `${role} lifetime unlimited algorithm ecdsap256sha256;`).join(' ')} }; };`,
        ...zones.map(({ name, file, keyFolder }) =>
          [
            `zone "${absolute(name)}" {`,
            `type primary; file "${file}";`,
            `dnssec-policy "keys-at-hand"; inline-signing no; key-directory "${keyFolder}";`,
            `update-policy { grant "${key.name}" zonesub TLSA; };`,
            `notify explicit; also-notify { ${at(secondary)}; }; notify-delay ${NOTIFY_DELAY};`,
            'allow-transfer { 127.0.0.0/8; };',
            '};',
          ].join(' '),
        ),
      ];
}

/** Statements for the server that fetches them. */
export function secondaryStatements(
  zones: readonly DynamicZone[],
  folder: string,
  primary: Endpoint,
): readonly string[] {
  return zones.map(({ name }) =>
    [
      `zone "${absolute(name)}" {`,
      `type secondary; file "${join(folder, `${name}.fetched`)}";`,
      `primaries { ${at(primary)}; };`,
      // Which of the loopback addresses it comes from is the system's choice.
      'allow-notify { 127.0.0.0/8; };',
      'min-refresh-time 1; min-retry-time 1;',
      '};',
    ].join(' '),
  );
}

/** Seconds from one change to the word of it; with BIND's own 5 a test would mostly wait. */
const NOTIFY_DELAY = 1;

function at({ address, port }: Endpoint): string {
  return `${address} port ${port}`;
}

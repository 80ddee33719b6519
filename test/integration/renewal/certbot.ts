// Stands for certbot and its authority: the folders it keeps, the links in them, and how it calls a deploy hook.
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeLeaf, readAuthority } from '../../universe/certificates.ts';
import type { UniverseFacts } from '../../universe/universe.ts';
import { firstFiles, keyDigest } from './mail-server.ts';

/** What certbot calls a certificate and its successors. */
export interface Lineage {
  /** `live/NAME`: links to the newest version. */
  readonly folder: string;
  readonly host: string;
  version: number;
}

export interface HookRun {
  readonly exit: number;
  readonly output: string;
}

/** The four files of every version. */
const PARTS = ['privkey', 'cert', 'chain', 'fullchain'] as const;

/** Begins with the certificate and key that the universe's mail server presents. */
export function adoptLineage(universe: UniverseFacts, home: string, host: string): Lineage {
  const lineage = { folder: join(home, 'live', host), host, version: 0 };
  const [keyFile, chainFile] = firstFiles(universe, host);
  const issuer = readAuthority(authorityFolder(universe)).pem;
  mkdirSync(lineage.folder, { recursive: true });
  const leaf = readFileSync(chainFile, 'utf8').replace(issuer, '');
  keep(lineage, keyFile, leaf, issuer);
  return lineage;
}

/** A new key and a new certificate in a further version, to which the links then point. */
export async function renew(universe: UniverseFacts, lineage: Lineage): Promise<void> {
  const authority = readAuthority(authorityFolder(universe));
  const issued = join(dirname(dirname(lineage.folder)), 'issued');
  mkdirSync(issued, { recursive: true });
  const leaf = await makeLeaf(issued, 'leaf', lineage.host, authority);
  keep(lineage, join(issued, 'leaf.key'), leaf, authority.pem);
}

/** SHA-256 of its public key. */
export function newestKey({ folder }: Lineage): Promise<string> {
  return keyDigest(join(folder, 'cert.pem'));
}

/** Through a shell and with two variables, as certbot does after a renewal. */
export function callDeployHook(
  lineage: Lineage,
  command: string,
  settings: Readonly<Record<string, string>>,
): Promise<HookRun> {
  const { folder: RENEWED_LINEAGE, host: RENEWED_DOMAINS } = lineage;
  return callHook(command, { ...settings, RENEWED_LINEAGE, RENEWED_DOMAINS });
}

/** The same without them, as cron does. */
export function callHook(
  command: string,
  settings: Readonly<Record<string, string>>,
): Promise<HookRun> {
  const env = { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, ...settings };
  return new Promise((resolve) => {
    execFile('/bin/sh', ['-c', command], { env, timeout: 50_000 }, (error, stdout, stderr) =>
      resolve({
        exit: error === null ? 0 : Number(error.code ?? -1),
        output: `${stdout}${stderr}`,
      }),
    );
  });
}

function keep(lineage: Lineage, keyFile: string, leaf: string, issuer: string): void {
  lineage.version += 1;
  const name = basename(lineage.folder);
  const archive = join(dirname(dirname(lineage.folder)), 'archive', name);
  mkdirSync(archive, { recursive: true, mode: 0o700 });
  const at = (part: (typeof PARTS)[number]): string =>
    join(archive, `${part}${lineage.version}.pem`);
  copyFileSync(keyFile, at('privkey'));
  writeFileSync(at('cert'), leaf);
  writeFileSync(at('chain'), issuer);
  writeFileSync(at('fullchain'), `${leaf}${issuer}`);
  for (const part of PARTS) {
    const link = join(lineage.folder, `${part}.pem`);
    symlinkSync(join('..', '..', 'archive', name, basename(at(part))), `${link}.new`);
    renameSync(`${link}.new`, link);
  }
}

function authorityFolder(universe: UniverseFacts): string {
  return join(universe.workFolder, 'certificates', 'authority');
}

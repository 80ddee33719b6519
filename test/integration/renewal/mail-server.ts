// Which files the universe's Postfix presents for a host, and what OpenSSL sees of them (RFC 3207).
import { join } from 'node:path';
import { run } from '../../universe/processes.ts';
import type { UniverseFacts } from '../../universe/universe.ts';

/** What the universe begins with: the key, and the chain of the certificate. */
export function firstFiles(universe: UniverseFacts, host: string): readonly [string, string] {
  const folder = join(universe.workFolder, 'certificates', host);
  return [join(folder, 'leaf.key'), join(folder, 'leaf-chain.pem')];
}

/** The command that makes Postfix read its certificates again. */
export function reloadCommand(universe: UniverseFacts): string {
  return `postfix -c '${configuration(universe)}' reload`;
}

/** From now on Postfix presents for this host what these files hold, each key before its chain. */
export async function presentFrom(
  universe: UniverseFacts,
  host: string,
  files: readonly string[],
): Promise<void> {
  const service = `${addressOf(universe, host)}:${universe.smtpPort}/inet`;
  const setting = `${service}/smtpd_tls_chain_files=${files.join(',')}`;
  await run('postconf', ['-c', configuration(universe), '-P', setting]);
  await reload(universe);
}

export async function reload(universe: UniverseFacts): Promise<void> {
  await run('sh', ['-c', reloadCommand(universe)]);
}

/** The chain as PEM, with what OpenSSL says around it. */
export function presentedChain(universe: UniverseFacts, host: string): Promise<string> {
  const peer = `${addressOf(universe, host)}:${universe.smtpPort}`;
  const connect = `openssl s_client -starttls smtp -connect ${peer} -servername ${host} -showcerts`;
  return run('sh', ['-c', `${connect} </dev/null 2>/dev/null`]);
}

/** SHA-256 of the public key of the first certificate in a file (RFC 6698 §2.1), by OpenSSL. */
export async function keyDigest(file: string): Promise<string> {
  const pipe = `openssl x509 -in '${file}' -noout -pubkey | openssl pkey -pubin -outform DER | openssl sha256 -r`;
  const [digest = ''] = (await run('sh', ['-c', pipe])).split(' ');
  return digest;
}

export function addressOf(universe: UniverseFacts, host: string): string {
  const listener = universe.mailAddresses.find(({ hostName }) => hostName === host);
  if (listener === undefined) throw new Error(`the universe has no mail host ${host}`);
  return listener.address;
}

function configuration(universe: UniverseFacts): string {
  return join(universe.workFolder, 'postfix', 'etc');
}

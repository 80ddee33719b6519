// Asks OpenSSL whether one address of a mail host satisfies the TLSA records that a name server has (RFC 7671 as OpenSSL does it).
import { execFile } from 'node:child_process';
import type { UniverseFacts } from '../../universe/universe.ts';

export async function authenticatesToOpenssl(
  universe: UniverseFacts,
  host: string,
  address: string,
): Promise<boolean> {
  const owner = `_${universe.smtpPort}._tcp.${host}`;
  const ask = [`@${universe.servers['host-a']}`, '-p', String(universe.dnsPort), '+short'];
  const records = (await outputOf('dig', [...ask, owner, 'TLSA'])).trim().split('\n');
  const connect = ['-connect', `${address}:${universe.smtpPort}`, '-dane_tlsa_domain', host];
  const rrdata = records.flatMap((record) => ['-dane_tlsa_rrdata', joined(record)]);
  const output = await outputOf('openssl', [
    's_client',
    '-brief',
    '-starttls',
    'smtp',
    '-dane_ee_no_namechecks',
    ...connect,
    ...rrdata,
  ]);
  if (!/CONNECTION ESTABLISHED/.test(output)) throw new Error(`no TLS to ${address}: ${output}`);
  return /^Verification: OK$/m.test(output);
}

/** dig breaks long data into pieces; the first three fields stand apart. */
function joined(record: string): string {
  const [usage, selector, matchingType, ...data] = record.split(' ');
  return `${usage} ${selector} ${matchingType} ${data.join('')}`;
}

function outputOf(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile(command, [...args], { timeout: 20_000 }, (_error, stdout, stderr) =>
      resolve(`${stdout}${stderr}`),
    );
    child.stdin?.end();
  });
}

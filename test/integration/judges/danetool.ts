// Asks danetool, of GnuTLS, whether a mail host's certificate matches its TLSA records (RFC 6698 as GnuTLS does it).
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UniverseFacts } from '../../universe/universe.ts';

/** `no-records`: none that it can use; it does not tell absent from bogus. */
export type DanetoolVerdict = 'matches' | 'mismatch' | 'no-records';

/** Where Debian's build looks for the root's trust anchor. */
const ROOT_KEY = '/usr/share/dns/root.key';

/**
 * In a mount namespace its system resolver and its trust anchor are the universe's. Without
 * `--local-dns` it would go to the public root servers by itself.
 */
export async function judgeWithDanetool(
  universe: UniverseFacts,
  host: string,
): Promise<DanetoolVerdict> {
  if (universe.validating === null) throw new Error('danetool needs a resolver on port 53');
  const folder = mkdtempSync(join(tmpdir(), 'dane-inspector-judge-'));
  try {
    const resolv = join(folder, 'resolv.conf');
    writeFileSync(resolv, `nameserver ${universe.validating}\noptions edns0 trust-ad\n`);
    const port = ['--port', String(universe.smtpPort), '--starttls-proto=smtp'];
    const script = [
      `mount --bind '${resolv}' /etc/resolv.conf`,
      `mount --bind '${universe.trustAnchor}' '${ROOT_KEY}'`,
      `exec danetool --local-dns --check '${host}' ${port.join(' ')}`,
    ].join(' && ');
    const output = await new Promise<string>((resolve) => {
      execFile(
        'unshare',
        ['-m', 'sh', '-c', script],
        { timeout: 40_000, cwd: folder },
        (_error, stdout, stderr) => resolve(`${stdout}${stderr}`),
      );
    });
    return readDanetool(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function readDanetool(output: string): DanetoolVerdict {
  if (/No DANE data were found/.test(output)) return 'no-records';
  if (/Verification: Certificate matches/.test(output)) return 'matches';
  if (/Verification: Verification failed/.test(output)) return 'mismatch';
  throw new Error(`danetool said something unknown:\n${output}`);
}

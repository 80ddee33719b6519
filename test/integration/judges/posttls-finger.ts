// Asks posttls-finger, Postfix's own client, what a DANE sender makes of a mail host (RFC 7672 as Postfix does it).
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UniverseFacts } from '../../universe/universe.ts';

export type MailVerdict =
  /** TLS, and a TLSA record matched. */
  | 'verified'
  /** TLS, and TLSA records that apply did not match. */
  | 'mismatch'
  /** TLS without authentication: no record applies, or none is usable. */
  | 'unverified'
  | 'no-tls'
  /** A look-up of the host's address or TLSA records failed. */
  | 'look-up-failed'
  | 'unreachable';

/**
 * Postfix reads DNS through the system's resolver library and its AD bit, so the process gets a
 * resolv.conf of its own, in a mount namespace, that names the universe's validating resolver.
 */
export async function judgeWithPosttlsFinger(
  universe: UniverseFacts,
  host: string,
): Promise<MailVerdict> {
  if (universe.validating === null) throw new Error('posttls-finger needs a resolver on port 53');
  const folder = mkdtempSync(join(tmpdir(), 'dane-inspector-judge-'));
  try {
    const resolv = join(folder, 'resolv.conf');
    writeFileSync(resolv, `nameserver ${universe.validating}\noptions edns0 trust-ad\n`);
    writeFileSync(join(folder, 'main.cf'), 'compatibility_level = 3.6\n');
    const finger = `exec posttls-finger -t 5 -T 5 -l dane -L summary '[${host}]:${universe.smtpPort}'`;
    const script = `mount --bind '${resolv}' /etc/resolv.conf && ${finger}`;
    const env = { ...process.env, MAIL_CONFIG: folder };
    const output = await new Promise<string>((resolve) => {
      execFile(
        'unshare',
        ['-m', 'sh', '-c', script],
        { timeout: 40_000, env },
        (_e, stdout, stderr) => resolve(`${stdout}${stderr}`),
      );
    });
    return readVerdict(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function readVerdict(output: string): MailVerdict {
  if (/TLSA lookup error|address lookup failed/.test(output)) return 'look-up-failed';
  if (/: Verified TLS connection established/.test(output)) return 'verified';
  if (/server certificate verification failed/.test(output)) return 'mismatch';
  if (/: (Untrusted|Anonymous|Trusted) TLS connection established/.test(output))
    return 'unverified';
  if (/Connection refused|timed out/.test(output)) return 'unreachable';
  if (/: Connected to /.test(output)) return 'no-tls';
  throw new Error(`posttls-finger said something unknown:\n${output}`);
}

/** How long until a thousand dropped certificates have their records, and how long the page is busy meanwhile. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issue, type IssuedCertificate } from '../../electron/lab/certificate-issuer.ts';
import { runScript } from './run-script.ts';

export type DropMeasure =
  | {
      readonly ok: true;
      readonly shownMs: number;
      readonly longestTaskMs: number;
      readonly longestFrameMs: number;
    }
  | { readonly ok: false; readonly reason: string };

export const DROPPED = 1_000;

/** Making an RSA key takes longer than all else: they are used again, as renewals do. */
const RSA_KEYS = 20;
const SCRIPT = join('test', 'bench', 'window-drop.mjs');

export async function measureDrop(): Promise<DropMeasure> {
  const folder = mkdtempSync(join(tmpdir(), 'dane-inspector-drop-'));
  try {
    makeCertificates(folder);
    const output = await runScript(SCRIPT, [folder]);
    const figures = /^shown (\d+)\ntask (\d+)\nframe (\d+)$/m.exec(output)?.slice(1).map(Number);
    const [shownMs, longestTaskMs, longestFrameMs] = figures ?? [];
    if (shownMs === undefined || longestTaskMs === undefined || longestFrameMs === undefined) {
      return { ok: false, reason: output.trim() || 'the app did not start' };
    }
    return { ok: true, shownMs, longestTaskMs, longestFrameMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Half RSA, half ECDSA, each with a name of its own, all of one issuer. */
function makeCertificates(folder: string): void {
  const issuer = certificate(0, 'ecdsa', null, null);
  const rsa: IssuedCertificate[] = [];
  for (let index = 1; index <= DROPPED; index += 1) {
    const keyType = index % 2 === 0 ? 'rsa' : 'ecdsa';
    const known = keyType === 'rsa' ? (rsa[(index / 2) % RSA_KEYS] ?? null) : null;
    const issued = certificate(index, keyType, issuer, known);
    if (keyType === 'rsa' && known === null) rsa.push(issued);
    writeFileSync(join(folder, `mx${index}.pem`), pemOf(issued.certificate));
  }
}

function certificate(
  serial: number,
  keyType: 'rsa' | 'ecdsa',
  issuer: IssuedCertificate | null,
  sameKeyAs: IssuedCertificate | null,
): IssuedCertificate {
  const commonName = issuer === null ? 'Benchmark CA' : `mx${serial}.example.org`;
  return issue({
    commonName,
    names: issuer === null ? [] : [commonName, `mail${serial}.example.org`],
    notBefore: Date.UTC(2026, 0, 1),
    notAfter: Date.UTC(2036, 0, 1),
    authority: issuer === null,
    serial,
    keyType,
    issuer,
    sameKeyAs,
  });
}

function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

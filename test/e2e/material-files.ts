/** Certificates, keys and containers made by OpenSSL, and the digests that OpenSSL's keys come to. */
import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PASSWORD = 'correct horse';

export interface MaterialFiles {
  readonly folder: string;
  /** Of mx1.example.org, an RSA key; signed by the issuer. */
  readonly certificate: string;
  readonly privateKey: string;
  readonly issuer: string;
  /** Issuer first, then the certificate: in the wrong order. */
  readonly bundle: string;
  /** Of mx2.example.org, with certificate, key and issuer, locked with `PASSWORD`. */
  readonly container: string;
  readonly noise: string;
  /** As certbot lays it out: nothing but links, and a text. */
  readonly live: string;
  /** SHA-256 of the SubjectPublicKeyInfo, in hex. */
  readonly keyDigests: { readonly mx1: string; readonly mx2: string; readonly issuer: string };
  remove(): void;
}

export function makeMaterialFiles(): MaterialFiles {
  const folder = mkdtempSync(join(tmpdir(), 'dane-inspector-material-'));
  const path = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  };
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const year = ['-days', '365'];
  openssl(
    ...['req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', ...year],
    ...['-subj', '/O=Example/CN=Example Issuer X1'],
  );
  for (const name of ['mx1', 'mx2']) {
    const key = name === 'mx1' ? ['-newkey', 'rsa:2048', '-nodes'] : newKey;
    writeFileSync(path('names'), `subjectAltName=DNS:${name}.example.org,DNS:mail.example.org\n`);
    const subject = ['-subj', `/CN=${name}.example.org`];
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, ...subject);
    openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key'],
      ...['-CAcreateserial', '-extfile', 'names', '-out', `${name}.pem`, ...year],
    );
  }
  openssl(
    ...['pkcs12', '-export', '-in', 'mx2.pem', '-inkey', 'mx2.key', '-certfile', 'ca.pem'],
    ...['-passout', `pass:${PASSWORD}`, '-out', 'mx2.p12'],
  );
  writeFileSync(
    path('bundle.pem'),
    readFileSync(path('ca.pem')) + '\n' + readFileSync(path('mx1.pem')),
  );
  writeFileSync(
    path('noise.bin'),
    Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7) % 256)),
  );
  mkdirSync(path('live/mx1.example.org'), { recursive: true });
  symlinkSync('../../mx1.pem', path('live/mx1.example.org/cert.pem'));
  symlinkSync('../../mx1.key', path('live/mx1.example.org/privkey.pem'));
  writeFileSync(path('live/mx1.example.org/README'), 'This folder holds links.\n');
  return {
    folder,
    certificate: path('mx1.pem'),
    privateKey: path('mx1.key'),
    issuer: path('ca.pem'),
    bundle: path('bundle.pem'),
    container: path('mx2.p12'),
    noise: path('noise.bin'),
    live: path('live/mx1.example.org'),
    keyDigests: {
      mx1: keyDigest(path('mx1.pem')),
      mx2: keyDigest(path('mx2.pem')),
      issuer: keyDigest(path('ca.pem')),
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** As the how-to says: `openssl x509 -noout -pubkey`, in DER, through SHA-256. */
function keyDigest(certificate: string): string {
  const pem = execFileSync('openssl', ['x509', '-in', certificate, '-noout', '-pubkey']);
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

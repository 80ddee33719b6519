// Makes certificates that no sane authority would: hostile names, enormous keys (RFC 5280 §4.1.2.4, RFC 8017 §3.1).
import { createPublicKey, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ListenerCertificates } from './certificates.ts';
import { run } from './processes.ts';
import type { Presentation } from './zones/zone-plan.ts';

const DAYS = ['-days', '90'];
const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
/** Of five primes: one of this size with two takes a minute to make (RFC 8017 §3.2). */
const HUGE_KEY = [...['-newkey', 'rsa:8192', '-pkeyopt', 'rsa_keygen_primes:5', '-nodes']];
/** Octets of a modulus of 65,536 bits, four times what OpenSSL verifies with. */
const HUGE_MODULUS = 8192;

/** Colours, a window title and an order to clear the screen, for terminals that obey; a right-to-left override. */
const HOSTILE_SUBJECT = '/O=\u001b[31mred\u001b]0;owned\u0007\nsecond line\u202e/CN=';

/** Null where the presentation is an ordinary one. */
export async function makeOddCertificates(
  folder: string,
  hostName: string,
  presents: Presentation,
): Promise<ListenerCertificates | null> {
  switch (presents) {
    case 'hostile-names':
      return alone(folder, [
        ...EC_KEY,
        ...['-utf8', '-subj', `${HOSTILE_SUBJECT}${hostName}`],
        ...['-addext', `subjectAltName=DNS:${hostName},DNS:\u001b[2J.${hostName}`],
      ]);
    case 'huge-key':
      return alone(folder, [
        ...HUGE_KEY,
        ...['-subj', `/CN=${hostName}`, '-addext', `subjectAltName=DNS:${hostName}`],
      ]);
    case 'huge-issuer':
      return withHugeIssuer(folder, hostName);
    default:
      return null;
  }
}

async function alone(folder: string, how: readonly string[]): Promise<ListenerCertificates> {
  const [keyFile, chainFile] = [join(folder, 'leaf.key'), join(folder, 'leaf.pem')];
  await run('openssl', ['req', '-x509', '-keyout', keyFile, '-out', chainFile, ...DAYS, ...how]);
  const leaf = readFileSync(chainFile, 'utf8');
  return { keyFile, chainFile, leaf, issuer: leaf, former: null, rsa: null };
}

/** The leaf is signed by another key than the certificate of its issuer holds: nobody can have signed with that one. */
async function withHugeIssuer(folder: string, hostName: string): Promise<ListenerCertificates> {
  const file = (name: string): string => join(folder, name);
  const name = ['-subj', '/CN=Huge'];
  const ca = ['-addext', 'keyUsage=critical,keyCertSign'];
  const signer = ['-CA', file('signer.pem'), '-CAkey', file('signer.key')];
  await run('openssl', [
    ...['req', '-x509', ...EC_KEY, '-keyout', file('signer.key'), '-out', file('signer.pem')],
    ...[...DAYS, ...name, ...ca],
  ]);
  const modulus = randomBytes(HUGE_MODULUS);
  modulus[0] = 0x80 | (modulus[0] ?? 0);
  modulus[HUGE_MODULUS - 1] = 1 | (modulus[HUGE_MODULUS - 1] ?? 0);
  const key = createPublicKey({
    key: { kty: 'RSA', n: modulus.toString('base64url'), e: 'AQAB' },
    format: 'jwk',
  });
  writeFileSync(file('huge.pub'), key.export({ type: 'spki', format: 'pem' }));
  writeFileSync(
    file('huge.ext'),
    'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n',
  );
  await run('openssl', [
    ...['x509', '-new', '-force_pubkey', file('huge.pub'), '-extfile', file('huge.ext')],
    ...[...signer, ...name, ...DAYS, '-out', file('huge.pem')],
  ]);
  await run('openssl', [
    ...['req', '-x509', ...EC_KEY, '-keyout', file('leaf.key'), '-out', file('leaf.pem')],
    ...[
      ...signer,
      ...DAYS,
      '-subj',
      `/CN=${hostName}`,
      '-addext',
      `subjectAltName=DNS:${hostName}`,
    ],
    ...['-addext', 'basicConstraints=critical,CA:FALSE'],
  ]);
  const [leaf, issuer] = [
    readFileSync(file('leaf.pem'), 'utf8'),
    readFileSync(file('huge.pem'), 'utf8'),
  ];
  writeFileSync(file('chain.pem'), leaf + issuer);
  return {
    keyFile: file('leaf.key'),
    chainFile: file('chain.pem'),
    leaf,
    issuer,
    former: null,
    rsa: null,
  };
}

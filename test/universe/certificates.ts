// Makes the universe's certificates with OpenSSL, and the TLSA data they call for (RFC 5280, RFC 6698 §2.1).
import { createHash, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeOddCertificates } from './odd-certificates.ts';
import { run } from './processes.ts';
import type { Presentation } from './zones/zone-plan.ts';

export interface ListenerCertificates {
  /** Private key and the chain as the server presents it, leaf first. */
  readonly keyFile: string;
  readonly chainFile: string;
  readonly leaf: string;
  readonly issuer: string;
  /** A certificate of the same name that is never presented: the former, or the next; null unless a record speaks of it. */
  readonly former: string | null;
  /** A second certificate with an RSA key, where two are presented. */
  readonly rsa: {
    readonly keyFile: string;
    readonly chainFile: string;
    readonly leaf: string;
  } | null;
}

interface Authority {
  readonly keyFile: string;
  readonly certificateFile: string;
  readonly pem: string;
}

const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const RSA_KEY = ['-newkey', 'rsa:2048', '-nodes'];
const CA_EXTENSIONS = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
const LONG_AGO = ['-startdate', '20220101000000Z', '-enddate', '20220401000000Z'];

/** A root, and the issuing CA under it that signs every issued leaf. The root is never sent. */
export async function makeAuthority(folder: string): Promise<Authority> {
  mkdirSync(folder, { recursive: true });
  const root = ['-out', join(folder, 'root.pem'), '-keyout', join(folder, 'root.key')];
  const issuing = ['-out', join(folder, 'issuing.pem'), '-keyout', join(folder, 'issuing.key')];
  const underRoot = ['-CA', join(folder, 'root.pem'), '-CAkey', join(folder, 'root.key')];
  const long = ['-days', '3650', ...CA_EXTENSIONS];
  await run('openssl', [
    'req',
    '-x509',
    ...EC_KEY,
    ...root,
    ...long,
    '-subj',
    '/CN=Universe Root CA',
  ]);
  const subject = ['-subj', '/CN=Universe Issuing CA'];
  await run('openssl', ['req', '-x509', ...EC_KEY, ...issuing, ...underRoot, ...long, ...subject]);
  return readAuthority(folder);
}

/** What was made there. */
export function readAuthority(folder: string): Authority {
  const certificateFile = join(folder, 'issuing.pem');
  return {
    keyFile: join(folder, 'issuing.key'),
    certificateFile,
    pem: readFileSync(certificateFile, 'utf8'),
  };
}

/** The certificates of one listener in a folder of its own. */
export async function makeCertificates(
  folder: string,
  hostName: string,
  presents: Presentation,
  wantsFormer: boolean,
  authority: Authority,
): Promise<ListenerCertificates> {
  mkdirSync(folder, { recursive: true });
  const odd = await makeOddCertificates(folder, hostName, presents);
  if (odd !== null) return odd;
  const issued = presents.startsWith('issued');
  const signer = issued ? authority : null;
  const name = presents === 'issued-other-name' ? 'other-name.invalid' : hostName;
  const twice = presents.endsWith('-twice');
  const [leaf, former, rsaLeaf] = await Promise.all([
    presents.endsWith('-expired')
      ? makeExpired(folder, name, signer)
      : makeLeaf(folder, 'leaf', name, signer),
    wantsFormer ? makeLeaf(folder, 'former', name, signer) : null,
    twice ? makeLeaf(folder, 'rsa', name, signer, RSA_KEY) : null,
  ]);
  const presented = (label: string, certificate: string): string => {
    const file = join(folder, `${label}-chain.pem`);
    const sent =
      issued && presents !== 'issued-alone' ? [certificate, authority.pem] : [certificate];
    writeFileSync(file, sent.join(''));
    return file;
  };
  return {
    keyFile: join(folder, 'leaf.key'),
    chainFile: presented('leaf', leaf),
    leaf,
    issuer: issued ? authority.pem : leaf,
    former,
    rsa:
      rsaLeaf === null
        ? null
        : {
            keyFile: join(folder, 'rsa.key'),
            chainFile: presented('rsa', rsaLeaf),
            leaf: rsaLeaf,
          },
  };
}

/** The certificate association data in hex (RFC 6698 §2.1.2 and §2.1.3). */
export function associationData(pem: string, selector: number, matchingType: number): string {
  const certificate = new X509Certificate(pem);
  const selected =
    selector === 0
      ? certificate.raw
      : certificate.publicKey.export({ type: 'spki', format: 'der' });
  if (matchingType === 0) return selected.toString('hex');
  return createHash(matchingType === 1 ? 'sha256' : 'sha512')
    .update(selected)
    .digest('hex');
}

/** A key and a certificate, `label.key` and `label.pem` in the folder; self-signed without an authority. Gives the certificate. */
export async function makeLeaf(
  folder: string,
  label: string,
  name: string,
  authority: Authority | null,
  key: readonly string[] = EC_KEY,
): Promise<string> {
  const out = join(folder, `${label}.pem`);
  const signer =
    authority === null ? [] : ['-CA', authority.certificateFile, '-CAkey', authority.keyFile];
  await run('openssl', [
    'req',
    '-x509',
    ...key,
    '-out',
    out,
    '-keyout',
    join(folder, `${label}.key`),
    ...signer,
    '-days',
    '90',
    '-subj',
    `/CN=${name}`,
    '-addext',
    `subjectAltName=DNS:${name}`,
    '-addext',
    'basicConstraints=critical,CA:FALSE',
  ]);
  return readFileSync(out, 'utf8');
}

/** Only `openssl ca` sets a date in the past, and it wants a folder with a configuration and an index. */
async function makeExpired(
  folder: string,
  name: string,
  authority: Authority | null,
): Promise<string> {
  const key = join(folder, 'leaf.key');
  const request = join(folder, 'leaf.csr');
  const out = join(folder, 'leaf.pem');
  const configuration = join(folder, 'ca.cnf');
  await run('openssl', [
    'req',
    '-new',
    ...EC_KEY,
    '-keyout',
    key,
    '-out',
    request,
    '-subj',
    `/CN=${name}`,
  ]);
  writeFileSync(join(folder, 'index.txt'), '');
  writeFileSync(configuration, expiredConfiguration(folder, name));
  const signer =
    authority === null
      ? ['-selfsign', '-keyfile', key]
      : ['-cert', authority.certificateFile, '-keyfile', authority.keyFile];
  await run('openssl', [
    'ca',
    '-batch',
    '-notext',
    '-config',
    configuration,
    '-in',
    request,
    '-out',
    out,
    ...signer,
    ...LONG_AGO,
  ]);
  return readFileSync(out, 'utf8');
}

function expiredConfiguration(folder: string, name: string): string {
  return [
    '[ca]',
    'default_ca = universe',
    '[universe]',
    `database = ${join(folder, 'index.txt')}`,
    `new_certs_dir = ${folder}`,
    'rand_serial = yes',
    'default_md = sha256',
    'policy = any',
    'x509_extensions = leaf',
    '[any]',
    'commonName = supplied',
    '[leaf]',
    `subjectAltName = DNS:${name}`,
    'basicConstraints = critical, CA:FALSE',
    '',
  ].join('\n');
}

/** OpenSSL as an independent judge: chains made with its tools, served by s_server, verified by s_client. */
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The system's, 3.0 or newer: the library that Postfix links. */
const OPENSSL = 'openssl';

const P256 = ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];

export interface Made {
  readonly name: string;
  readonly pem: string;
  readonly keyFile: string;
}

export interface Wish {
  readonly subject: string;
  readonly issuer: Made | null;
  readonly days?: number;
  /** Lines of an OpenSSL extension section. */
  readonly extensions: readonly string[];
  readonly key?: Made;
  /** Arguments of `genpkey -algorithm`; P-256 unless told otherwise. */
  readonly algorithm?: readonly string[];
  /** Further arguments for the signature, e.g. `-sha1`. */
  readonly signature?: readonly string[];
}

export interface Workshop {
  readonly make: (wish: Wish) => Made;
  readonly write: (text: string) => string;
  readonly close: () => void;
}

export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'openssl-dane-'));
  let count = 0;
  const path = (extension: string): string => join(folder, `${(count += 1)}.${extension}`);
  const write = (text: string): string => {
    const file = path('txt');
    writeFileSync(file, text);
    return file;
  };
  const run = (...args: readonly string[]): void => {
    execFileSync(OPENSSL, args, { stdio: 'pipe' });
  };
  return {
    write,
    make: ({ subject, issuer, days = 30, extensions, key, algorithm = P256, signature = [] }) => {
      const keyFile = key?.keyFile ?? path('key');
      if (key === undefined) {
        run('genpkey', '-algorithm', ...algorithm, '-out', keyFile);
      }
      const request = path('csr');
      run('req', '-new', '-key', keyFile, '-subj', `/CN=${subject}`, '-out', request);
      const file = path('pem');
      const signing =
        issuer === null
          ? ['-signkey', keyFile]
          : ['-CA', write(issuer.pem), '-CAkey', issuer.keyFile, '-CAcreateserial'];
      const section = extensions.length === 0 ? [] : ['-extfile', write(extensions.join('\n'))];
      run(
        'x509',
        '-req',
        '-in',
        request,
        ...signing,
        '-days',
        String(days),
        ...section,
        ...signature,
        '-out',
        file,
      );
      return { name: subject, pem: readFileSync(file, 'utf8'), keyFile };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface Judge {
  readonly ask: (records: readonly string[], options: Question) => Promise<Judgement>;
  readonly close: () => void;
}

export interface Question {
  readonly host: string;
  readonly at: number;
  /** OpenSSL's security level; 0 is what Postfix sets, 2 what distributions set for everybody else. */
  readonly level?: number;
}

export interface Judgement {
  readonly authenticated: boolean;
  /** Depth in the path that OpenSSL built. */
  readonly depth: number | null;
  readonly output: string;
}

/** Serves exactly this chain on a loopback port. */
export async function serveChain(workshop: Workshop, chain: readonly Made[]): Promise<Judge> {
  const [leaf, ...rest] = chain;
  if (leaf === undefined) throw new Error('a server needs a certificate');
  const more =
    rest.length === 0 ? [] : ['-cert_chain', workshop.write(rest.map(({ pem }) => pem).join(''))];
  const server = spawn(
    OPENSSL,
    [
      's_server',
      '-accept',
      '127.0.0.1:0',
      '-cert',
      workshop.write(leaf.pem),
      '-key',
      leaf.keyFile,
      // It must serve weak keys and signatures too.
      ...['-cipher', 'DEFAULT@SECLEVEL=0'],
      ...more,
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const port = await portOf(server);
  return {
    ask: (records, options) => verify(port, records, options),
    close: () => {
      server.kill();
    },
  };
}

function portOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const onData = (data: Buffer): void => {
      said += data.toString();
      const port = /ACCEPT .*:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(port);
    };
    server.stdout?.on('data', onData);
    server.stderr?.on('data', onData);
    server.once('exit', () => reject(new Error(`openssl s_server ended: ${said}`)));
  });
}

function verify(
  port: string,
  records: readonly string[],
  { host, at, level }: Question,
): Promise<Judgement> {
  const args = [
    's_client',
    ...['-connect', `127.0.0.1:${port}`, '-dane_tlsa_domain', host],
    ...records.flatMap((record) => ['-dane_tlsa_rrdata', record]),
    // RFC 7672 §3.1.1: names do not matter under usage 3.
    ...['-dane_ee_no_namechecks', '-attime', String(Math.floor(at / 1000)), '-verify', '9'],
    ...(level === undefined ? [] : ['-cipher', `DEFAULT@SECLEVEL=${level}`]),
    '-no-CAfile',
    '-no-CApath',
    '-no-CAstore',
  ];
  return new Promise((resolve) => {
    const child = execFile(OPENSSL, args, { timeout: 10_000 }, (_error, stdout, stderr) => {
      const depth = /^DANE TLSA .* at depth (\d+)/m.exec(stdout)?.[1];
      const verified = /^Verification: OK/m.test(stdout);
      resolve({
        authenticated: verified && depth !== undefined,
        depth: depth === undefined ? null : Number(depth),
        output: stdout + stderr,
      });
    });
    child.stdin?.end();
  });
}

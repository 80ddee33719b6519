// A small world for the hook script: an ACME client's folder, two name servers, a server with TLS, a clock that only moves when
// told to; and an observer that knows at every change whether some sender, out of some cache, would refuse the server.
import { execFileSync, spawn } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import {
  writeHook,
  type HookClient,
  type HookDns,
  type HookSettings,
} from '../../shared/hooks/write-hook.ts';
import { startCloudflare, type StandIn, type StandInRecord } from './cloudflare-stand-in.ts';
import { listenOnLoopback } from './loopback-server.ts';
import { startNameServer, type NameServer, type TlsaSet } from './name-server.ts';

export const HOST = 'mail.example.org';
export const OWNER = `_25._tcp.${HOST}`;
export const ZONE = 'example.org';
export const TOKEN = 'secret-token-0123456789';

/** Seconds since the epoch at which every world begins. */
const START = 1_800_000_000;
/** Seconds: of the record sets in this world. */
export const TTL = 3600;

export interface Run {
  readonly exit: number;
  readonly output: string;
}

export interface RunOptions {
  readonly shell?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The script, where it is not the world's own: with a fault put in. */
  readonly script?: string;
}

export interface HookWorld {
  readonly folder: string;
  /** Where the script keeps its pairs; with a space and quotes in its name. */
  readonly store: string;
  readonly script: string;
  readonly primary: NameServer;
  readonly secondary: NameServer;
  readonly cloudflare: StandIn;
  /** Senders that would have refused the server, in the order of events. */
  readonly faults: readonly string[];
  /** SHA-256 of the keys that the server presents. */
  readonly presented: ReadonlySet<string>;
  readonly reloads: number;
  secondaryFollows: boolean;
  /** What the primary answers to an update. */
  update: 'taken' | 'refused';
  /** `hangs`: ends when `letReloadEnd` is called. */
  reload: 'works' | 'fails' | 'does-nothing' | 'hangs' | 'kills-the-hook' | 'loses-dns';
  /** Instead of what the script installs, the server reads what the ACME client writes. */
  readsLive: boolean;
  letReloadEnd(): void;
  /** Ends the script that runs, as `kill` does. */
  terminate(): void;
  /** The server reads its pairs again. */
  present(): void;
  /**
   * Takes the script's servers and addresses away, so that it asks the system's resolver; that is here the
   * primary, port 53 is its port, port 25 that of the server, and IPv6 leads nowhere.
   */
  withoutNamedServers(): void;
  now(): number;
  pass(seconds: number): void;
  /** The ACME client writes a new pair into its folder of that name; gives the hash of its key. */
  renew(name?: string, kind?: KeyKind, host?: string): string;
  /** A new certificate for the same key. */
  renewCertificate(name?: string): void;
  live(name?: string): string;
  /** Sets the records at both name servers (and at Cloudflare), in no time. */
  publish(records: readonly string[], ttl?: number): void;
  /** The records are gone from both name servers, not from caches. */
  lose(): void;
  records(): readonly string[];
  /** All of this world, so that another can begin there. */
  snapshot(): Snapshot;
  run(args: readonly string[], options?: RunOptions): Promise<Run>;
  /** As the ACME client does after a renewal. */
  deploy(name?: string, options?: RunOptions & { readonly args?: readonly string[] }): Promise<Run>;
  /** Runs at each due time until nothing is left to do. */
  finish(options?: RunOptions): Promise<readonly Run[]>;
  phase(name?: string): string | null;
  /** All that the script keeps, as text: to see whether anything has changed. */
  everything(): string;
  close(): Promise<void>;
}

/** A world at rest. */
export interface Snapshot {
  readonly folder: string;
  readonly archive: Buffer;
  readonly now: number;
  readonly history: readonly (readonly Served[])[];
  readonly cloudflare: readonly StandInRecord[];
}

export type KeyKind = 'rsa' | 'ecdsa';

export async function createHookWorld(
  client: HookClient = 'certbot',
  dns: HookDns = 'nsupdate',
  snapshot: Snapshot | null = null,
): Promise<HookWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'hook world-'));
  const world = new World(folder, client, dns);
  await world.start();
  if (snapshot !== null) world.restore(snapshot);
  return world;
}

interface Served {
  readonly set: TlsaSet;
  /** When it was no longer served; null while it is. */
  until: number | null;
}

class World implements HookWorld {
  readonly store: string;
  script = '';
  primary!: NameServer;
  secondary!: NameServer;
  cloudflare!: StandIn;
  readonly faults: string[] = [];
  presented: ReadonlySet<string> = new Set();
  reloads = 0;
  secondaryFollows = true;
  update: HookWorld['update'] = 'taken';
  reload: HookWorld['reload'] = 'works';
  readsLive = false;
  private readonly history = new Map<NameServer, Served[]>();
  private readonly closers: (() => Promise<void>)[] = [];
  private readonly clock: string;
  private tlsPort = 0;
  private controlPort = 0;
  private held: (() => void)[] = [];
  /** The process group of the script that was started last, until it ends. */
  private running: number | null = null;
  private readonly tls = createTlsServer({}, (socket) =>
    socket.on('error', () => socket.destroy()).end(),
  );

  readonly folder: string;
  private readonly client: HookClient;
  private settings!: HookSettings;
  private isDiscovering = false;
  private readonly dns: HookDns;

  constructor(folder: string, client: HookClient, dns: HookDns) {
    this.folder = folder;
    this.client = client;
    this.dns = dns;
    this.store = join(folder, `it's "a" store`);
    this.clock = join(folder, 'clock');
  }

  async start(): Promise<void> {
    this.setClock(START);
    this.primary = await startNameServer(ZONE);
    this.secondary = await startNameServer(ZONE);
    this.cloudflare = await startCloudflare({
      zone: ZONE,
      token: TOKEN,
      changed: (records) => this.follow(records),
    });
    this.tls.on('tlsClientError', (_, socket) => socket.destroy());
    const tls = await listenOnLoopback(this.tls);
    const control = await listenOnLoopback(this.controlServer());
    this.tlsPort = tls.port;
    this.controlPort = control.port;
    this.closers.push(
      () => this.primary.close(),
      () => this.secondary.close(),
      () => this.cloudflare.close(),
      tls.close,
      control.close,
    );
    this.writePrograms();
    writeFileSync(join(this.folder, 'tsig.key'), 'the TSIG key', { mode: 0o600 });
    this.settings = {
      client: this.client,
      dns: this.dns,
      places: [{ host: HOST, port: 25 }],
      zone: ZONE,
      ttl: TTL,
      folder: this.store,
      reload: `curl -sf http://127.0.0.1:${control.port}/reload`,
      nameServers: [this.primary, this.secondary].map(({ port }) => `127.0.0.1#${port}`),
    };
    this.script = writeHook(this.settings);
  }

  private controlServer(): ReturnType<typeof createHttpServer> {
    return createHttpServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const done = (status: number) => response.writeHead(status).end();
        if (request.url === '/reload') this.doReload(done);
        else done(this.doUpdate(Buffer.concat(chunks).toString()) ? 200 : 403);
      });
    });
  }

  private doReload(done: (status: number) => void): void {
    this.reloads += 1;
    switch (this.reload) {
      case 'fails':
        return done(500);
      case 'does-nothing':
        return done(200);
      case 'hangs':
        this.held.push(() => {
          this.present();
          done(200);
        });
        return undefined;
      case 'kills-the-hook':
        if (this.running !== null) process.kill(-this.running, 'SIGKILL');
        return undefined;
      case 'loses-dns':
        this.primary.mood = 'servfail';
        this.present();
        return done(200);
      case 'works':
        this.present();
        return done(200);
    }
  }

  terminate(): void {
    if (this.running !== null) process.kill(this.running, 'SIGTERM');
  }

  letReloadEnd(): void {
    const held = this.held;
    this.held = [];
    this.reload = 'works';
    for (const release of held) release();
  }

  present(): void {
    const root = this.readsLive ? join(this.folder, 'live') : this.store;
    const pairs = (existsSync(root) ? readdirSync(root) : [])
      .map((name) => (this.readsLive ? join(root, name) : join(root, name, 'current')))
      .filter((path) => existsSync(join(path, 'fullchain.pem')))
      .map((path) => ({
        key: readFileSync(join(path, 'privkey.pem')),
        cert: readFileSync(join(path, 'fullchain.pem')),
      }));
    this.tls.setSecureContext({
      key: pairs.map(({ key }) => key),
      cert: pairs.map(({ cert }) => cert),
    });
    this.presented = new Set(pairs.map(({ cert }) => keyHash(cert)));
    this.observe('after a reload');
  }

  /** RFC 2136, as far as the script uses it. */
  private doUpdate(script: string): boolean {
    if (this.update === 'refused') return false;
    const set = this.primary.sets.get(OWNER);
    let records = [...(set?.records ?? [])];
    let ttl = set?.ttl ?? TTL;
    for (const line of script.split('\n')) {
      const added = /^update add (\S+)\. (\d+) IN TLSA (.*)$/.exec(line);
      const removed = /^update delete (\S+)\. IN TLSA (.*)$/.exec(line);
      if (added?.[1] === OWNER && added[3] !== undefined) {
        ttl = Number(added[2]);
        if (!records.includes(added[3])) records.push(added[3]);
      } else if (removed?.[1] === OWNER)
        records = records.filter((record) => record !== removed[2]);
      else if (!/^(server|zone|send)\b/.test(line) && line !== '') return false;
    }
    this.serve({ ttl, records });
    return true;
  }

  private follow(records: readonly StandInRecord[]): void {
    const texts = records.map(
      ({ data }) =>
        `${data.usage} ${data.selector} ${data.matching_type} ${data.certificate.toLowerCase()}`,
    );
    this.serve({ ttl: records[0]?.ttl ?? TTL, records: texts });
  }

  private serve(set: TlsaSet): void {
    this.serveAt(this.primary, set);
    if (this.secondaryFollows) this.serveAt(this.secondary, set);
  }

  private serveAt(server: NameServer, set: TlsaSet): void {
    const served = this.history.get(server) ?? [];
    const last = served.at(-1);
    if (last !== undefined) last.until = this.now();
    this.history.set(server, [...served, { set, until: null }]);
    server.sets.set(OWNER, set);
    this.observe('after a change of records');
  }

  publish(records: readonly string[], ttl = TTL): void {
    this.history.clear();
    for (const server of [this.primary, this.secondary]) this.serveAt(server, { ttl, records });
    this.cloudflare.records.splice(0);
    records.forEach((text, index) => {
      const [usage, selector, matching_type] = text.split(' ').map(Number);
      const certificate = text.split(' ')[3]?.toUpperCase() ?? '';
      const data = {
        usage: usage ?? 0,
        selector: selector ?? 0,
        matching_type: matching_type ?? 0,
        certificate,
      };
      this.cloudflare.records.push({ id: `id${index}`, type: 'TLSA', name: OWNER, ttl, data });
    });
  }

  /** RFC 7672 §2.2: every set that some cache may still hold must fit every key presented, if it holds a usable record. */
  private observe(when: string): void {
    const caches = [...this.history.values()]
      .flat()
      .filter(({ set, until }) => until === null || until + set.ttl > this.now());
    for (const { set } of caches) {
      if (!set.records.some((record) => /^[23] /.test(record))) continue;
      for (const hash of this.presented) {
        if (!set.records.includes(`3 1 1 ${hash}`))
          this.faults.push(`${when}: ${hash} fits none of ${set.records.join(', ')}`);
      }
    }
  }

  private writePrograms(): void {
    const bin = join(this.folder, 'bin');
    mkdirSync(bin);
    const programs = {
      date: 'cat "$WORLD/clock"',
      sleep:
        'echo "$(($(cat "$WORLD/clock") + $1))" >"$WORLD/clock.$$"\nmv "$WORLD/clock.$$" "$WORLD/clock"\nexec /bin/sleep 0.05',
      nsupdate:
        'for last; do :; done\ncurl -sf --data-binary @"$last" "$WORLD_CONTROL/update" || { echo "update failed: REFUSED" >&2; exit 2; }',
    };
    for (const [name, text] of Object.entries(programs)) this.writeProgram(name, text);
  }

  withoutNamedServers(): void {
    this.script = writeHook({ ...this.settings, zone: null, nameServers: null });
    this.isDiscovering = true;
    const real = (name: string) =>
      execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    const server = `@127.0.0.1 -p ${this.primary.port}`;
    this.writeProgram(
      'dig',
      `case $1 in
      @*:*) echo ";; UDP setup with 2001:db8::1#53(2001:db8::1) for example.org failed: network unreachable."; exit 9 ;;
      @*) shift 3 ;;
      esac
      exec ${real('dig')} ${server} "$@"`,
    );
    this.writeProgram(
      'openssl',
      `[ "$1 $2 $3" = "s_client -connect 127.0.0.1:25" ] || exec ${real('openssl')} "$@"
      shift 3
      exec ${real('openssl')} s_client -connect 127.0.0.1:${this.tlsPort} "$@"`,
    );
  }

  private writeProgram(name: string, text: string): void {
    const file = join(this.folder, 'bin', name);
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
  }

  now(): number {
    return Number(readFileSync(this.clock, 'utf8'));
  }

  pass(seconds: number): void {
    this.setClock(this.now() + seconds);
  }

  /** In one step, as others read it at any time. */
  private setClock(seconds: number): void {
    writeFileSync(`${this.clock}.new`, String(seconds));
    renameSync(`${this.clock}.new`, this.clock);
  }

  live(name = HOST): string {
    return join(this.folder, 'live', name);
  }

  renew(name = HOST, kind: KeyKind = 'ecdsa', host = HOST): string {
    mkdirSync(this.live(name), { recursive: true });
    const algorithm = kind === 'rsa' ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    const about = [
      '-nodes',
      '-days',
      '90',
      '-subj',
      `/CN=${host}`,
      '-addext',
      `subjectAltName=DNS:${host}`,
    ];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        ...algorithm,
        ...about,
        '-keyout',
        'privkey.pem',
        '-out',
        'fullchain.pem',
      ],
      {
        cwd: this.live(name),
        stdio: 'ignore',
      },
    );
    // As lego names them.
    copyFileSync(join(this.live(name), 'fullchain.pem'), join(this.live(name), `${name}.crt`));
    copyFileSync(join(this.live(name), 'privkey.pem'), join(this.live(name), `${name}.key`));
    if (this.readsLive) this.present();
    return keyHash(readFileSync(join(this.live(name), 'fullchain.pem')));
  }

  renewCertificate(name = HOST): void {
    const about = ['-days', '80', '-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`];
    const files = ['-key', 'privkey.pem', '-out', 'fullchain.pem'];
    execFileSync('openssl', ['req', '-x509', ...about, ...files], { cwd: this.live(name) });
  }

  lose(): void {
    for (const server of [this.primary, this.secondary])
      this.serveAt(server, { ttl: TTL, records: [] });
    this.cloudflare.records.splice(0);
  }

  snapshot(): Snapshot {
    const parts = [basename(this.store), 'live'];
    const archive = execFileSync('tar', ['-c', ...parts], { cwd: this.folder });
    const history = [this.primary, this.secondary].map((server) => [
      ...(this.history.get(server) ?? []).map((served) => ({ ...served })),
    ]);
    const cloudflare = [...this.cloudflare.records];
    return { folder: this.folder, archive, now: this.now(), history, cloudflare };
  }

  restore({ folder, archive, now, history, cloudflare }: Snapshot): void {
    execFileSync('tar', ['-x'], { cwd: this.folder, input: archive });
    for (const name of readdirSync(this.store).filter((each) => !each.startsWith('.'))) {
      const file = join(this.store, name, 'state');
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll(folder, this.folder));
    }
    this.setClock(now);
    [this.primary, this.secondary].forEach((server, index) => {
      const served = (history[index] ?? []).map((each) => ({ ...each }));
      this.history.set(server, served);
      const last = served.at(-1);
      if (last !== undefined) server.sets.set(OWNER, last.set);
    });
    this.cloudflare.records.push(...cloudflare);
    this.present();
  }

  records(): readonly string[] {
    return [...(this.primary.sets.get(OWNER)?.records ?? [])].sort();
  }

  run(
    args: readonly string[],
    { shell = ['dash'], environment = {}, script = this.script }: RunOptions = {},
  ): Promise<Run> {
    const file = join(
      this.folder,
      `dane-hook-${createHash('sha256').update(script).digest('hex').slice(0, 8)}`,
    );
    writeFileSync(file, script);
    const [program = 'sh', ...before] = shell;
    const child = spawn(program, [...before, file, '--config', '/dev/null', ...args], {
      cwd: this.folder,
      detached: true,
      env: { ...this.environment(), ...environment },
    });
    this.running = child.pid ?? null;
    return new Promise((resolve, reject) => {
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => (output += String(chunk)));
      child.on('error', reject);
      child.on('close', (code, signal) => {
        if (this.running === child.pid) this.running = null;
        resolve({ exit: code ?? (signal === null ? -1 : 128), output });
      });
    });
  }

  private environment(): Readonly<Record<string, string>> {
    return {
      PATH: `${join(this.folder, 'bin')}:${process.env['PATH'] ?? ''}`,
      TMPDIR: this.folder,
      WORLD: this.folder,
      WORLD_CONTROL: `http://127.0.0.1:${this.controlPort}`,
      ...(this.isDiscovering ? {} : { DANE_CONNECT: `127.0.0.1#${this.tlsPort}` }),
      DANE_STARTTLS: 'none',
      DANE_DNS_SECONDS: '3',
      ...(this.dns === 'nsupdate'
        ? { DANE_NSUPDATE_KEY: join(this.folder, 'tsig.key') }
        : { CF_API: this.cloudflare.url, CF_API_TOKEN: TOKEN }),
    };
  }

  deploy(
    name = HOST,
    {
      args = [],
      environment = {},
      ...more
    }: RunOptions & { readonly args?: readonly string[] } = {},
  ): Promise<Run> {
    return this.run(args, {
      ...more,
      environment: { ...clientEnvironment(this.client, this.live(name), name), ...environment },
    });
  }

  async finish(options: RunOptions = {}): Promise<readonly Run[]> {
    const runs: Run[] = [];
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const run = await this.run(['run'], options);
      runs.push(run);
      if (run.exit !== 0 || this.phases().every((phase) => phase === 'idle')) return runs;
      this.pass(TTL);
    }
    throw new Error(`no end: ${runs.map(({ output }) => output).join('')}`);
  }

  private phases(): readonly (string | null)[] {
    return existsSync(this.store)
      ? readdirSync(this.store)
          .filter((name) => !name.startsWith('.'))
          .map((name) => this.phase(name))
      : [];
  }

  phase(name = HOST): string | null {
    const file = join(this.store, name, 'state');
    return existsSync(file)
      ? (/^phase (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? null)
      : null;
  }

  everything(): string {
    const listing = existsSync(this.store)
      ? execFileSync('find', [this.store, '-printf', '%P %y %l %s %T@\n'], { encoding: 'utf8' })
      : '';
    const files = existsSync(this.store)
      ? execFileSync('find', [this.store, '-type', 'f', '-exec', 'sha256sum', '{}', '+'], {
          encoding: 'utf8',
        })
      : '';
    return [
      listing,
      files,
      this.records().join(),
      this.cloudflare.records.map(({ id }) => id).join(),
      [...this.presented].join(),
    ].join('\n');
  }

  async close(): Promise<void> {
    this.letReloadEnd();
    for (const close of this.closers) await close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** More than any course of a change takes. */
const MOST_ROUNDS = 12;

function clientEnvironment(
  client: HookClient,
  live: string,
  name: string,
): Readonly<Record<string, string>> {
  const chain = join(live, 'fullchain.pem');
  const key = join(live, 'privkey.pem');
  switch (client) {
    case 'certbot':
      return { RENEWED_LINEAGE: live, RENEWED_DOMAINS: HOST };
    case 'acme.sh':
      return { CERT_FULLCHAIN_PATH: chain, CERT_KEY_PATH: key, CERT_PATH: chain, Le_Domain: HOST };
    case 'lego':
      return {
        LEGO_CERT_PATH: join(live, `${name}.crt`),
        LEGO_CERT_KEY_PATH: join(live, `${name}.key`),
        LEGO_CERT_DOMAIN: name,
      };
  }
}

/** By Node's own cryptography, not by the commands that the script uses. */
function keyHash(certificate: Buffer): string {
  const der = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

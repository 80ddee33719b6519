// Independent judges of the lab's signer and name server: dnssec-verify and delv (BIND), unbound-host (Unbound).
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DenialPolicy, Nsec3Policy } from '../../electron/lab/denial-chain.ts';
import { createNameServer } from '../../electron/lab/dns-server.ts';
import { createLab } from '../../electron/lab/lab.ts';
import { generateZoneKey, type SigningAlgorithm } from '../../electron/lab/zone-key.ts';
import { allRecords, signZone } from '../../electron/lab/zone-signer.ts';
import { knownName, knownRecords } from '../../electron/lab/zone-text.ts';
import { listenForDatagrams, listenForStreams, type Listener } from '../../electron/net/listen.ts';
import { recordToText } from '../../shared/dns/presentation.ts';

const run = promisify(execFile);
const DAY_SECONDS = 86_400;
const now = Math.floor(Date.now() / 1000);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dane-inspector-lab-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Standard output and error of a command, whatever its exit. */
async function outputOf(command: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run(command, args, { timeout: 20_000 });
    return stdout + stderr;
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && 'stderr' in error) {
      return String(error.stdout) + String(error.stderr);
    }
    throw error;
  }
}

describe('dnssec-verify calls a zone fully signed', () => {
  const apex = knownName('example.test');
  const text = `$TTL 3600
@ SOA ns1 hostmaster 1 1800 900 604800 300
@ NS ns1
@ MX 10 mx
@ TXT "a" "b"
ns1 A 192.0.2.1
mx A 192.0.2.2
mx AAAA 2001:db8::2
_25._tcp.mx TLSA 3 1 1 ${'ab'.repeat(32)}
*.wild TXT "w"
a.b.c.d TXT "below empty non-terminals"
alias CNAME mx
dn DNAME wild
unsigned NS ns.unsigned
ns.unsigned A 192.0.2.3
deep.ent.unsigned2 NS ns1
signed NS ns.signed
signed DS 1 13 2 ${'cd'.repeat(32)}
ns.signed A 192.0.2.4
Upper.CASE MX 5 MX.Example.TEST.
`;
  const nsec3 = (changes: Partial<Nsec3Policy>): Nsec3Policy => ({
    kind: 'nsec3',
    iterations: 0,
    salt: new Uint8Array(0),
    optOut: false,
    omitEmptyNonTerminals: false,
    ...changes,
  });
  const denials: readonly (readonly [string, DenialPolicy])[] = [
    ['NSEC', { kind: 'nsec' }],
    ['NSEC3', nsec3({})],
    ['NSEC3, salted and iterated', nsec3({ iterations: 5, salt: Uint8Array.of(1, 2, 171) })],
    ['NSEC3 with opt-out', nsec3({ optOut: true })],
  ];
  const algorithms: readonly SigningAlgorithm[] = [8, 13, 14, 15];
  const verdict = async (
    algorithm: SigningAlgorithm,
    keys: 'one key' | 'two keys',
    denial: DenialPolicy,
  ): Promise<string> => {
    const zone = signZone(apex, knownRecords(text, apex), {
      keys:
        keys === 'one key'
          ? [generateZoneKey(algorithm, true)]
          : [generateZoneKey(algorithm, true), generateZoneKey(algorithm, false)],
      denial,
      inception: now - DAY_SECONDS,
      expiration: now + DAY_SECONDS,
    });
    const file = join(folder, 'zone');
    await writeFile(file, `${allRecords(zone).map(recordToText).join('\n')}\n`);
    // -z: a key with the SEP flag may sign everything.
    const flags = keys === 'one key' ? ['-z'] : [];
    return outputOf('dnssec-verify', '-o', 'example.test', ...flags, file);
  };

  it.each(
    denials.flatMap(([name, denial]) =>
      algorithms.flatMap((algorithm) =>
        (['one key', 'two keys'] as const).map((keys) => ({ name, denial, algorithm, keys })),
      ),
    ),
  )('algorithm $algorithm, $keys, $name', async ({ denial, algorithm, keys }) => {
    expect(await verdict(algorithm, keys, denial)).toContain('Zone fully signed');
  });

  it('but not when empty non-terminals were left out', async () => {
    const output = await verdict(13, 'one key', nsec3({ omitEmptyNonTerminals: true }));
    expect(output).not.toContain('Zone fully signed');
  });
});

describe("delv and unbound-host judge the lab's answers", () => {
  const listeners: Listener[] = [];
  let port: number;
  let anchorsFile: string;
  let unboundFile: string;

  beforeAll(async () => {
    const lab = createLab({ at: Date.now(), realTime: false, roundTripMs: 20 });
    const server = createNameServer({ zones: lab.zones() });
    const udp = await listenForDatagrams({ address: '127.0.0.1', port: 0 }, server.datagrams);
    if (!udp.ok) throw new Error(udp.failure.kind);
    listeners.push(udp.value);
    port = udp.value.endpoint.port;
    const tcp = await listenForStreams(udp.value.endpoint, server.streams);
    if (!tcp.ok) throw new Error(tcp.failure.kind);
    listeners.push(tcp.value);
    const [tag, algorithm, digestType, digest] = lab.trustAnchors.trim().split(' ').slice(4);
    anchorsFile = join(folder, 'anchors');
    await writeFile(
      anchorsFile,
      `trust-anchors { . static-ds ${tag} ${algorithm} ${digestType} "${digest}"; };\n`,
    );
    unboundFile = join(folder, 'unbound.conf');
    await writeFile(
      unboundFile,
      `server:
  do-not-query-localhost: no
  trust-anchor: ". DS ${tag} ${algorithm} ${digestType} ${digest}"
  module-config: "validator iterator"
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@${port}
`,
    );
  });
  afterAll(() => Promise.all(listeners.map((listener) => listener.close())));

  it.each<readonly [string, string, 'secure' | 'insecure' | 'bogus']>([
    ['good.lab', 'MX', 'secure'],
    ['_25._tcp.mx.good.lab', 'TLSA', 'secure'],
    ['_tcp.mx.good.lab', 'TLSA', 'secure'],
    ['nope.x.good.lab', 'A', 'secure'],
    ['good.lab', 'CAA', 'secure'],
    ['good.lab', 'DS', 'secure'],
    ['_25._tcp.mx.issuer.lab', 'TLSA', 'secure'],
    ['_tcp.mx.issuer.lab', 'TLSA', 'secure'],
    ['nope.x.issuer.lab', 'A', 'secure'],
    ['_25._tcp.mx.denied.lab', 'TLSA', 'secure'],
    ['_tcp.mx.denied.lab', 'TLSA', 'secure'],
    ['expired.lab', 'MX', 'bogus'],
    ['expired.lab', 'DS', 'secure'],
    ['unsigned.lab', 'MX', 'insecure'],
    ['unsigned.lab', 'DS', 'secure'],
    ['nope.unsigned.lab', 'A', 'insecure'],
    ['nomail.lab', 'MX', 'secure'],
    ['nope.lab', 'A', 'secure'],
    ['nope', 'A', 'secure'],
    ['lab', 'NS', 'secure'],
  ])('%s %s is %s', async (name, type, status) => {
    const delv = await outputOf(
      'delv',
      '@127.0.0.1',
      '-p',
      String(port),
      '-a',
      anchorsFile,
      '+root=.',
      name,
      type,
    );
    expect(delv).toMatch(
      { secure: /fully validated/, insecure: /unsigned answer/, bogus: /resolution failed/ }[
        status
      ],
    );
    const unbound = await outputOf('unbound-host', '-C', unboundFile, '-v', '-t', type, name);
    expect(unbound).toMatch(
      { secure: /\(secure\)/, insecure: /\(insecure\)/, bogus: /\(BOGUS/ }[status],
    );
  });
});

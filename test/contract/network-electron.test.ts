/** The upgrade to TLS in Electron's BoringSSL, against servers of Node's OpenSSL: the same as network-tls.test.ts claims. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { KeyKind } from '../../electron/net/network.ts';
import { createTlsAcceptor, type TlsServerSettings } from '../../electron/net/tls-accept.ts';
import { identity, issue } from './certificates.ts';
import { electronExecutable, runLane } from './electron-lane.ts';
import { systemRig } from './network-rig.ts';

const MINUTE = 60_000;
const OUTPUT = z.object({
  versions: z.record(z.string(), z.string()),
  seen: z.record(z.string(), z.string()),
});

interface Case {
  readonly settings: TlsServerSettings;
  readonly expected: string;
  readonly allowOldVersions?: boolean;
  readonly keyTypes?: readonly KeyKind[];
}

const root = issue({ commonName: 'Root', names: [], authority: true });
const leaf = issue({ issuer: root });
const rsaLeaf = issue({ issuer: root, keyType: 'rsa' });
const edLeaf = issue({ issuer: root, keyType: 'ed25519' });
const stranger = issue({ commonName: 'Stranger', names: [], authority: true });
const usual = identity(leaf, stranger, root);
const both = [identity(leaf), identity(rsaLeaf)];
const manyStrangers = (count: number): (typeof stranger)[] =>
  Array.from({ length: count }, () => stranger);

/** What the lane prints for a session. */
function session(version: string, exact: boolean, chain: readonly Uint8Array[]): string {
  const digests = chain.map((der) => createHash('sha256').update(der).digest('hex'));
  return [version, exact, ...digests].join(' ');
}

const whole = (version: string): string => session(version, true, usual.chain);
const only13 = { minVersion: 'TLSv1.3' } as const;
const old = (version: 'TLSv1' | 'TLSv1.1'): TlsServerSettings => ({
  identities: [identity(rsaLeaf)],
  minVersion: 'TLSv1',
  maxVersion: version,
  ciphers: 'DEFAULT@SECLEVEL=0',
});

const CASES: Readonly<Record<string, Case>> = {
  'TLS 1.2': {
    settings: { identities: [usual], maxVersion: 'TLSv1.2' },
    expected: whole('TLSv1.2'),
  },
  'TLS 1.3, AES-128': {
    settings: { identities: [usual], ...only13, ciphers: 'TLS_AES_128_GCM_SHA256' },
    expected: whole('TLSv1.3'),
  },
  'TLS 1.3, AES-256': {
    settings: { identities: [usual], ...only13, ciphers: 'TLS_AES_256_GCM_SHA384' },
    expected: whole('TLSv1.3'),
  },
  'TLS 1.3, ChaCha20': {
    settings: { identities: [usual], ...only13, ciphers: 'TLS_CHACHA20_POLY1305_SHA256' },
    expected: whole('TLSv1.3'),
  },
  HelloRetryRequest: {
    settings: { identities: [usual], ...only13, groups: 'P-384' },
    expected: whole('TLSv1.3'),
  },
  '100 certificates': {
    settings: { identities: [identity(leaf, ...manyStrangers(99))] },
    expected: session('TLSv1.3', true, identity(leaf, ...manyStrangers(99)).chain),
  },
  '101 certificates': {
    settings: { identities: [identity(leaf, ...manyStrangers(100))] },
    expected: session('TLSv1.3', false, identity(leaf, ...manyStrangers(99)).chain),
  },
  'Ed25519, TLS 1.2': {
    settings: { identities: [identity(edLeaf)], maxVersion: 'TLSv1.2' },
    expected: session('TLSv1.2', true, [edLeaf.certificate]),
  },
  'Ed25519, TLS 1.3': {
    settings: { identities: [identity(edLeaf)], ...only13 },
    expected: session('TLSv1.3', true, [edLeaf.certificate]),
  },
  'TLS 1.0, not allowed': { settings: old('TLSv1'), expected: 'tls' },
  'TLS 1.0, allowed': {
    settings: old('TLSv1'),
    allowOldVersions: true,
    expected: session('TLSv1', true, [rsaLeaf.certificate]),
  },
  'TLS 1.1, allowed': {
    settings: old('TLSv1.1'),
    allowOldVersions: true,
    expected: session('TLSv1.1', true, [rsaLeaf.certificate]),
  },
  'RSA of two, TLS 1.2': {
    settings: { identities: both, maxVersion: 'TLSv1.2' },
    keyTypes: ['rsa', 'eddsa'],
    expected: session('TLSv1.2', true, [rsaLeaf.certificate]),
  },
  'ECDSA of two, TLS 1.2': {
    settings: { identities: both, maxVersion: 'TLSv1.2' },
    keyTypes: ['ecdsa', 'eddsa'],
    expected: session('TLSv1.2', true, [leaf.certificate]),
  },
  'RSA of two, TLS 1.3': {
    settings: { identities: both, ...only13 },
    keyTypes: ['rsa', 'eddsa'],
    expected: session('TLSv1.3', true, [rsaLeaf.certificate]),
  },
  'ECDSA of two, TLS 1.3': {
    settings: { identities: both, ...only13 },
    keyTypes: ['ecdsa', 'eddsa'],
    expected: session('TLSv1.3', true, [leaf.certificate]),
  },
};

const executable = electronExecutable();

describe.skipIf(executable === undefined)('in Electron run as Node', () => {
  const rig = systemRig('127.0.0.1');
  let output: z.infer<typeof OUTPUT>;

  beforeAll(async () => {
    const cases = await Promise.all(
      Object.entries(CASES).map(async ([title, { settings, allowOldVersions, keyTypes }]) => {
        const accept = createTlsAcceptor(settings);
        const server = await rig.serveStreams((stream) => {
          stream.write('220 go ahead\r\n');
          accept(stream).resume();
        });
        return {
          title,
          server,
          allowOldVersions: allowOldVersions ?? false,
          keyTypes: keyTypes ?? null,
        };
      }),
    );
    const lane = new URL('./network-lane.ts', import.meta.url);
    output = OUTPUT.parse(JSON.parse(await runLane(executable ?? '', lane, JSON.stringify(cases))));
  }, 2 * MINUTE);
  afterAll(() => rig.close());

  it('runs in Electron', () => expect(output.versions['electron']).toBeDefined());

  it.each(Object.entries(CASES))('%s', (title, { expected }) => {
    expect(output.seen[title]).toBe(expected);
  });

  it('the built-in lab serves TLS 1.3 on its virtual internet, five round trips from the start', () => {
    expect(output.seen['lab']).toBe('TLSv1.3 true 2 after 100 ms');
  });
});

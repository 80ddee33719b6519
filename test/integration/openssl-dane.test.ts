/** Our matching against OpenSSL's own DANE code (the one Postfix uses): usage × selector × matching type × chain shape × record source. */
import { createHash, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAssociationCrypto } from '../../electron/crypto/association-crypto.ts';
import { verify } from '../../shared/dane/verify.ts';
import {
  AT,
  CA,
  HOST,
  SAN,
  SHAPES,
  type Cast,
  type Shape,
  type Source,
} from './openssl-dane-shapes.ts';
import {
  openWorkshop,
  serveChain,
  type Judge,
  type Made,
  type Workshop,
} from './openssl-dane-judge.ts';

/** Where we differ, and why that is right. Anything else is a failure of this test. */
const DIFFERENCES: readonly { readonly at: RegExp; readonly because: string }[] = [
  {
    at: /^((an )?expired intermediate(, root left out)?: 2 . . of middle|two expired twins.*: (2 1 . of (middle|twin)|2 0 . of twin))$/,
    because:
      'OpenSSL leaves out the dates of an anchor that is not self-signed (and looks at those of one that is). ' +
      'RFC 7671 §5.2 leaves it open; surveys of DANE and other senders refuse such a chain, so it is reported.',
  },
  {
    at: /^a root that an expired older one vouches for: (2 1 . of root|2 . . of twin)$/,
    because: 'The same: the root as cross-signed has expired, and is not self-signed.',
  },
  {
    at: /^a self-signed leaf.*: 2 1 0 of (leaf|twin)$/,
    because:
      'OpenSSL takes a bare key that has signed the leaf, even the leaf’s own. RFC 7671 §5.2: usage 2 names a ' +
      'trust anchor that issues the server’s certificate, which its own key does not.',
  },
  {
    at: /^a wildcard within a label: 2 . . of (middle|root)$/,
    because:
      'OpenSSL takes `m*` unless told not to, and Postfix tells it not to. RFC 9525 §6.3: a wildcard is the whole ' +
      'left-most label.',
  },
  {
    at: /^a root (of version 1|that does not say it is one): 2 . . of root$/,
    because:
      'OpenSSL takes a self-signed certificate of version 1, or with keyCertSign alone, for an authority. ' +
      'RFC 5280 §6.1.4 (k): basicConstraints must say so; GnuTLS and OpenSSL’s strict mode refuse it.',
  },
];

const ALL_PARAMETERS = [
  ...['3 0 0', '3 0 1', '3 0 2', '3 1 0', '3 1 1', '3 1 2'],
  ...['2 0 0', '2 0 1', '2 0 2', '2 1 0', '2 1 1', '2 1 2'],
];
/** The digest makes no difference to the shape of a chain, and the shape none to usage 3. */
const PARAMETERS = ['3 1 1', '2 0 0', '2 0 1', '2 1 0', '2 1 1'];
const SOURCES: readonly Source[] = ['leaf', 'middle', 'root', 'stranger'];

/** All of them once; then those that make a difference: usage 3 is for leaves, usage 2 for issuers. */
function sourcesOf(shape: Shape, parameters: string): readonly Source[] {
  if (shape === SHAPES[0]) return SOURCES;
  if (parameters.startsWith('3')) return ['leaf', 'middle'];
  const sent = shape.order.filter((source) => source !== 'leaf');
  const own: readonly Source[] = shape.title.includes('self-signed leaf') ? ['leaf'] : [];
  return [...new Set<Source>([...own, 'middle', 'root', ...sent])];
}

let workshop: Workshop;
let usual: Cast;

beforeAll(() => {
  workshop = openWorkshop();
  const root = workshop.make({ subject: 'Root', issuer: null, extensions: CA });
  const middle = workshop.make({ subject: 'Middle', issuer: root, extensions: CA });
  usual = {
    root,
    middle,
    leaf: workshop.make({ subject: HOST, issuer: middle, extensions: SAN }),
    stranger: workshop.make({ subject: 'Stranger', issuer: null, extensions: CA }),
    twin: root,
  };
});

afterAll(() => workshop.close());

function recordFor(parameters: string, { pem }: Made): string {
  const [, selector, matchingType] = parameters.split(' ');
  const certificate = new X509Certificate(pem);
  const selected =
    selector === '0'
      ? certificate.raw
      : certificate.publicKey.export({ format: 'der', type: 'spki' });
  const hash = { '1': 'sha256', '2': 'sha512' }[matchingType ?? ''];
  const data = hash === undefined ? selected : createHash(hash).update(selected).digest();
  return `${parameters} ${data.toString('hex')}`;
}

function ours(
  chain: readonly Made[],
  tlsa: readonly string[],
  { host = HOST, at = AT }: { readonly host?: string; readonly at?: number } = {},
): { matches: boolean; depth: number | null; reason: string } {
  const answer = verify(
    { chainText: chain.map(({ pem }) => pem).join(''), tlsa, host, domain: null, at },
    createAssociationCrypto(),
  );
  if (answer.kind === 'unreadable') throw new Error(answer.message);
  const [first] = answer.document.records;
  const matches = answer.document.outcome === 'authenticated';
  return { matches, depth: first?.matchedDepth ?? null, reason: first?.reason ?? '' };
}

describe.each(SHAPES)('$title', (shape) => {
  let judge: Judge;
  let cast: Cast;
  let chain: readonly Made[];

  beforeAll(async () => {
    cast = { ...usual, ...shape.cast(workshop, usual) };
    chain = shape.order.map((member) => cast[member]);
    judge = await serveChain(workshop, chain);
  });

  afterAll(() => judge.close());

  test.each(shape === SHAPES[0] ? ALL_PARAMETERS : PARAMETERS)(
    'OpenSSL agrees on %s, whatever its data come from',
    async (parameters) => {
      await Promise.all(sourcesOf(shape, parameters).map((source) => compare(parameters, source)));
    },
  );

  async function compare(parameters: string, source: Source): Promise<void> {
    const record = recordFor(parameters, cast[source]);
    const { host = HOST, at = AT } = shape;
    const theirs = await judge.ask([record], { host, at });
    const our = ours(chain, [record], { host, at });
    const where = `${shape.title}: ${parameters} of ${source}`;
    if (DIFFERENCES.some(({ at }) => at.test(where))) {
      expect.soft(our.matches, where).toBe(false);
      expect.soft(theirs.authenticated, `${where} no longer differs`).toBe(true);
      return;
    }
    const said = `${where}; we say: ${our.reason}; OpenSSL says: ${theirs.output}`;
    expect.soft(our.matches, said).toBe(theirs.authenticated);
    const comparable = our.matches && theirs.authenticated && shape.ordered;
    if (comparable && our.depth !== null) expect.soft(our.depth, where).toBe(theirs.depth);
  }
});

describe('several records at once', () => {
  const SETS: readonly (readonly (readonly [string, Source])[])[] = [
    [
      ['3 1 1', 'leaf'],
      ['3 1 1', 'stranger'],
    ],
    [
      ['3 1 1', 'leaf'],
      ['3 1 2', 'stranger'],
    ],
    [
      ['3 1 1', 'stranger'],
      ['3 1 2', 'leaf'],
    ],
    [
      ['3 1 1', 'leaf'],
      ['3 0 2', 'stranger'],
    ],
    [
      ['3 1 1', 'leaf'],
      ['2 1 2', 'stranger'],
    ],
    [
      ['3 1 0', 'leaf'],
      ['3 1 2', 'stranger'],
    ],
    [
      ['2 1 1', 'root'],
      ['3 1 1', 'stranger'],
    ],
    [
      ['2 1 1', 'root'],
      ['2 1 2', 'stranger'],
    ],
    [
      ['2 0 1', 'stranger'],
      ['2 1 1', 'middle'],
    ],
    [
      ['3 1 1', 'middle'],
      ['2 1 1', 'leaf'],
    ],
  ];
  let judge: Judge;

  beforeAll(async () => {
    judge = await serveChain(workshop, [usual.leaf, usual.middle, usual.root]);
  });

  afterAll(() => judge.close());

  test.each(
    SETS.map(
      (set) => [set.map(([kind, source]) => `${kind} of ${source}`).join(' and '), set] as const,
    ),
  )('OpenSSL agrees on %s (RFC 7671 §9)', async (_, set) => {
    const records = set.map(([kind, source]) => recordFor(kind, usual[source]));
    const theirs = await judge.ask(records, { host: HOST, at: AT });
    const our = ours([usual.leaf, usual.middle, usual.root], records);
    expect(our.matches, theirs.output).toBe(theirs.authenticated);
  });
});

// Every kind of key a server has is asked for, and each certificate must satisfy the records (RFC 7671 §8).
import { describe, expect, test } from 'vitest';
import type { ProbeResult } from '../../../electron/smtp/probe.ts';
import { tlsaOfKey } from '../../../electron/lab/lab-certificates.ts';
import type { GivenChains } from '../../../shared/inspection/given-chains.ts';
import { issue } from '../../contract/certificates.ts';
import { AT, presents, replay, type Script } from './script.ts';

const names = ['mx.example.org'];
const ecdsa = issue({ names, keyType: 'ecdsa' });
const rsa = issue({ names, keyType: 'rsa' });
const ed25519 = issue({ names, keyType: 'ed25519' });
const ECDSA = presents(ecdsa.certificate);
const RSA = presents(rsa.certificate);
const ED25519 = presents(ed25519.certificate);
const ADDRESS = '192.0.2.1';

function script(mail: Script['mail'], ...records: readonly string[]): Script {
  const lines = records.map((record) => `_25._tcp.mx.example.org. TLSA ${record}`);
  return {
    answers: {
      'example.org MX': { records: 'example.org. MX 10 mx.example.org.' },
      'example.org SOA': { records: 'example.org. SOA ns. a. 1 900 300 86400 300' },
      'mx.example.org A': { records: `mx.example.org. A ${ADDRESS}` },
      'mx.example.org AAAA': {},
      '_25._tcp.mx.example.org TLSA': { records: lines.join('\n') },
    },
    ...(mail === undefined ? {} : { mail }),
  };
}

const codes = ({ report }: Awaited<ReturnType<typeof replay>>): readonly string[] =>
  report.findings.filter(({ severity }) => severity !== 'ok').map(({ code }) => code);

const probes = ({ report }: Awaited<ReturnType<typeof replay>>) =>
  report.hosts[0]?.addresses[0]?.probes.map(({ offer, ok, keyType, verdict }) => ({
    offer,
    ok,
    keyType,
    verdict,
  }));

describe('a server with one key', () => {
  test.each([
    ['RSA', RSA, rsa, ['ecdsa+eddsa']],
    ['ECDSA', ECDSA, ecdsa, ['rsa+eddsa']],
    ['Ed25519', ED25519, ed25519, ['rsa+ecdsa']],
  ] as const)('%s is asked once more, for the others', async (_, chain, key, askedAgain) => {
    const told = await replay(script({ [ADDRESS]: chain }, tlsaOfKey(3, key)));
    expect(told.askedAgain).toEqual(askedAgain.map((kinds) => `${ADDRESS} ${kinds}`));
    expect(told.report.outcome).toBe('secure');
    expect(probes(told)).toHaveLength(1);
    expect(codes(told)).not.toContain('key-type-unasked');
  });

  test('that it presents whatever is asked for is no second key', async () => {
    const told = await replay(
      script({ [ADDRESS]: RSA, [`${ADDRESS} ecdsa`]: RSA }, tlsaOfKey(3, rsa)),
    );
    expect(probes(told)).toHaveLength(1);
    expect(told.askedAgain).toHaveLength(1);
  });
});

describe('a server with an RSA and an ECDSA key', () => {
  const both = { [ADDRESS]: ECDSA, [`${ADDRESS} rsa`]: RSA };

  test('is secure with a record for each, and asked for a third kind', async () => {
    const told = await replay(script(both, tlsaOfKey(3, ecdsa), tlsaOfKey(3, rsa)));
    expect(told.report.outcome).toBe('secure');
    expect(probes(told)).toEqual([
      { offer: 'usual', ok: true, keyType: 'ECDSA P-256', verdict: 'authenticated' },
      { offer: 'rsa', ok: true, keyType: 'RSA 2048', verdict: 'authenticated' },
    ]);
    expect(told.askedAgain).toEqual([`${ADDRESS} rsa+eddsa`, `${ADDRESS} eddsa`]);
  });

  test.each([
    ['the one seen first', tlsaOfKey(3, ecdsa), 'RSA 2048'],
    ['the one seen second', tlsaOfKey(3, rsa), 'ECDSA P-256'],
  ])('defers with a record for %s only', async (_, record, unmatched) => {
    const told = await replay(script(both, record));
    expect(told.report).toMatchObject({ outcome: 'broken', hosts: [{ outcome: 'deferred' }] });
    const disagree = told.report.findings.find(({ code }) => code === 'key-types-disagree');
    expect(disagree).toMatchObject({ severity: 'error', subject: ADDRESS, data: { unmatched } });
  });

  test('is told to match after the first handshake, and no more after the second', async () => {
    const { events } = await replay(script(both, tlsaOfKey(3, ecdsa)));
    const told = events.flatMap((event) =>
      event.kind === 'probe' && event.probe.verdict !== null
        ? [[event.index, event.probe.verdict]]
        : [],
    );
    expect(told[0]).toEqual([0, 'authenticated']);
    expect(told.at(-1)).toEqual([1, 'failed']);
  });

  test('a third key without a record defers too', async () => {
    const all = { ...both, [`${ADDRESS} eddsa`]: ED25519 };
    const told = await replay(script(all, tlsaOfKey(3, ecdsa), tlsaOfKey(3, rsa)));
    expect(told.report.hosts[0]?.outcome).toBe('deferred');
    expect(codes(told)).toContain('key-types-disagree');
  });
});

describe('a certificate of another kind that only its askers see', () => {
  test('cannot be read: it is told, and satisfies no record', async () => {
    const mail = { [ADDRESS]: RSA, [`${ADDRESS} ecdsa`]: presents(Uint8Array.of(0x30, 0x03, 1)) };
    const told = await replay(script(mail, tlsaOfKey(3, rsa)));
    expect(told.report.hosts[0]?.outcome).toBe('deferred');
    expect(codes(told)).toContain('key-types-disagree');
    expect(told.askedAgain).toHaveLength(1);
  });

  test('behind a key that no offer selects, every kind is asked for', async () => {
    const curious = issue({ names, keyType: 'ecdsa' }).certificate;
    // The key's algorithm, id-ecPublicKey, becomes one that nobody knows (1.2.840.10045.2.127).
    const oid = Buffer.from('06072a8648ce3d0201', 'hex');
    const unknown = Buffer.from(curious);
    unknown[unknown.indexOf(oid) + oid.length - 1] = 0x7f;
    const mail = { [ADDRESS]: presents(new Uint8Array(unknown)), [`${ADDRESS} rsa`]: RSA };
    const told = await replay(script(mail, tlsaOfKey(3, rsa)));
    expect(told.askedAgain).toEqual([`${ADDRESS} rsa+ecdsa+eddsa`, `${ADDRESS} ecdsa+eddsa`]);
    expect(probes(told)).toHaveLength(2);
  });
});

describe('a server that does not answer again', () => {
  test.each<readonly [string, Partial<ProbeResult>]>([
    ['421', { stage: 'greeting', failure: 'rejected', error: 'too many connections' }],
    ['silence', { stage: 'connect', failure: 'timeout', error: 'no connection came about' }],
    [
      'STARTTLS withheld',
      { stage: 'ehlo', starttls: 'missing', failure: 'starttls-missing', error: 'not offered' },
    ],
    [
      'a second key that nobody can use',
      { stage: 'tls', starttls: 'offered', failure: 'tls-failed', error: 'the key is too large' },
    ],
  ])('(%s) is no failure, and the gap is told', async (_, second) => {
    const told = await replay(
      script({ [ADDRESS]: RSA, [`${ADDRESS} ecdsa`]: second }, tlsaOfKey(3, rsa)),
    );
    expect(told.report.outcome).toBe('secure');
    expect(told.report.hosts[0]?.because).toMatch(/presents a certificate that its TLSA records/);
    const gap = told.report.findings.find(({ code }) => code === 'key-type-unasked');
    expect(gap).toMatchObject({
      severity: 'notice',
      data: { keyType: 'RSA 2048', error: second.error },
    });
    for (const code of ['smtp-rejected', 'smtp-unreachable', 'starttls-missing']) {
      expect(codes(told)).not.toContain(code);
    }
  });

  test('at first is not asked again', async () => {
    const told = await replay(script({ [ADDRESS]: { failure: 'timeout' } }, tlsaOfKey(3, rsa)));
    expect(told.askedAgain).toEqual([]);
  });

  test('for want of a certificate of ours is a failure, known when the connection is over', async () => {
    const wanting = { ...RSA, parting: Promise.resolve('it wants a certificate of the sender’s') };
    const told = await replay(script({ [ADDRESS]: wanting }, tlsaOfKey(3, rsa)));
    expect(told.report.hosts[0]?.outcome).toBe('deferred');
    expect(codes(told)).toContain('tls-handshake-failed');
    expect(told.askedAgain).toEqual([]);
  });
});

describe('without SNI', () => {
  const mail = { [ADDRESS]: RSA, [`${ADDRESS} no-sni`]: ECDSA };

  test('nobody is asked unless it is wished', async () => {
    const told = await replay(script(mail, tlsaOfKey(3, rsa)));
    expect(told.askedAgain).toEqual([`${ADDRESS} ecdsa+eddsa`]);
  });

  test('another certificate is told, and decides nothing', async () => {
    const told = await replay(script(mail, tlsaOfKey(3, rsa)), { withoutSni: true });
    expect(told.askedAgain.at(-1)).toBe(`${ADDRESS} no-sni`);
    expect(told.report.outcome).toBe('secure');
    expect(codes(told)).toContain('chain-depends-on-sni');
    expect(codes(told)).not.toContain('key-types-disagree');
    expect(told.report.hosts[0]?.tlsa.records[0]?.matches).toBe(true);
  });

  test('the same certificate is no finding, and its match does not count', async () => {
    const same = { [ADDRESS]: RSA, [`${ADDRESS} no-sni`]: RSA };
    const told = await replay(script(same, tlsaOfKey(3, rsa)), { withoutSni: true });
    expect(codes(told)).not.toContain('chain-depends-on-sni');
    const stale = await replay(script(mail, tlsaOfKey(3, ecdsa)), { withoutSni: true });
    expect(stale.report.hosts[0]?.outcome).toBe('deferred');
    expect(codes(stale)).not.toContain('key-types-disagree');
  });
});

describe('chains from files', () => {
  const given = (...chains: readonly Uint8Array[]): GivenChains =>
    new Map([
      [
        'mx.example.org',
        chains.map((der, index) => ({
          certificates: [der],
          offer: index === 0 ? 'ecdsa' : 'rsa',
        })),
      ],
    ]);

  test.each([true, false])('are judged and nobody is spoken to (SMTP: %s)', async (smtp) => {
    const told = await replay(script(undefined, tlsaOfKey(3, ecdsa)), {
      smtp,
      chains: given(ecdsa.certificate),
    });
    expect(told.spokenTo).toEqual([]);
    expect(told.report.outcome).toBe('secure');
    expect(told.report.summary).toContain('if these send what was given in files');
    expect(told.report.hosts[0]?.because).toContain('the server itself was not asked');
    expect(told.report.hosts[0]?.addresses[0]?.probes[0]).toMatchObject({
      source: 'file',
      tlsVersion: null,
      cipher: null,
      transcript: [],
    });
    expect(told.report.findings.filter(({ code }) => code === 'chain-from-file')).toMatchObject([
      { severity: 'notice', subject: 'mx.example.org' },
    ]);
    expect(codes(told)).not.toContain('smtp-port-blocked');
  });

  test('several are what the host presents to different clients: each must match', async () => {
    const told = await replay(script(undefined, tlsaOfKey(3, ecdsa)), {
      chains: given(ecdsa.certificate, rsa.certificate),
    });
    expect(told.report.hosts[0]?.outcome).toBe('deferred');
    expect(codes(told)).toContain('key-types-disagree');
    expect(probes(told)?.map(({ offer }) => offer)).toEqual(['usual', 'rsa']);
  });

  test('dates count as of the instant of judgement, as with any chain', async () => {
    const late = { at: AT + 400 * 24 * 3600 * 1000, chains: given(ecdsa.certificate) };
    const told = await replay(script(undefined, tlsaOfKey(3, ecdsa)), late);
    expect(codes(told)).toContain('tlsa-ee-expired');
  });

  test('of other hosts change nothing', async () => {
    const chains: GivenChains = new Map([
      ['other.example.org', [{ certificates: [ecdsa.certificate], offer: 'ecdsa' }]],
    ]);
    const told = await replay(script({ [ADDRESS]: RSA }, tlsaOfKey(3, rsa)), { chains });
    expect(told.spokenTo).toHaveLength(1);
    expect(codes(told)).not.toContain('chain-from-file');
  });
});

describe('what is not the server’s fault', () => {
  test('a proxy that fails is told once for all addresses, by its name, and blames no host', async () => {
    const failed = { stage: 'connect', failure: 'proxy', error: 'the proxy p:1 is down' } as const;
    const base = script({ [ADDRESS]: failed, '192.0.2.2': failed }, tlsaOfKey(3, rsa));
    const two = {
      ...base,
      answers: {
        ...base.answers,
        'mx.example.org A': {
          records: `mx.example.org. A ${ADDRESS}\nmx.example.org. A 192.0.2.2`,
        },
      },
    };
    const told = await replay(two, { proxy: 'p:1' });
    expect(told.report).toMatchObject({ outcome: 'unknown', tool: { proxy: 'p:1' } });
    expect(told.report.findings.filter(({ code }) => code === 'proxy-failed')).toMatchObject([
      { subject: 'p:1', severity: 'warning' },
    ]);
    for (const code of ['smtp-unreachable', 'smtp-port-blocked']) {
      expect(codes(told)).not.toContain(code);
    }
  });

  test('TLS that our library lacks leaves the host unknown', async () => {
    const beyond = {
      stage: 'tls',
      starttls: 'offered',
      failure: 'unsupported',
      error: 'x',
    } as const;
    const told = await replay(script({ [ADDRESS]: beyond }, tlsaOfKey(3, rsa)));
    expect(told.report).toMatchObject({ outcome: 'unknown', hosts: [{ outcome: 'unreachable' }] });
    expect(codes(told)).toContain('tls-unsupported');
    expect(codes(told)).not.toContain('tls-handshake-failed');
  });

  test('silence of all hosts but one, which is judged from a file, blames this network still', async () => {
    const base = script(undefined, tlsaOfKey(3, rsa));
    const silent = { stage: 'connect', failure: 'timeout', error: 'no connection' } as const;
    const two = {
      answers: {
        ...base.answers,
        'example.org MX': {
          records: 'example.org. MX 10 mx.example.org.\nexample.org. MX 20 mx2.example.org.',
        },
        'mx2.example.org A': { records: 'mx2.example.org. A 192.0.2.2' },
        'mx2.example.org AAAA': {},
      },
      mail: { '192.0.2.2': silent },
    };
    const chains: GivenChains = new Map([
      ['mx.example.org', [{ certificates: [rsa.certificate], offer: 'rsa' }]],
    ]);
    expect(codes(await replay(two, { chains }))).toContain('smtp-port-blocked');
  });

  test('silence everywhere offers the proxy and the chain from a file', async () => {
    const silent = { stage: 'connect', failure: 'timeout', error: 'no connection' } as const;
    const told = await replay(script({ [ADDRESS]: silent }, tlsaOfKey(3, rsa)));
    const blocked = told.report.findings.find(({ code }) => code === 'smtp-port-blocked');
    expect(blocked?.remedy).toContain('--proxy socks5://127.0.0.1:1080');
    expect(blocked?.remedy).toContain('--chain mx.example.org=chain.txt');
    expect(blocked?.message).toMatch(/this network, not the servers/);
    const behind = await replay(script({ [ADDRESS]: silent }, tlsaOfKey(3, rsa)), { proxy: 'p:1' });
    const there = behind.report.findings.find(({ code }) => code === 'smtp-port-blocked');
    expect(there?.message).toMatch(/through the proxy p:1\. Its network/);
  });
});

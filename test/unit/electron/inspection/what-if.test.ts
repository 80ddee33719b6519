// The same evidence under other conditions: held against what an inspection makes of the real thing.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createAssociationCrypto } from '../../../../electron/crypto/association-crypto.ts';
import { judgeWhatIf } from '../../../../electron/inspection/what-if.ts';
import { describeProbe } from '../../../../electron/smtp/describe.ts';
import { formatTlsa } from '../../../../shared/dane/tlsa.ts';
import { emptyReport } from '../../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../../shared/inspection/event.ts';
import { fold } from '../../../../shared/inspection/fold.ts';
import type { Report } from '../../../../shared/inspection/report.ts';
import type { WhatIfReply, WhatIfRequest } from '../../../../shared/ipc/contract.ts';
import { writePem } from '../../../../shared/x509/pem.ts';
import {
  inspectWith,
  inspectWithout,
  leaf,
  named,
  presents,
  root,
  SERVFAIL,
  stranger,
  tlsaLine,
} from '../../../conformance/mail-world.ts';
import { record, server } from '../../shared/dane/chain-maker.ts';

const SILENT = {
  rcode: null,
  security: 'indeterminate',
  failure: { kind: 'timeout', afterMs: 1 },
  answers: [],
  raw: new Uint8Array(0),
} as const;

function rsaPair() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey, spki: publicKey.export({ format: 'der', type: 'spki' }) };
}

const TLSA = '_25._tcp.mx.example.org TLSA';
const OWN = formatTlsa(record('3 1 1', leaf.der));
const OTHER = formatTlsa(record('3 1 1', stranger.der));

function ask(events: readonly InspectionEvent[], more: Partial<WhatIfRequest>): WhatIfReply {
  return judgeWhatIf(
    { events, host: 'mx.example.org', records: null, chain: null, ...more },
    { crypto: createAssociationCrypto(), describe: describeProbe },
  );
}

function reportOf(reply: WhatIfReply): Report {
  if (reply.kind === 'refused') throw new Error(reply.message);
  return reply.events.reduce(fold, emptyReport('example.org'));
}

const pem = (...chain: readonly { readonly der: Uint8Array }[]): string =>
  chain.map(({ der }) => writePem(der)).join('');

/** What does not depend on how an inspection went about it. */
function essence({ outcome, summary, hosts, findings }: Report) {
  return {
    outcome,
    summary,
    hosts: hosts.map((host) => ({
      outcome: host.outcome,
      because: host.because,
      scheme: host.tlsa.rolloverScheme,
      records: host.tlsa.records,
      servers: host.tlsa.servers,
      verdicts: host.addresses.map(({ probes }) => probes.map(({ verdict }) => verdict)),
    })),
    findings: findings.map(({ code, subject, message }) => ({ code, subject, message })),
  };
}

describe('other records', () => {
  test('give what an inspection finds once they are published', async () => {
    const before = await inspectWith({ [TLSA]: { records: tlsaLine('3 1 1', stranger) } });
    expect(before.report.outcome).toBe('broken');
    const imagined = reportOf(ask(before.events, { records: [OWN] }));
    const after = await inspectWith({ [TLSA]: { records: tlsaLine('3 1 1', leaf) } });
    expect(essence(imagined)).toEqual(essence(after.report));
  });

  test('that match nothing break what works', async () => {
    const { events, report } = await inspectWith();
    expect(report.outcome).toBe('secure');
    const imagined = reportOf(ask(events, { records: [OTHER] }));
    expect(imagined.hosts[0]?.outcome).toBe('deferred');
    expect(imagined.findings.map(({ code }) => code)).toContain('tlsa-mismatch');
  });

  test('none at all leave mail to go without DANE', async () => {
    const { events } = await inspectWith();
    const imagined = reportOf(ask(events, { records: [] }));
    expect(imagined.hosts[0]).toMatchObject({
      outcome: 'opportunistic',
      tlsa: { records: [], ttl: null },
    });
    expect(imagined.findings.map(({ code }) => code)).toContain('tlsa-none');
  });

  test('where there are none now come to count', async () => {
    const { events, report } = await inspectWithout([TLSA]);
    expect(report.outcome).toBe('insecure');
    expect(reportOf(ask(events, { records: [OWN] })).outcome).toBe('secure');
  });

  test('in a zone that is not signed count for nobody', async () => {
    const { events } = await inspectWith({
      [TLSA]: { records: tlsaLine('3 1 1', stranger), security: 'insecure' },
    });
    expect(reportOf(ask(events, { records: [OWN] })).hosts[0]?.outcome).toBe('opportunistic');
  });

  test('in a zone that is not signed are held against no chain', async () => {
    const { events } = await inspectWith({
      [TLSA]: { records: tlsaLine('3 1 1', stranger), security: 'insecure' },
    });
    const [host] = reportOf(ask(events, { records: [OTHER] })).hosts;
    expect(host?.addresses[0]?.probes[0]).toMatchObject({ associations: [], verdict: null });
  });

  test('of an issuer fit a certificate for the domain’s own name (RFC 7672 §3.2.2)', async () => {
    const own = named('example.org');
    const mail = { '192.0.2.1': presents(own.der, root.der) };
    const { events } = await inspectWith({}, { mail });
    const issuer = formatTlsa(record('2 1 1', root.der));
    expect(reportOf(ask(events, { records: [issuer] })).hosts[0]?.outcome).toBe('authenticated');
  });

  test('end what one server says over one transport', async () => {
    const servers = { [`192.0.2.53 ${TLSA} tcp`]: { security: 'bogus' as const } };
    const { events, report } = await inspectWith({}, { servers });
    expect(report.hosts[0]?.tlsa.servers).toHaveLength(2);
    const imagined = reportOf(ask(events, { records: [OWN] })).hosts[0]?.tlsa.servers;
    expect(imagined?.map(({ records }) => records)).toEqual([[OWN]]);
  });

  test('do not make a server speak that is silent', async () => {
    const servers = { [`192.0.2.54 ${TLSA}`]: SILENT };
    const serverAddresses = ['192.0.2.53', '192.0.2.54'];
    const { events } = await inspectWith({}, { servers, serverAddresses });
    const imagined = reportOf(ask(events, { records: [OTHER] })).hosts[0]?.tlsa.servers;
    expect(imagined?.map(({ records }) => records)).toEqual([[OTHER], []]);
  });

  test('end what servers disagree about', async () => {
    const servers = {
      [`192.0.2.53 ${TLSA}`]: { answers: [], denies: 'type' as const },
    };
    const serverAddresses = ['192.0.2.53', '192.0.2.54'];
    const { events, report } = await inspectWith({}, { servers, serverAddresses });
    expect(report.findings.map(({ code }) => code)).toContain('tlsa-servers-disagree');
    const codes = reportOf(ask(events, { records: [OWN] })).findings.map(({ code }) => code);
    expect(codes).not.toContain('tlsa-servers-disagree');
  });

  test('are told what they are once more', async () => {
    const { events } = await inspectWith();
    const wrong = OWN.replace('3 1 1', '3 0 1');
    const imagined = reportOf(ask(events, { records: [wrong] }));
    expect(imagined.hosts[0]?.tlsa.records[0]?.identity).toMatchObject({ meant: '3 1 1' });
  });
});

describe('another chain', () => {
  test('that no record fits breaks what works, and its record mends it', async () => {
    const { events } = await inspectWith();
    const chain = pem(stranger, root);
    expect(reportOf(ask(events, { chain })).hosts[0]?.outcome).toBe('deferred');
    const both = reportOf(ask(events, { chain, records: [OWN, OTHER] }));
    expect(both.hosts[0]?.outcome).toBe('authenticated');
    expect(both.hosts[0]?.addresses[0]?.probes[0]).toMatchObject({
      source: 'file',
      verdict: 'authenticated',
    });
  });

  test('gives what an inspection finds once it is presented', async () => {
    const ta = { [TLSA]: { records: tlsaLine('2 1 1', root) } };
    const before = await inspectWith(ta, { mail: { '192.0.2.1': presents(leaf.der) } });
    expect(before.report.outcome).toBe('broken');
    const imagined = reportOf(ask(before.events, { chain: pem(leaf, root) }));
    expect(imagined.hosts[0]?.outcome).toBe('authenticated');
  });

  test('makes known what another record was', async () => {
    const before = await inspectWith({ [TLSA]: { records: tlsaLine('3 0 1', stranger) } });
    expect(before.report.hosts[0]?.tlsa.records[0]?.identity).toBeNull();
    const wrong = formatTlsa(record('3 1 1', stranger.der)).replace('3 1 1', '3 0 1');
    const known = await inspectWith({
      [TLSA]: { records: `_25._tcp.mx.example.org. TLSA ${wrong}` },
    });
    const chain = pem(stranger, root);
    const imagined = reportOf(ask(known.events, { chain })).hosts[0]?.tlsa.records[0];
    expect(imagined?.identity).toMatchObject({ kind: 'key', meant: '3 1 1' });
    // And the other way: what was known by a chain that is gone is forgotten with it.
    const own = OWN.replace('3 1 1', '3 0 1');
    const shown = await inspectWith({
      [TLSA]: { records: `_25._tcp.mx.example.org. TLSA ${own}` },
    });
    expect(shown.report.hosts[0]?.tlsa.records[0]?.identity).not.toBeNull();
    expect(reportOf(ask(shown.events, { chain })).hosts[0]?.tlsa.records[0]?.identity).toBeNull();
  });

  test('of one kind of key leaves the other kind where it is', async () => {
    const rsa = server(root, { key: rsaPair() });
    const mail = {
      '192.0.2.1': presents(leaf.der, root.der),
      '192.0.2.1 rsa': presents(rsa.der, root.der),
    };
    const { events } = await inspectWith({}, { mail });
    const imagined = reportOf(ask(events, { chain: pem(stranger, root), records: [OTHER] }));
    expect(
      imagined.hosts[0]?.addresses[0]?.probes.map(({ source, keyType, verdict }) => [
        source,
        keyType,
        verdict,
      ]),
    ).toEqual([
      ['file', 'ECDSA P-256', 'authenticated'],
      ['network', 'RSA 2048', 'failed'],
    ]);
  });

  test('does not bring STARTTLS, which the server lacks', async () => {
    const mail = {
      '192.0.2.1': { stage: 'starttls', failure: 'starttls-missing', starttls: 'missing' },
    } as const;
    const { events } = await inspectWith({}, { mail });
    const [host] = reportOf(ask(events, { chain: pem(leaf, root) })).hosts;
    expect(host?.outcome).toBe('deferred');
    expect(host?.addresses[0]?.probes[0]).toMatchObject({ source: 'network', chain: [] });
  });

  test('stands for all that a look without mail servers has not seen', async () => {
    const { events } = await inspectWith({}, {}, { smtp: false });
    expect(reportOf(ask(events, { chain: pem(leaf, root) })).hosts[0]?.outcome).toBe(
      'authenticated',
    );
  });
});

test('nothing changed gives what there was', async () => {
  const { events, report } = await inspectWith();
  expect(essence(reportOf(ask(events, {})))).toEqual(essence(report));
});

describe('is refused, in words,', () => {
  test.each<[string, Partial<WhatIfRequest>, RegExp]>([
    ['for a host that is not there', { host: 'other.example.org' }, /no mail host/],
    ['for what is no record', { records: ['3 1 x'] }, /“3 1 x” is no TLSA record/],
    ['for data that is not hexadecimal', { records: ['3 1 1 xy'] }, /not hexadecimal/],
    ['for a chain that cannot be read', { chain: 'nothing' }, /cannot be used/],
  ])('%s', async (_what, more, sentence) => {
    const { events } = await inspectWith();
    const reply = ask(events, more);
    expect(reply).toMatchObject({ kind: 'refused', message: expect.stringMatching(sentence) });
  });

  test('where the look-up fails: other records would not be had either', async () => {
    const { events } = await inspectWith({ [TLSA]: SERVFAIL });
    expect(ask(events, { records: [OWN] })).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/fails now/),
    });
  });
});

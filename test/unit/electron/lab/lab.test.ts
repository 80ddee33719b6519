// The built-in lab as a client of its network finds it.
import { createHash, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { createLab, type Lab } from '../../../../electron/lab/lab.ts';
import type { LabDomainPlan } from '../../../../electron/lab/built-in-domains.ts';
import { createMailServer, type MailServerFault } from '../../../../electron/lab/smtp-server.ts';
import { knownName } from '../../../../electron/lab/zone-text.ts';
import type { Connection, Endpoint } from '../../../../electron/net/network.ts';
import { connectSockets } from '../../../../electron/net/virtual-socket.ts';
import { decodeMessage } from '../../../../electron/wire/decode.ts';
import { makeQuery } from '../../../../electron/wire/query.ts';
import { ROOT } from '../../../../shared/dns/name.ts';
import { addressToText } from '../../../../shared/dns/address.ts';
import { TYPE } from '../../../../shared/dns/record-type.ts';
import { parseZoneFile } from '../../../../shared/dns/zone-file.ts';

const AT = Date.UTC(2026, 10, 24, 12);
const never = new AbortController().signal;
const ms = 1_000;
let lab: Lab;

beforeAll(() => {
  lab = createLab({ at: AT, realTime: false, roundTripMs: 20 });
});

function zoneRecords(text: string): ReturnType<typeof parseZoneFile> & { ok: true } {
  const records = parseZoneFile(text);
  if (!records.ok) throw new Error('unreadable zone text');
  return records;
}

/** RDATA of a type at a name, from whichever zone of the lab holds it. */
function rdatas(name: string, type: number): readonly Uint8Array[] {
  const owner = knownName(name);
  return lab
    .zones()
    .filter(({ zone }) => zone.delegationOf(owner) === null)
    .flatMap(({ zone }) => zone.rrset(owner, type)?.records ?? [])
    .map((record) => record.rdata);
}

async function read(connection: Connection): Promise<string> {
  const bytes = await connection.read(ms, never);
  return bytes.ok ? Buffer.from(bytes.value ?? []).toString('latin1') : bytes.failure.kind;
}

async function startTls(hostName: string): Promise<Connection> {
  const [address] = rdatas(hostName, TYPE.A);
  const to: Endpoint = { address: addressToText(address ?? new Uint8Array(4)) ?? '', port: 25 };
  const connection = await lab.network.connect(to, ms, never);
  if (!connection.ok) throw new Error(connection.failure.kind);
  expect(await read(connection.value)).toMatch(/^220 .*\r\n$/);
  await connection.value.write(Buffer.from('EHLO probe.example\r\n'), ms, never);
  return connection.value;
}

describe('the lab', () => {
  it('has at least the domains a demonstration needs, each described and with its outcome', () => {
    expect(lab.domains.map((domain) => domain.outcome)).toEqual(
      expect.arrayContaining(['secure', 'degraded', 'broken', 'insecure', 'no-mail']),
    );
    for (const domain of lab.domains) expect(domain.description).toMatch(/^[A-Z].*[^.]$/);
  });

  it('answers at every address of its root hints, at the instant it was made for', async () => {
    const hints = zoneRecords(lab.rootHints).value.filter((record) => record.type !== TYPE.NS);
    expect(hints).toHaveLength(4);
    expect(lab.network.clock.now()).toBe(AT);
    for (const hint of hints) {
      const question = makeQuery(
        {
          name: ROOT,
          type: TYPE.NS,
          edns: true,
          recursionDesired: false,
          checkingDisabled: false,
          mixedCase: false,
        },
        (count) => new Uint8Array(count),
      );
      const to = { address: addressToText(hint.rdata) ?? '', port: 53 };
      const reply = await lab.network.exchangeDatagram(to, question.bytes, () => true, ms, never);
      const message = reply.ok ? decodeMessage(reply.value) : reply;
      expect(message.ok && message.value.answers.length).toBe(3);
    }
    expect(lab.network.clock.now()).toBe(AT + 80);
  });

  it('has an anchor that is the digest of the key in its root zone (RFC 4509 §2.1)', () => {
    const [anchor] = zoneRecords(lab.trustAnchors).value;
    const digests = rdatas('.', TYPE.DNSKEY).map((dnskey) =>
      createHash('sha256').update(Uint8Array.of(0)).update(dnskey).digest('hex'),
    );
    expect(digests).toContain(Buffer.from(anchor?.rdata.subarray(4) ?? []).toString('hex'));
  });

  it('presents under STARTTLS what the TLSA records of good.lab and issuer.lab say', async () => {
    const digestOf = (der: Uint8Array | undefined): string => {
      const key = new X509Certificate(der ?? '').publicKey.export({ format: 'der', type: 'spki' });
      return createHash('sha256').update(key).digest('hex');
    };
    for (const [domain, depth] of [
      ['good.lab', 0],
      ['issuer.lab', 1],
    ] as const) {
      const connection = await startTls(`mx.${domain}`);
      expect(await read(connection)).toContain('250-STARTTLS\r\n');
      await connection.write(Buffer.from('STARTTLS\r\n'), ms, never);
      expect(await read(connection)).toMatch(/^220 /);
      const secured = await connection.upgradeToTls(
        { serverName: `mx.${domain}`, allowOldVersions: false, keyTypes: null },
        ms,
        never,
      );
      if (!secured.ok) throw new Error(JSON.stringify(secured.failure));
      const published = rdatas(`_25._tcp.mx.${domain}`, TYPE.TLSA).map((tlsa) =>
        Buffer.from(tlsa.subarray(3)).toString('hex'),
      );
      expect(published).toContain(digestOf(secured.value.session.presented[depth]));
      secured.value.close();
    }
  });

  it('presents an RSA and an ECDSA key on the hosts of three.lab, each to whom can check no other', async () => {
    const published = rdatas('_25._tcp.mx1.three.lab', TYPE.TLSA).map((tlsa) =>
      Buffer.from(tlsa.subarray(3)).toString('hex'),
    );
    for (const [keyType, kind] of [
      ['rsa', 'rsa'],
      ['ecdsa', 'ec'],
    ] as const) {
      const connection = await startTls('mx1.three.lab');
      await read(connection);
      await connection.write(Buffer.from('STARTTLS\r\n'), ms, never);
      await read(connection);
      const secured = await connection.upgradeToTls(
        { serverName: 'mx1.three.lab', allowOldVersions: false, keyTypes: [keyType] },
        ms,
        never,
      );
      if (!secured.ok) throw new Error(JSON.stringify(secured.failure));
      const { publicKey } = new X509Certificate(secured.value.session.presented[0] ?? '');
      const digest = createHash('sha256').update(publicKey.export({ format: 'der', type: 'spki' }));
      expect(publicKey.asymmetricKeyType).toBe(kind);
      expect(published).toContain(digest.digest('hex'));
      secured.value.close();
    }
  });

  it('has thirty hosts of six addresses in thirty.lab', () => {
    const sizes = Array.from({ length: 30 }, (_, index) => `mx${index + 1}.thirty.lab`).map(
      (host) => [rdatas(host, TYPE.A).length, rdatas(host, TYPE.AAAA).length],
    );
    expect(sizes).toEqual(Array.from({ length: 30 }, () => [3, 3]));
    expect(rdatas('thirty.lab', TYPE.MX)).toHaveLength(30);
  });

  it('offers no STARTTLS on the host of plain.lab', async () => {
    const connection = await startTls('mx.plain.lab');
    expect(await read(connection)).not.toContain('STARTTLS');
    connection.close();
  });

  it('takes other domains than its own', async () => {
    const plan: LabDomainPlan = {
      name: 'mine.lab',
      description: 'Mine',
      outcome: 'insecure',
      findings: [],
      signing: 'signed',
      denial: { kind: 'nsec' },
      hosts: Array.from({ length: 12 }, (_, index) => ({
        label: `mx${index}`,
        tlsa: ['current'],
        startTls: true,
      })),
    };
    const mine = createLab({ at: AT, realTime: false, roundTripMs: 20, plans: [plan] });
    expect(mine.domains.map((domain) => domain.name)).toEqual(['mine.lab']);
    expect(mine.zones()).toHaveLength(3);
  });
});

describe('a mail server that misbehaves', () => {
  /** What a client sees that sends its commands blindly. */
  async function dialogue(fault: MailServerFault | undefined, ...lines: string[]): Promise<string> {
    const wire = (arrive: () => void): void => void setImmediate(arrive);
    const { client, server } = connectSockets(wire, wire);
    server.on('error', () => undefined);
    let seen = '';
    client.on('data', (chunk: Buffer) => {
      seen += chunk.toString('latin1');
    });
    client.on('end', () => {
      seen += '<end>';
    });
    client.on('error', (error) => {
      seen += `<${error.message}>`;
    });
    createMailServer({ hostName: 'mx', tls: { identities: [] }, ...(fault ? { fault } : {}) })(
      server,
    );
    for (const line of lines) {
      client.write(`${line}\r\n`);
      for (let turn = 0; turn < 8; turn += 1) await new Promise((done) => setImmediate(done));
    }
    client.destroy();
    return seen;
  }

  it.each<readonly [MailServerFault | undefined, readonly string[], RegExp]>([
    [
      undefined,
      ['EHLO me', 'MAIL FROM:<>', 'QUIT'],
      /^220 mx ESMTP\r\n250-mx\r\n(250-.*\r\n)+250 8BITMIME\r\n550 .*\r\n221 bye\r\n<end>$/,
    ],
    ['close-on-connect', ['EHLO me'], /^<end>$/],
    ['reset-on-connect', ['EHLO me'], /^<ECONNRESET>$/],
    ['stall-on-connect', ['EHLO me'], /^$/],
    ['reject-connection', ['EHLO me'], /^554 .*\r\n<end>$/],
    ['reject-ehlo', ['EHLO me'], /^220 .*\r\n550 .*\r\n$/],
    ['refuse-starttls', ['EHLO me', 'STARTTLS'], /250-STARTTLS\r\n250 .*\r\n454 .*\r\n$/],
    ['stall-on-starttls', ['EHLO me', 'STARTTLS'], /250 8BITMIME\r\n$/],
    ['close-on-starttls', ['EHLO me', 'STARTTLS'], /250 8BITMIME\r\n<end>$/],
    ['inject-plaintext', ['EHLO me', 'STARTTLS'], /220 ready\r\n250 mx injected\r\n/],
    ['garbage-for-tls', ['EHLO me', 'STARTTLS', 'hello'], /220 ready\r\n502 .*\r\n$/],
    ['close-in-handshake', ['EHLO me', 'STARTTLS', 'hello'], /220 ready\r\n<end>$/],
    ['stall-in-handshake', ['EHLO me', 'STARTTLS', 'hello'], /220 ready\r\n$/],
    ['trickle', ['EHLO me'], /^220 mx ESMTP\r\n250-mx\r\n/],
  ])('%s', async (fault, lines, expected) => {
    expect(await dialogue(fault, ...lines)).toMatch(expected);
  });

  it('cuts off a line without end', async () => {
    expect(await dialogue(undefined, 'x'.repeat(5000))).toContain('500 line too long');
  });
});

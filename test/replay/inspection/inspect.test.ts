// What an inspection asks, in which order, and what it makes of the answers (RFC 7672 §2).
import { describe, expect, test } from 'vitest';
import { createLabAuthority, tlsaOfKey } from '../../../electron/lab/lab-certificates.ts';
import {
  alias,
  AT,
  begin,
  BOGUS,
  createLog,
  name,
  presents,
  records,
  replay,
  SERVFAIL,
  type Script,
} from './script.ts';

const authority = createLabAuthority(AT);
const leaf = authority.issueFor('mx.example.org');
const other = authority.issueFor('mx.example.org');
const RECORD = tlsaOfKey(3, leaf);
const STALE = tlsaOfKey(3, other);
const CHAIN = presents(leaf.certificate, authority.issuing.certificate);

const SOUND: Script = {
  answers: {
    'example.org MX': { records: 'example.org. MX 10 mx.example.org.' },
    'example.org SOA': { records: 'example.org. SOA ns. a. 1 900 300 86400 300' },
    'mx.example.org A': { records: 'mx.example.org. A 192.0.2.1' },
    'mx.example.org AAAA': {},
    '_25._tcp.mx.example.org TLSA': { records: `_25._tcp.mx.example.org. TLSA ${RECORD}` },
  },
  mail: { '192.0.2.1': CHAIN },
};

function withAnswers(answers: Script['answers'], more: Partial<Script> = {}): Script {
  return { ...SOUND, ...more, answers: { ...SOUND.answers, ...answers } };
}

const codesOf = ({ report }: Awaited<ReturnType<typeof replay>>) =>
  report.findings.map(({ code }) => code);

describe('a sound domain', () => {
  test('is secure', async () => {
    const { report } = await replay(SOUND);
    expect(report).toMatchObject({ outcome: 'secure', finished: true });
    expect(report.hosts[0]).toMatchObject({ outcome: 'authenticated' });
  });

  test('is told from started to finished, the hosts before what belongs to them', async () => {
    const { events } = await replay(SOUND);
    const kinds = events.map(({ kind }) => kind).filter((kind) => kind !== 'progress');
    expect(kinds[0]).toBe('started');
    expect(kinds.at(-1)).toBe('finished');
    expect(kinds.indexOf('mx')).toBeLessThan(kinds.indexOf('addresses'));
    expect(kinds.indexOf('addresses')).toBeLessThan(kinds.indexOf('probe'));
  });

  test('tells at which port name servers were asked, where it is not 53', async () => {
    const told = await replay(SOUND, { dnsPort: 5300 });
    expect(told.report.tool.dnsPort).toBe(5300);
    expect((await replay(SOUND)).report.tool).not.toHaveProperty('dnsPort');
  });

  test('costs one wait after the MX: addresses, TLSA and servers are asked at once', async () => {
    const { asked, askedServers } = await replay(SOUND);
    expect(asked.slice(0, 4).sort()).toEqual([
      '_25._tcp.mx.example.org TLSA',
      'example.org MX',
      'mx.example.org A',
      'mx.example.org AAAA',
    ]);
    expect(askedServers).toContain('192.0.2.53 _tcp.mx.example.org A udp');
  });

  test('gives plain data alone, fit to cross to another process', async () => {
    const { events } = await replay(SOUND);
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });

  test('sends the TLSA base domain as SNI', async () => {
    expect((await replay(SOUND)).spokenTo).toEqual(['192.0.2.1 mx.example.org']);
  });
});

describe('the MX look-up', () => {
  test('failing ends the inspection: no host is looked for', async () => {
    const replayed = await replay(withAnswers({ 'example.org MX': SERVFAIL }));
    expect(replayed.report.outcome).toBe('broken');
    expect(replayed.asked).toEqual(['example.org MX', '. SOA']);
  });

  test('failing, when the root does not answer either, says nothing about the domain', async () => {
    const replayed = await replay(withAnswers({ 'example.org MX': SERVFAIL, '. SOA': SERVFAIL }));
    expect(replayed.report.outcome).toBe('unknown');
    expect(replayed.report.findings).toMatchObject([
      { code: 'mx-lookup-failed', mends: 'this network' },
    ]);
  });

  test('bogus is told as such', async () => {
    expect(codesOf(await replay(withAnswers({ 'example.org MX': BOGUS })))).toContain('mx-bogus');
  });

  test('without a record makes the domain its own host', async () => {
    const { asked, report } = await replay({
      answers: { 'example.org MX': {}, 'example.org A': { records: 'example.org. A 192.0.2.1' } },
    });
    expect(asked).toContain('_25._tcp.example.org TLSA');
    expect(report.mx.implicit).toBe(true);
  });

  test('with the root alone is a null MX, and nothing more is asked', async () => {
    const replayed = await replay({
      answers: { 'example.org MX': { records: 'example.org. MX 0 .' } },
    });
    expect(replayed.report.outcome).toBe('no-mail');
    expect(replayed.asked).toEqual(['example.org MX']);
  });

  test('with the root beside a host leaves the host', async () => {
    const mx = 'example.org. MX 0 .\nexample.org. MX 10 mx.example.org.';
    const { report } = await replay(withAnswers({ 'example.org MX': { records: mx } }));
    expect(report.hosts.map(({ name: host, outcome }) => [host, outcome])).toEqual([
      ['.', 'gone'],
      ['mx.example.org', 'authenticated'],
    ]);
    expect(report.outcome).toBe('secure');
  });

  test('naming one host twice gives it once, at its best preference', async () => {
    const mx = 'example.org. MX 20 mx.example.org.\nexample.org. MX 5 mx.example.org.';
    const { report } = await replay(withAnswers({ 'example.org MX': { records: mx } }));
    expect(report.hosts.map(({ preference }) => preference)).toEqual([5]);
  });

  test('covered by no trust anchor counts as insecure', async () => {
    const { report } = await replay(
      withAnswers({
        'example.org MX': {
          records: 'example.org. MX 10 mx.example.org.',
          security: 'indeterminate',
        },
      }),
    );
    expect(report.mx.security).toBe('insecure');
  });

  test('naming more hosts than anybody has is cut short, and told', async () => {
    const records = Array.from({ length: 60 }, (_, i) => `example.org. MX 10 mx${i}.example.org.`);
    const replayed = await replay(
      withAnswers({ 'example.org MX': { records: records.join('\n') } }),
    );
    expect(replayed.report.hosts).toHaveLength(50);
    expect(codesOf(replayed)).toContain('limit-reached');
  });
});

describe('RFC 7672 §2.1.3: behind an alias', () => {
  const aliases = [alias('mx.example.org', 'real.example.org')];
  const address = { records: 'real.example.org. A 192.0.2.1', aliases };

  test('the expanded name is the base domain when it has secure records', async () => {
    const replayed = await replay(
      withAnswers({
        'mx.example.org A': address,
        '_25._tcp.real.example.org TLSA': { records: `_25._tcp.real.example.org. TLSA ${RECORD}` },
        '_25._tcp.mx.example.org TLSA': { records: `_25._tcp.mx.example.org. TLSA ${STALE}` },
      }),
    );
    expect(replayed.spokenTo).toEqual(['192.0.2.1 real.example.org']);
    expect(replayed.report.hosts[0]).toMatchObject({
      outcome: 'authenticated',
      tlsa: { baseDomain: 'real.example.org' },
    });
    expect(codesOf(replayed)).toContain('mx-target-cname');
  });

  test('the original name is the base domain when the expanded one has none', async () => {
    const { report, spokenTo } = await replay(withAnswers({ 'mx.example.org A': address }));
    expect(spokenTo).toEqual(['192.0.2.1 mx.example.org']);
    expect(report.hosts[0]).toMatchObject({
      outcome: 'authenticated',
      tlsa: { baseDomain: 'mx.example.org' },
    });
  });

  test('a failed look-up at the expanded name is not passed over', async () => {
    const { report } = await replay(
      withAnswers({ 'mx.example.org A': address, '_25._tcp.real.example.org TLSA': SERVFAIL }),
    );
    expect(report.hosts[0]?.outcome).toBe('deferred');
  });

  test('that leads into an unsigned zone, the original name still counts (§2.2.2)', async () => {
    const insecure = { ...address, security: 'insecure' as const };
    const { report } = await replay(withAnswers({ 'mx.example.org A': insecure }));
    expect(report.hosts[0]).toMatchObject({ outcome: 'authenticated', tlsa: { applies: true } });
  });

  test('whose first step is insecure, records do not apply', async () => {
    const insecure = {
      ...address,
      security: 'insecure' as const,
      aliases: [alias('mx.example.org', 'real.example.org', 'insecure')],
    };
    const { report } = await replay(withAnswers({ 'mx.example.org A': insecure }));
    expect(report.hosts[0]).toMatchObject({ outcome: 'opportunistic', tlsa: { applies: false } });
  });
});

describe('RFC 7672 §2.2.2: a host with insecure addresses', () => {
  const insecure = { records: 'mx.example.org. A 192.0.2.1', security: 'insecure' as const };

  test('is not held back by a TLSA look-up that fails', async () => {
    const { report } = await replay(
      withAnswers({ 'mx.example.org A': insecure, '_25._tcp.mx.example.org TLSA': SERVFAIL }),
    );
    expect(report.hosts[0]?.outcome).toBe('opportunistic');
    expect(report.outcome).toBe('insecure');
  });

  test('that is secure in one family is still held to its records', async () => {
    const { report } = await replay(
      withAnswers({
        'mx.example.org A': { records: 'mx.example.org. A 192.0.2.1' },
        'mx.example.org AAAA': {
          records: 'mx.example.org. AAAA 2001:db8::1',
          security: 'insecure',
        },
      }),
    );
    expect(report.hosts[0]).toMatchObject({ outcome: 'authenticated', security: 'insecure' });
  });
});

describe('mail servers', () => {
  test('at private addresses are left alone, unless it is allowed', async () => {
    const script = withAnswers({ 'mx.example.org A': { records: 'mx.example.org. A 10.0.0.1' } });
    const without = await replay(script);
    expect(without.spokenTo).toEqual([]);
    expect(codesOf(without)).toContain('address-private');
    expect((await replay(script, { allowPrivate: true })).spokenTo).toEqual([
      '10.0.0.1 mx.example.org',
    ]);
  });

  test('of the other family are left out when one is asked for, without a complaint', async () => {
    const replayed = await replay(
      withAnswers({ 'mx.example.org AAAA': { records: 'mx.example.org. AAAA 2001:db8::1' } }),
      { families: [4] },
    );
    expect(replayed.spokenTo).toEqual(['192.0.2.1 mx.example.org']);
    expect(codesOf(replayed)).not.toContain('smtp-unreachable');
    expect(replayed.report.outcome).toBe('secure');
  });

  test('are not spoken to at all with DNS only', async () => {
    const { spokenTo, report } = await replay(SOUND, { smtp: false });
    expect(spokenTo).toEqual([]);
    expect(report.outcome).toBe('unknown');
  });

  test('are spoken to side by side, but never more than 24 at a time', async () => {
    const records = Array.from({ length: 30 }, (_, i) => `mx.example.org. A 192.0.2.${i + 1}`);
    const { mostOpen, spokenTo } = await replay(
      withAnswers({ 'mx.example.org A': { records: records.join('\n') } }),
    );
    expect(spokenTo).toHaveLength(30);
    expect(mostOpen).toBe(24);
  });
});

describe('the servers of the zone', () => {
  const TWO = ['192.0.2.53', '192.0.2.54'];
  const OWNER = '_25._tcp.mx.example.org TLSA';

  test('are each asked once for a name that hosts share', async () => {
    const mx = 'example.org. MX 10 mx.example.org.\nexample.org. MX 20 mx2.example.org.';
    const { askedServers } = await replay(
      withAnswers(
        {
          'example.org MX': { records: mx },
          'mx2.example.org A': { records: 'mx2.example.org. A 192.0.2.2' },
        },
        { serverAddresses: TWO },
      ),
    );
    const apex = '192.0.2.54 example.org A udp';
    expect(askedServers.filter((question) => question === apex)).toHaveLength(1);
    expect(new Set(askedServers).size).toBe(askedServers.length);
  });

  test('are not asked for TLSA names where the zone is not signed: there is nothing to lose', async () => {
    const { askedServers, report } = await replay(withAnswers({ zone: { security: 'insecure' } }));
    expect(askedServers.filter((question) => question.includes('_tcp'))).toEqual([]);
    expect(askedServers.filter((question) => question.includes('DNSKEY'))).toEqual([]);
    expect(report.hosts[0]?.ancestors).toEqual([]);
  });

  test('that serve other records, which match nothing, make the host deferred', async () => {
    const replayed = await replay({
      ...SOUND,
      serverAddresses: TWO,
      servers: {
        [`192.0.2.54 ${OWNER}`]: { answers: records(`_25._tcp.mx.example.org. TLSA ${STALE}`) },
      },
    });
    expect(replayed.report.hosts[0]?.outcome).toBe('deferred');
    expect(codesOf(replayed)).toContain('tlsa-servers-disagree');
  });

  test('that serve other records over TCP alone are held to these too: a sender may get them', async () => {
    const stale = { answers: records(`_25._tcp.mx.example.org. TLSA ${STALE}`) };
    const replayed = await replay({
      ...SOUND,
      servers: { [`192.0.2.53 ${OWNER} tcp`]: stale },
    });
    expect(replayed.report.hosts[0]?.outcome).toBe('deferred');
    const finding = replayed.report.findings.find(({ code }) => code === 'tlsa-servers-disagree');
    expect(String(finding?.data['groups'])).toContain('over UDP');
    expect(String(finding?.data['groups'])).toContain('over TCP');
  });

  test('whose datagrams are cut off are taken at their word over TCP', async () => {
    const cut = { answers: [], rcode: null, truncated: true, security: 'indeterminate' } as const;
    const replayed = await replay({ ...SOUND, servers: { [`192.0.2.53 ${OWNER} udp`]: cut } });
    expect(replayed.report.hosts[0]?.outcome).toBe('authenticated');
    expect(codesOf(replayed)).not.toContain('tlsa-lookup-failed');
    expect(replayed.report.hosts[0]?.ancestors.every(({ ok }) => ok)).toBe(true);
  });

  test('that deny a name which covers the TLSA name itself, though they serve it, are told of', async () => {
    const covered = [name('_25._tcp.mx.example.org')];
    const { report } = await replay({
      ...SOUND,
      servers: { '192.0.2.53 _tcp.mx.example.org A': { covered } },
    });
    const denied = report.findings.filter(({ code }) => code === 'ancestor-denied');
    expect(denied.map(({ subject }) => subject)).toEqual(['_25._tcp.mx.example.org']);
  });

  test('one of which proves that there are no records make the host opportunistic', async () => {
    const { report } = await replay({
      ...SOUND,
      serverAddresses: TWO,
      servers: { [`192.0.2.54 ${OWNER}`]: { answers: [], rcode: 'NXDOMAIN', denies: 'name' } },
    });
    expect(report.hosts[0]?.outcome).toBe('opportunistic');
  });

  test('may deny _tcp of a host that has no TLSA records', async () => {
    const answers = Object.fromEntries(
      Object.entries(SOUND.answers).filter(([question]) => !question.endsWith('TLSA')),
    );
    const replayed = await replay({ ...SOUND, answers });
    expect(
      replayed.report.hosts[0]?.ancestors.map(({ ok, rcode, name: asked }) => [asked, rcode, ok]),
    ).toEqual([
      ['_25._tcp.mx.example.org', 'NXDOMAIN', true],
      ['_tcp.mx.example.org', 'NXDOMAIN', true],
      ['mx.example.org', 'NOERROR', true],
      ['example.org', 'NOERROR', true],
    ]);
    expect(codesOf(replayed)).not.toContain('ancestor-nxdomain');
  });

  test.each([
    ['with a proof, mail goes without DANE', 'secure', 'opportunistic'],
    ['without one, mail is deferred', 'bogus', 'deferred'],
  ] as const)(
    'that all deny _tcp of a host that has some: %s',
    async (_claim, security, outcome) => {
      const denial = { rcode: 'NXDOMAIN', denies: 'name', security } as const;
      const { report } = await replay({
        ...SOUND,
        serverAddresses: TWO,
        servers: Object.fromEntries(
          TWO.map((server) => [`${server} _tcp.mx.example.org A`, denial]),
        ),
      });
      expect(report.hosts[0]?.outcome).toBe(outcome);
    },
  );

  test('that erase the name from aggressive caches are told of by the name they erase', async () => {
    const covered = [name('_tcp.mx.example.org')];
    const { report } = await replay({
      ...SOUND,
      servers: { '192.0.2.53 example.org A': { covered } },
    });
    const denied = report.findings.filter(({ code }) => code === 'ancestor-denied');
    expect(denied.map(({ subject }) => subject)).toEqual(['_tcp.mx.example.org']);
  });
});

describe('an inspection', () => {
  const STUCK = withAnswers({ 'mx.example.org AAAA': { afterMs: Infinity } });

  test('that somebody stops throws their reason and leaves nothing running', async () => {
    const controller = new AbortController();
    const log = createLog();
    const reading = (async () => {
      for await (const event of begin(STUCK, log, {}, controller.signal)) {
        if (event.kind === 'mx') controller.abort(new Error('by a person'));
      }
    })();
    await expect(reading).rejects.toThrow('by a person');
    expect(log.open.now).toBe(0);
  });

  test('that runs into its time limit still ends in a report that says so', async () => {
    const log = createLog();
    const kinds: string[] = [];
    const limits: string[] = [];
    for await (const event of begin(STUCK, log, {}, new AbortController().signal)) {
      kinds.push(event.kind);
      if (event.kind === 'observed') limits.push(...event.observations.map(({ code }) => code));
      if (event.kind === 'mx') for (const ring of log.timers) ring();
    }
    expect(kinds.at(-1)).toBe('finished');
    expect(limits).toContain('limit-reached');
  });

  test('whose mail server says more than we read is told which bound ended it', async () => {
    const stage = 'ehlo' as const;
    const chatty = { stage, failure: 'limit' as const, error: 'too long (MAX_REPLY_LINES)' };
    const crowd = presents(...new Array<Uint8Array>(100).fill(leaf.certificate));
    const cut = crowd.session ? { ...crowd, session: { ...crowd.session, exact: false } } : crowd;
    const limitOf = async (probe: typeof chatty | typeof cut): Promise<unknown> => {
      const { report } = await replay({ ...SOUND, mail: { '192.0.2.1': probe } });
      const told = report.findings.find(({ code }) => code === 'limit-reached');
      return told === undefined ? null : [told.subject, told.data['limit']];
    };
    expect(await limitOf(chatty)).toEqual(['192.0.2.1', chatty.error]);
    expect(await limitOf(cut)).toEqual(['192.0.2.1', 'MAX_CHAIN_CERTIFICATES']);
    expect(await limitOf(crowd)).toBeNull();
  });

  test('whose reader walks away stops asking', async () => {
    const log = createLog();
    for await (const event of begin(STUCK, log, {}, new AbortController().signal)) {
      if (event.kind === 'mx') break;
    }
    expect(log.spokenTo).toEqual([]);
  });
});

describe('more than is looked at', () => {
  const many = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n');

  test('of mail hosts leaves the domain open, whatever the others do', async () => {
    const mx = many(51, (index) => `example.org. MX ${index} mx${index}.example.org.`);
    const hosts = Array.from({ length: 51 }, (_, index): Script['answers'] => {
      const host = `mx${index}.example.org`;
      return {
        [`${host} A`]: { records: `${host}. A 192.0.2.1` },
        [`${host} AAAA`]: {},
        [`_25._tcp.${host} TLSA`]: { records: `_25._tcp.${host}. TLSA ${RECORD}` },
      };
    });
    const answers = Object.assign({ 'example.org MX': { records: mx } }, ...hosts);
    const told = await replay(withAnswers(answers));
    expect(new Set(told.report.hosts.map(({ outcome }) => outcome))).toEqual(
      new Set(['authenticated']),
    );
    expect(told.report).toMatchObject({ outcome: 'unknown' });
    expect(told.report.summary).toContain('more mail hosts than the 50 that were looked at');
    expect(codesOf(told)).toContain('limit-reached');
  });

  test('of TLSA records is told', async () => {
    const owner = '_25._tcp.mx.example.org';
    const records = many(
      101,
      (index) => `${owner}. TLSA 3 1 1 ${index.toString(16).padStart(64, '0')}`,
    );
    const told = await replay(withAnswers({ [`${owner} TLSA`]: { records } }));
    const limit = told.report.findings.find(({ code }) => code === 'limit-reached');
    expect(limit).toMatchObject({
      subject: 'mx.example.org',
      data: { limit: 'MAX_TLSA_RECORDS' },
    });
  });
});

// One host by itself: what is asked, and that it says of the host what an inspection of its domain says.
import { describe, expect, test } from 'vitest';
import { createLabAuthority, tlsaOfKey } from '../../../electron/lab/lab-certificates.ts';
import {
  AT,
  begin,
  createLog,
  name,
  presents,
  replay,
  replayLook,
  SERVFAIL,
  type Script,
} from './script.ts';
import { lookAtHost } from '../../../electron/inspection/look-at-host.ts';

const authority = createLabAuthority(AT);
const leaf = authority.issueFor('mx.example.org');
const RECORD = tlsaOfKey(3, leaf);
const STALE = tlsaOfKey(3, authority.issueFor('mx.example.org'));
const TLSA = '_25._tcp.mx.example.org TLSA';

const SOUND: Script = {
  answers: {
    'example.org MX': { records: 'example.org. MX 10 mx.example.org.' },
    'example.org SOA': { records: 'example.org. 86400 SOA ns. a. 1 900 300 86400 600' },
    'mx.example.org A': { records: 'mx.example.org. A 192.0.2.1' },
    'mx.example.org AAAA': {},
    [TLSA]: { records: `_25._tcp.mx.example.org. 1800 TLSA ${RECORD}` },
  },
  serverAddresses: ['192.0.2.53', '192.0.2.54'],
  mail: { '192.0.2.1': presents(leaf.certificate, authority.issuing.certificate) },
};

const withAnswers = (answers: Script['answers'], more: Partial<Script> = {}): Script => ({
  ...SOUND,
  ...more,
  answers: { ...SOUND.answers, ...answers },
});

describe('a look at one host', () => {
  test('says of it what an inspection of its domain says', async () => {
    const [looked, inspected] = await Promise.all([
      replayLook(SOUND, 'mx.example.org'),
      replay(SOUND),
    ]);
    expect(looked.report.hosts).toEqual(
      inspected.report.hosts.map((host) => ({ ...host, preference: 0 })),
    );
    expect(looked.report.finished).toBe(true);
  });

  test('asks for no MX records and no policy', async () => {
    const { asked, fetched } = await replayLook(SOUND, 'mx.example.org');
    expect(asked.filter((question) => /MX|TXT/.test(question))).toEqual([]);
    expect(fetched).toEqual([]);
  });

  test('asks every server for the records, and tells what each gives them for', async () => {
    const { report, askedServers } = await replayLook(SOUND, 'mx.example.org');
    expect(askedServers).toContain(`192.0.2.54 ${TLSA} udp`);
    expect(report.hosts[0]?.tlsa.servers).toMatchObject([
      { address: '192.0.2.53', records: [RECORD], ttl: 1800, security: 'secure' },
      { address: '192.0.2.54', records: [RECORD], ttl: 1800, security: 'secure' },
    ]);
  });

  // RFC 1035 §3.3.13 for REFRESH, RFC 2308 §4 for MINIMUM; not the TTL of the SOA record.
  test('tells how long secondaries may lag and absence may be kept', async () => {
    const { report } = await replayLook(SOUND, 'mx.example.org');
    expect(report.hosts[0]?.tlsa).toMatchObject({
      zone: 'example.org',
      soaRefresh: 900,
      negativeTtl: 600,
      unasked: [],
    });
  });

  test('names the servers that there were too many of to ask', async () => {
    const serverAddresses = Array.from({ length: 28 }, (_each, index) => `192.0.2.${index + 10}`);
    const { report } = await replayLook({ ...SOUND, serverAddresses }, 'mx.example.org');
    // MAX_SERVERS_PER_ZONE is 26.
    expect(report.hosts[0]?.tlsa.unasked).toEqual(['192.0.2.36', '192.0.2.37']);
  });

  test('follows the port in the name of the records', async () => {
    const { asked } = await replayLook(SOUND, 'mx.example.org', { smtpPort: 465, smtp: false });
    expect(asked).toContain('_465._tcp.mx.example.org TLSA');
    expect(asked).not.toContain(TLSA);
  });

  test('does not connect where it is not to', async () => {
    const { spokenTo } = await replayLook(SOUND, 'mx.example.org', { smtp: false });
    expect(spokenTo).toEqual([]);
  });

  test('shows what servers say where nothing is published', async () => {
    const { [TLSA]: _none, ...answers } = SOUND.answers;
    const { report } = await replayLook({ ...SOUND, answers }, 'mx.example.org');
    expect(report.hosts[0]?.tlsa).toMatchObject({ security: 'secure', records: [], ttl: null });
    expect(report.hosts[0]?.tlsa.servers.map(({ records }) => records)).toEqual([[], []]);
  });

  test('shows the server that lags behind', async () => {
    const servers = {
      [`192.0.2.54 ${TLSA}`]: {
        answers: [],
        denies: 'type' as const,
      },
    };
    const { report } = await replayLook(withAnswers({}, { servers }), 'mx.example.org');
    expect(report.hosts[0]?.tlsa.servers.map(({ records }) => records)).toEqual([[RECORD], []]);
  });

  test('holds what is presented against what is published', async () => {
    const records = `_25._tcp.mx.example.org. TLSA ${STALE}`;
    const { report } = await replayLook(withAnswers({ [TLSA]: { records } }), 'mx.example.org');
    expect(report.hosts[0]?.outcome).toBe('deferred');
  });

  test('of a name that fails says so', async () => {
    const { report } = await replayLook(withAnswers({ [TLSA]: SERVFAIL }), 'mx.example.org');
    expect(report.hosts[0]?.tlsa.failed).toBe(true);
  });

  test('ends with the signal’s reason', async () => {
    const controller = new AbortController();
    const never = withAnswers({ 'mx.example.org A': { afterMs: Infinity } });
    const query = { domain: name('mx.example.org') };
    const events = begin(never, createLog(), query, controller.signal, lookAtHost);
    const read = (async () => {
      for await (const event of events)
        if (event.kind === 'mx') controller.abort(new Error('over'));
    })();
    await expect(read).rejects.toThrow('over');
  });
});

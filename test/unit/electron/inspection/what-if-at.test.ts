// The same evidence at another time: held against the raw messages validated anew at that time, and against the RFCs.
import { describe, expect, test } from 'vitest';
import { composeOn, DEFAULT_CORE_OPTIONS, replay } from '../../../../electron/compose.ts';
import { createAssociationCrypto } from '../../../../electron/crypto/association-crypto.ts';
import { judgeWhatIf } from '../../../../electron/inspection/what-if.ts';
import { createLab } from '../../../../electron/lab/lab.ts';
import { describeProbe } from '../../../../electron/smtp/describe.ts';
import { decodeMessage } from '../../../../electron/wire/decode.ts';
import { fromHex } from '../../../../shared/dns/bytes.ts';
import { nameFromText } from '../../../../shared/dns/name.ts';
import { TYPE } from '../../../../shared/dns/record-type.ts';
import { parseRrsig } from '../../../../shared/dnssec/rrsig.ts';
import { emptyReport } from '../../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../../shared/inspection/event.ts';
import { gather } from '../../../../shared/inspection/fold.ts';
import { judge } from '../../../../shared/inspection/judge.ts';
import type { RecordedRun } from '../../../../shared/inspection/recorded-run.ts';
import type { Report, ServerQuestion } from '../../../../shared/inspection/report.ts';
import { parsePayload } from '../../../../shared/ipc/parse.ts';
import { messageSignatures } from '../../../../shared/outlook/message-signatures.ts';
import { inspectWith, leaf, root, tlsaLine } from '../../../conformance/mail-world.ts';

const AT = Date.parse('2026-11-24T12:00:00Z');

function reportOf(events: readonly InspectionEvent[]): Report {
  return judge(events.reduce(gather, emptyReport('')));
}

function judgedAt(events: readonly InspectionEvent[], at: string): Report {
  const reply = judgeWhatIf(
    { events, host: '', records: null, chain: null, at },
    { crypto: createAssociationCrypto(), describe: describeProbe },
  );
  if (reply.kind === 'refused') throw new Error(reply.message);
  return reportOf(reply.events);
}

const essence = ({ outcome, summary, hosts }: Report) => ({
  outcome,
  summary,
  hosts: hosts.map((host) => [host.name, host.outcome]),
});

async function collect(events: AsyncIterable<InspectionEvent>): Promise<InspectionEvent[]> {
  const collected: InspectionEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

async function record(domain: string): Promise<RecordedRun> {
  const lab = createLab({ at: AT, realTime: false, roundTripMs: 20 });
  const { rootHints, trustAnchors } = lab;
  const options = { ...DEFAULT_CORE_OPTIONS, rootHints, trustAnchors, allowPrivate: true, at: AT };
  const web = { port: 443, roots: lab.webRoots };
  const composed = composeOn(lab.network, { ...options, version: '0' }, 'test.lab', [], web);
  const name = nameFromText(domain);
  if (!composed.ok || !name.ok) throw new Error('no lab');
  const recording = composed.core.record(name.value, new AbortController().signal);
  await collect(recording.events);
  const run = recording.run();
  if (run === null) throw new Error('the lab says less than is kept');
  return run;
}

/** Every message is validated once more, with the clock at that time. */
async function validatedAt(run: RecordedRun, at: string): Promise<Report> {
  const settings = { ...run.settings, at: Date.parse(at) };
  const replayed = replay({ ...run, settings }, new AbortController().signal);
  if (!replayed.ok) throw new Error(replayed.message);
  return reportOf(await collect(replayed.events));
}

describe('signatures, as a validator finds them at that time:', () => {
  // The lab signs from three days ago until eleven days ahead.
  const times = ['2026-11-25T12:00:00Z', '2026-12-05T11:00:00Z', '2026-12-05T13:00:00Z'];
  test.each([
    'good.lab',
    'issuer.lab',
    'twohosts.lab',
    'stale.lab',
    'nodane.lab',
    'unsigned.lab',
    'nomail.lab',
  ])('%s', async (domain) => {
    const run = await record(domain);
    for (const at of [...times, '2026-11-20T12:00:00Z']) {
      expect(essence(judgedAt(run.events, at)), at).toEqual(essence(await validatedAt(run, at)));
    }
    const before = judgedAt(run.events, times[1] ?? '').outcome;
    expect(before).toBe(reportOf(run.events).outcome);
  });

  test('what is bogus when it is asked stays so', async () => {
    const run = await record('expired.lab');
    expect(judgedAt(run.events, '2026-11-15T12:00:00Z').outcome).toBe(reportOf(run.events).outcome);
  });
});

describe('signatures over records alone, while those over keys go on:', () => {
  const late = '2026-12-06T12:00:00Z';

  test('over MX: nobody knows where the mail goes', async () => {
    const later = judgedAt(await endingFor('MX'), late);
    expect(essence(later)).toMatchObject({ outcome: 'broken', hosts: [] });
    expect(later.mx).toMatchObject({ security: 'bogus', failed: true });
  });

  test('over TLSA: the host is left for the next (RFC 7672 §2.2)', async () => {
    const events = await endingFor('TLSA');
    const [host] = judgedAt(events, late).hosts;
    expect(host?.outcome).toBe('deferred');
    expect(host?.tlsa).toMatchObject({ security: 'bogus', failed: true, records: [] });
    expect(host?.tlsa.lookUp?.reason).toContain('ended at 2026-12-05T12:00:00Z');
    expect(judgedAt(events, '2026-12-05T11:59:00Z').outcome).toBe('secure');
  });

  test('over one family of addresses: the other one serves', async () => {
    const [host] = judgedAt(await endingFor('A'), late).hosts;
    expect(host?.addresses.map(({ family }) => family)).toEqual([6]);
    expect(host?.resolution?.failed).toEqual({ a: true, aaaa: false });
  });

  test('over both families: the host cannot be reached (RFC 7672 §2.1.2)', async () => {
    const [host] = judgedAt(await endingFor('A', 'AAAA'), late).hosts;
    expect(host).toMatchObject({ outcome: 'deferred', addresses: [] });
  });
});

/** A run in which only the signatures over these types end within the year, eleven days ahead. */
async function endingFor(...types: readonly string[]): Promise<readonly InspectionEvent[]> {
  const run = await record('good.lab');
  const lasting = JSON.stringify(run.events, (key, value: unknown) =>
    key === 'expiration' ? '2027-11-24T12:00:00Z' : value,
  );
  const events: unknown = JSON.parse(lasting);
  const request = { events, host: '', records: null, chain: null, at: '2026-12-06T12:00:00Z' };
  const parsed = parsePayload('what-if:judge', request);
  if (!parsed.ok) throw new Error(parsed.problem);
  const isOf = ({ type }: ServerQuestion): boolean => types.includes(type);
  return parsed.value.events.map((event) => {
    if (event.kind === 'ancestors') {
      const ancestors = event.ancestors.map((ancestor) => ({
        ...ancestor,
        questions: ancestor.questions.filter(isOf),
      }));
      return { ...event, ancestors };
    }
    if (event.kind !== 'survey') return event;
    const servers = event.survey.servers.map((server) => ({
      ...server,
      questions: server.questions.filter(isOf),
    }));
    return { ...event, survey: { ...event.survey, servers } };
  });
}

test('signatures in the messages of a whole run are those that its own decoder finds', async () => {
  const run = await record('twohosts.lab');
  const { surveys } = reportOf(run.events);
  const raws = surveys
    .flatMap(({ servers }) => servers.flatMap(({ questions }) => questions))
    .map(({ raw }: ServerQuestion) => fromHex(raw) ?? new Uint8Array(0));
  expect(raws.length).toBeGreaterThan(20);
  let count = 0;
  for (const raw of raws) {
    const message = decodeMessage(raw);
    if (!message.ok) continue;
    const { answers, authorities } = message.value;
    const wanted = [...answers, ...authorities]
      .filter(({ type }) => type === TYPE.RRSIG)
      .map(({ name, rdata }) => [name.key, parseRrsig(rdata)?.expiration]);
    count += wanted.length;
    expect(messageSignatures(raw).map(({ owner, rrsig }) => [owner, rrsig.expiration])).toEqual(
      wanted,
    );
  }
  expect(count).toBeGreaterThan(20);
});

describe('certificates', () => {
  // They are in date throughout 2026.
  const late = '2027-01-02T00:00:00.000Z';

  test('under usage 2 have to be in date (RFC 7671 §5.2)', async () => {
    const line = { records: tlsaLine('2 1 1', root) };
    const { events, report } = await inspectWith({ '_25._tcp.mx.example.org TLSA': line });
    expect(report.outcome).toBe('secure');
    expect(judgedAt(events, '2026-12-31T23:00:00.000Z').outcome).toBe('secure');
    const later = judgedAt(events, late);
    expect(later).toMatchObject({ outcome: 'broken', at: late });
    expect(later.findings.map(({ code }) => code)).toContain('tlsa-ta-expired');
  });

  test('under usage 3 need not (RFC 7671 §5.1)', async () => {
    const line = { records: tlsaLine('3 1 1', leaf) };
    const { events } = await inspectWith({ '_25._tcp.mx.example.org TLSA': line });
    expect(judgedAt(events, late).outcome).toBe('secure');
  });
});

test('another record can be judged at another time too', async () => {
  const { events } = await inspectWith();
  const own = tlsaLine('2 1 1', root).split('TLSA ')[1] ?? '';
  const ask = (at: string) =>
    judgeWhatIf(
      { events, host: 'mx.example.org', records: [own], chain: null, at },
      { crypto: createAssociationCrypto(), describe: describeProbe },
    );
  const outcomes = ['2026-12-01T00:00:00Z', '2027-02-01T00:00:00Z'].map((at) => {
    const reply = ask(at);
    return reply.kind === 'judged' ? reportOf(reply.events).outcome : reply.message;
  });
  expect(outcomes).toEqual(['secure', 'broken']);
});

test('what is no instant is refused', async () => {
  const { events } = await inspectWith();
  expect(() => judgedAt(events, 'tomorrow')).toThrow('“tomorrow” is no instant.');
});

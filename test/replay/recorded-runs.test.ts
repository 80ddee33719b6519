// A recorded run, gone through again without a network, comes to the same report; altered evidence to another.
import { describe, expect, test } from 'vitest';
import { composeOn, DEFAULT_CORE_OPTIONS, replay, type Core } from '../../electron/compose.ts';
import { builtInDomains } from '../../electron/lab/built-in-domains.ts';
import { createLab } from '../../electron/lab/lab.ts';
import type { Network } from '../../electron/net/network.ts';
import { decodeMessage } from '../../electron/wire/decode.ts';
import { fromHex, readUint16, toHex } from '../../shared/dns/bytes.ts';
import { nameFromText, type Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { RecordedRun } from '../../shared/inspection/recorded-run.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { parseRecordedRun } from '../../shared/ipc/case-schema.ts';

const AT = Date.parse('2026-11-24T12:00:00Z');

describe('the evidence of a run gives the same report again:', () => {
  // thirty.lab is three.lab ten times over, and takes ten times as long.
  const domains = builtInDomains.map(({ name }) => name).filter((name) => name !== 'thirty.lab');
  test.each(domains)('%s', async (domain) => {
    const { report, run } = await record(domain);
    expect(await again(run)).toEqual(report);
  });

  test('where packets were lost, and many servers asked more than once', async () => {
    const { report, run } = await record('twohosts.lab', 0.3);
    expect(run.exchanges.filter(({ answers }) => answers.length === 0).length).toBeGreaterThan(5);
    expect(await again(run)).toEqual(report);
  });
});

describe('it is the evidence that decides:', () => {
  test('one altered digit in a signature over the TLSA records makes them bogus', async () => {
    const { report, run } = await record('good.lab');
    expect(report.hosts[0]?.tlsa.security).toBe('secure');
    const signature = signatureOver(run, TYPE.TLSA);
    const altered = `${signature.slice(0, -1)}${signature.endsWith('0') ? '1' : '0'}`;
    const replayed = await again(replaced(run, signature, altered));
    expect(replayed.hosts[0]?.tlsa.security).toBe('bogus');
    expect(replayed.outcome).toBe('broken');
    expect(replayed.findings.map(({ code }) => code)).toContain('tlsa-bogus');
  });

  test('a signature altered at the top of the chain takes everything along', async () => {
    const { run } = await record('good.lab');
    const signature = signatureOver(run, TYPE.DNSKEY);
    const replayed = await again(replaced(run, signature, `00${signature.slice(2)}`));
    expect(replayed.outcome).not.toBe('secure');
    expect(replayed.findings.map(({ code }) => code)).toContain('rrsig-invalid');
  });

  test('another chain of certificates no longer matches', async () => {
    const { run } = await record('good.lab');
    const other = await record('issuer.lab');
    const [found] = other.run.probes;
    if (found === undefined) throw new Error('no probe');
    const probes = run.probes.map((probe) => ({
      ...probe,
      result: { ...probe.result, session: found.result.session },
    }));
    const replayed = await again({ ...run, probes });
    expect(replayed.outcome).toBe('broken');
    expect(replayed.findings.map(({ code }) => code)).toContain('tlsa-mismatch');
  });

  test('what the run said it found is of no account', async () => {
    const { report, run } = await record('stale.lab');
    const { queries, durationMs } = report;
    const events = [{ kind: 'finished', queries, durationMs } as const];
    expect(await again({ ...run, events })).toEqual(report);
  });
});

describe('it is judged at its own time:', () => {
  test('later, the signatures would have run out', async () => {
    const { run } = await record('good.lab');
    const settings = { ...run.settings, at: Date.parse('2027-11-24T12:00:00Z') };
    const replayed = await again({ ...run, settings });
    expect(replayed.outcome).toBe('broken');
    expect(replayed.findings.map(({ code }) => code)).toContain('rrsig-expired');
  });
});

describe('where evidence is missing, nothing hangs, and nothing is made up:', () => {
  test('without any answer it cannot be told', async () => {
    const { run } = await record('good.lab');
    const replayed = await again({ ...run, exchanges: [], connections: [], probes: [] });
    expect({ outcome: replayed.outcome, hosts: replayed.hosts }).toEqual({
      outcome: 'unknown',
      hosts: [],
    });
  });

  test('without conversations the servers count as not spoken to', async () => {
    const { run } = await record('good.lab');
    const replayed = await again({ ...run, probes: [] });
    expect(replayed.outcome).toBe('unknown');
    const [address] = replayed.hosts[0]?.addresses ?? [];
    expect(address?.probes[0]?.error).toBe('the case holds no conversation with it');
  });

  test('with half of the answers it comes to an end', async () => {
    const { run } = await record('good.lab');
    const half = run.exchanges.filter((_, index) => index % 2 === 0);
    expect((await again({ ...run, exchanges: half })).finished).toBe(true);
  });
});

test('what is drawn for one run is drawn for no other', async () => {
  const [one, two] = [await record('nomail.lab'), await record('nomail.lab')];
  expect(one.run.settings.seed).toMatch(/^[0-9a-f]{64}$/);
  expect(one.run.settings.seed).not.toBe(two.run.settings.seed);
  const queries = (run: RecordedRun) => new Set(run.exchanges.map(({ query }) => query));
  const shared = [...queries(one.run)].filter((query) => queries(two.run).has(query));
  expect(shared).toEqual([]);
});

async function record(
  domain: string,
  lossRate = 0,
): Promise<{ readonly report: Report; readonly run: RecordedRun }> {
  const recording = labCore(lossRate).record(nameOf(domain), new AbortController().signal);
  const report = await reportOf(recording.events, domain);
  // As it would be after a file: plain data, read as a stranger's.
  const run = parseRecordedRun(JSON.parse(JSON.stringify(recording.run())));
  if (run === null) throw new Error('the schema refuses what was recorded');
  return { report, run };
}

function labCore(lossRate: number): Core {
  const lab = createLab({ at: AT, realTime: false, roundTripMs: 20 });
  const { rootHints, trustAnchors } = lab;
  const options = { ...DEFAULT_CORE_OPTIONS, rootHints, trustAnchors, allowPrivate: true, at: AT };
  const web = { port: 443, roots: lab.webRoots };
  const composed = composeOn(
    lossy(lab.network, lossRate),
    { ...options, version: '9.9.9' },
    'test.lab',
    [],
    web,
  );
  if (!composed.ok) throw new Error(composed.message);
  return composed.core;
}

/** Some answers do not arrive. */
function lossy(network: Network, rate: number): Network {
  let state = 1;
  const isLost = (): boolean => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 < rate;
  };
  return {
    ...network,
    exchangeDatagram(to, payload, accept, timeoutMs, signal) {
      const lost = isLost();
      const hear = (reply: Uint8Array): boolean => !lost && accept(reply);
      return network.exchangeDatagram(to, payload, hear, timeoutMs, signal);
    },
  };
}

async function again(run: RecordedRun): Promise<Report> {
  const replayed = replay(run, new AbortController().signal);
  if (!replayed.ok) throw new Error(replayed.message);
  return reportOf(replayed.events, run.settings.domain);
}

async function reportOf(events: AsyncGenerator<InspectionEvent>, domain: string): Promise<Report> {
  let report = emptyReport(domain);
  for await (const event of events) report = gather(report, event);
  return judge(report);
}

/** The last 64 octets of an RRSIG by ECDSA P-256 are the signature itself (RFC 6605 §4), in hex. */
function signatureOver(run: RecordedRun, type: number): string {
  for (const { transport, answers } of run.exchanges) {
    for (const { octets } of transport === 'udp' ? answers : []) {
      const message = decodeMessage(fromHex(octets) ?? new Uint8Array(0));
      const records = message.ok ? message.value.answers : [];
      const rrsig = records.find(
        (record) => record.type === TYPE.RRSIG && readUint16(record.rdata, 0) === type,
      );
      if (rrsig !== undefined) return toHex(rrsig.rdata.slice(-64));
    }
  }
  throw new Error('no such signature was recorded');
}

function replaced(run: RecordedRun, from: string, to: string): RecordedRun {
  const exchanges = run.exchanges.map((exchange) => ({
    ...exchange,
    answers: exchange.answers.map((answer) => ({
      ...answer,
      octets: answer.octets.replaceAll(from, to),
    })),
  }));
  return { ...run, exchanges };
}

function nameOf(text: string): Name {
  const name = nameFromText(text);
  if (!name.ok) throw new Error(text);
  return name.value;
}

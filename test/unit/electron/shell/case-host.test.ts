/** Evidence of the window’s runs: saved, opened again, held against the file’s own report, and refused when unsound. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  composeLabCore,
  DEFAULT_CORE_OPTIONS,
  type Core,
  type RecordedInspection,
} from '../../../../electron/compose.ts';
import { CaseHost } from '../../../../electron/shell/case-host.ts';
import { readCaseOctets } from '../../../../electron/shell/case-octets.ts';
import { nameFromText } from '../../../../shared/dns/name.ts';
import { writeCase } from '../../../../shared/export/case-file.ts';
import { emptyReport } from '../../../../shared/inspection/empty-report.ts';
import { fold } from '../../../../shared/inspection/fold.ts';
import type { RecordedRun } from '../../../../shared/inspection/recorded-run.ts';
import type { CaseReply } from '../../../../shared/ipc/contract.ts';
import { parseReply } from '../../../../shared/ipc/parse.ts';

const AT = Date.parse('2026-11-24T12:00:00Z');
const never = new AbortController().signal;
let core: Core;
let stale: RecordedRun;
let good: RecordedRun;

beforeAll(async () => {
  const composed = await composeLabCore({ ...DEFAULT_CORE_OPTIONS, version: '9.9', at: AT }, false);
  if (!composed.ok) throw new Error(composed.message);
  core = composed.core;
  stale = await recorded('stale.lab');
  good = await recorded('good.lab');
});

function record(domain: string): RecordedInspection {
  const name = nameFromText(domain);
  if (!name.ok) throw new Error(domain);
  return core.record(name.value, never);
}

async function recorded(domain: string): Promise<RecordedRun> {
  const { events, run } = record(domain);
  for await (const _ of events);
  const whole = run();
  if (whole === null) throw new Error('the lab says less than is kept');
  return whole;
}

function opened(reply: CaseReply): Extract<CaseReply, { kind: 'opened' }> {
  if (reply.kind !== 'opened') throw new Error(JSON.stringify(reply));
  // As the window takes it: nothing is lost at the border.
  expect(parseReply('case:open', structuredClone(reply))).toEqual({ ok: true, value: reply });
  return reply;
}

describe('a run of the window', () => {
  test('is kept as it passes, and comes to the same report when its file is opened', async () => {
    const host = new CaseHost();
    const events = [];
    for await (const event of host.keep('r1', record('stale.lab'))) events.push(event);
    const octets = host.caseFile('r1');
    if (octets === null) throw new Error('not kept');
    const { note, domain, events: again } = opened(await new CaseHost().open('a.danecase', octets));
    expect(note).toMatchObject({
      ...{ file: 'a.danecase', version: '9.9' },
      recordedAt: expect.stringMatching(/^2026-11-24T12:00:00\.\d{3}Z$/),
      ...{ likeness: 'same', differences: [], ownTrust: true, domains: ['stale.lab'], index: 0 },
    });
    const [first, second] = [events, again].map((all) => all.reduce(fold, emptyReport(domain)));
    expect(second).toEqual({ ...first, step: second?.step });
    expect(second?.outcome).toBe('broken');
  });

  test('is forgotten when two others came after it', () => {
    const host = new CaseHost();
    for (const id of ['r1', 'r2', 'r3']) host.keep(id, record('good.lab'));
    expect(host.caseFile('r1')).toBeNull();
    expect(host.caseFile('r2')).not.toBeNull();
    expect(host.caseFile('r3')).not.toBeNull();
  });

  test('is not kept when its evidence is beyond all measure', async () => {
    const answer = { afterMs: 1, octets: '00'.repeat(60_000) };
    const [exchange] = stale.exchanges;
    if (exchange === undefined) throw new Error('no exchange');
    const flood = Array.from({ length: 300 }, () => ({ ...exchange, answers: [answer] }));
    const host = new CaseHost();
    const inspection: RecordedInspection = {
      events: (async function* none() {})(),
      run: () => ({ ...stale, exchanges: flood }),
    };
    for await (const _ of host.keep('r1', inspection));
    expect(host.caseFile('r1')).toBeNull();
  });
});

function written(runs: readonly RecordedRun[]): Uint8Array {
  const archive = writeCase(runs);
  if (archive === null) throw new Error('it was not written');
  return archive;
}

describe('a case', () => {
  test('with several runs shows the first, and each of them when asked', async () => {
    const host = new CaseHost();
    const first = opened(await host.open('two.danecase', written([good, stale])));
    expect(first).toMatchObject({ domain: 'good.lab', note: { index: 0 } });
    expect(first.note.domains).toEqual(['good.lab', 'stale.lab']);
    const second = opened(await host.show(1));
    expect(second).toMatchObject({ domain: 'stale.lab', note: { index: 1, likeness: 'same' } });
    expect(second.runId).not.toBe(first.runId);
    expect(await host.show(2)).toMatchObject({ kind: 'refused' });
  });

  test('whose report was made to look better is shown as its evidence is, and says in what', async () => {
    const text = JSON.stringify(stale)
      .replaceAll('"verdict":"failed"', '"verdict":"authenticated"')
      .replaceAll('"matches":false', '"matches":true');
    const altered = JSON.parse(text) as RecordedRun;
    const { note, events } = opened(await new CaseHost().open('x', written([altered])));
    expect(events.reduce(fold, emptyReport('stale.lab')).outcome).toBe('broken');
    expect(note.likeness).toBe('different');
    expect(note.differences).toContain('The file says “secure”, the evidence gives “broken”.');
    expect(note.differences.join(' ')).toMatch(
      /Not in the file: error tlsa-mismatch of mx\.stale\.lab/,
    );
  });

  test('that is unsound is refused in one sentence, and what was kept stays', async () => {
    const host = new CaseHost();
    host.keep('r1', record('good.lab'));
    const whole = written([stale]);
    const reasons = await Promise.all(
      [
        new Uint8Array(0),
        whole.slice(0, whole.length - 100),
        new TextEncoder().encode('no archive at all'),
        written([]),
        written([{ ...stale, settings: { ...stale.settings, dnsPort: 0 } }]),
        'it does not exist',
      ].map((octets) => host.open('bad\u202e.danecase', octets)),
    );
    for (const reply of reasons) {
      expect(reply.kind).toBe('refused');
      expect(reply.kind === 'refused' && reply.message).toMatch(
        /^bad\\u\{202e\}\.danecase cannot be opened: [^.]+\.$/,
      );
    }
    expect(host.caseFile('r1')).not.toBeNull();
  });

  test('gives way to a run that begins while it is being opened', async () => {
    const host = new CaseHost();
    const opening = host.open('a.danecase', written([stale]));
    host.keep('r1', record('good.lab'));
    expect(await opening).toEqual({ kind: 'none' });
    expect(host.caseFile('r1')).not.toBeNull();
  });
});

describe('the file of a case', () => {
  const folder = mkdtempSync(join(tmpdir(), 'case-octets-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is read whole', async () => {
    writeFileSync(join(folder, 'a'), 'octets');
    expect(Buffer.from(await readCaseOctets(join(folder, 'a'))).toString()).toBe('octets');
  });

  test('is read no further than one octet beyond the bound', async () => {
    writeFileSync(join(folder, 'huge'), '');
    truncateSync(join(folder, 'huge'), 1024 * 1024 * 1024);
    const octets = await readCaseOctets(join(folder, 'huge'));
    expect(octets).toHaveLength(64 * 1024 * 1024 + 1);
    expect(await new CaseHost().open('huge', octets)).toMatchObject({
      message: 'huge cannot be opened: it is larger than 64 MiB.',
    });
  });

  test('that is none is told in words', async () => {
    expect(await readCaseOctets(join(folder, 'missing'))).toBe('it does not exist');
    expect(await readCaseOctets(folder)).toBe('it is no file');
    // Nobody writes to it: reading would wait for ever.
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await readCaseOctets(join(folder, 'pipe'))).toBe('it is no file');
  });
});

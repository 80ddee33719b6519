/** Where reports go: names that every system takes, and failures told in one sentence with nothing lost. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { afterAll, describe, expect, test } from 'vitest';
import { saveReport, type ReportPorts } from '../../../../electron/shell/report-file.ts';
import type { ReportRequest } from '../../../../shared/ipc/contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'report-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const page = (domain = 'example.org'): ReportRequest => ({
  ...{ domain, at: '2026-11-29T12:00:00Z' },
  content: { format: 'html', text: '<p>report</p>' },
});

function ports(path: string | null, others: Partial<ReportPorts> = {}): ReportPorts {
  return {
    choosePath: () => Promise.resolve(path),
    print: (html) => Promise.resolve(new TextEncoder().encode(`%PDF of ${html}`)),
    caseFile: () => null,
    write: (to, content) =>
      writeFileAtomic(to, typeof content === 'string' ? content : Buffer.from(content)),
    ...others,
  };
}

function failing(code: string): Partial<ReportPorts> {
  return { write: () => Promise.reject(Object.assign(new Error(code), { code })) };
}

describe('the name', () => {
  test.each([
    ['example.org', 'example.org-dane-2026-11-29.html'],
    ['xn--mnchen-3ya.example', 'xn--mnchen-3ya.example-dane-2026-11-29.html'],
    ['../../etc/passwd', '_._.._etc_passwd-dane-2026-11-29.html'],
    ['-rf', '_rf-dane-2026-11-29.html'],
    ['a\u202eb', 'a_b-dane-2026-11-29.html'],
    ['', 'report-dane-2026-11-29.html'],
  ])('that is suggested for %j is %s', async (domain, name) => {
    const suggested: string[] = [];
    const choosePath: ReportPorts['choosePath'] = (suggestion) => {
      suggested.push(suggestion.name);
      return Promise.resolve(null);
    };
    expect(await saveReport(page(domain), ports(null, { choosePath }))).toEqual({
      kind: 'cancelled',
    });
    expect(suggested).toEqual([name]);
  });

  test('gets its ending where the dialog left it out, unless another file has that name', async () => {
    const path = join(folder, 'bare');
    expect(await saveReport(page(), ports(path))).toEqual({ kind: 'saved', path: `${path}.html` });
    expect(readFileSync(`${path}.html`, 'utf8')).toBe('<p>report</p>');
    expect(await saveReport(page(), ports(path))).toEqual({ kind: 'saved', path });
  });
});

describe('a file that cannot be written', () => {
  test.each([
    ['ENOSPC', 'the disk is full'],
    ['EROFS', 'the disk can only be read'],
    ['EACCES', 'permission denied'],
    ['EDQUOT', 'your share of the disk is used up'],
    ['ESOMETHING', 'ESOMETHING'],
  ])('with %s is told: %s', async (code, reason) => {
    expect(await saveReport(page(), ports('/d/r.html', failing(code)))).toEqual({
      kind: 'failed',
      message: `/d/r.html could not be written: ${reason}. Nothing is lost; save it again somewhere else.`,
    });
  });

  test('leaves what was there, and nothing half written beside it', async () => {
    const place = mkdtempSync(join(folder, 'kept-'));
    const path = join(place, 'r.html');
    writeFileSync(path, 'before');
    // A case file that is gone: nothing is to be written at all.
    const request: ReportRequest = { ...page(), content: { format: 'case', runId: 'r0' } };
    expect(await saveReport(request, ports(path))).toMatchObject({ kind: 'failed' });
    const unprinted = ports(path, { print: () => Promise.resolve('No printer.') });
    const pdf: ReportRequest = { ...page(), content: { format: 'pdf', text: 'x' } };
    expect(await saveReport(pdf, unprinted)).toEqual({ kind: 'failed', message: 'No printer.' });
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(place)).toEqual(['r.html']);
  });
});

test('a PDF is the page as printed, a case file what is kept of the run', async () => {
  const [pdf, danecase] = [join(folder, 'r.pdf'), join(folder, 'r.danecase')];
  await saveReport({ ...page(), content: { format: 'pdf', text: 'page' } }, ports(pdf));
  expect(readFileSync(pdf, 'utf8')).toBe('%PDF of page');
  const kept = ports(danecase, { caseFile: (runId) => new TextEncoder().encode(runId) });
  await saveReport({ ...page(), content: { format: 'case', runId: 'r1' } }, kept);
  expect(readFileSync(danecase, 'utf8')).toBe('r1');
});

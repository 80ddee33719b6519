// Several domains at once, of which one meets a fault of the program itself.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { check } from '../../../../electron/cli/check.ts';
import { createTerminal } from '../../../../electron/cli/terminal.ts';
import { DEFAULT_CORE_OPTIONS, type Core } from '../../../../electron/compose.ts';

vi.mock('../../../../electron/compose.ts', async (original) => ({
  ...(await original<object>()),
  composeCore: () => ({ ok: true, core: FAULTY }),
}));

const FAULTY: Pick<Core, 'inspect' | 'labDomains'> = {
  labDomains: [],
  async *inspect(domain) {
    await Promise.resolve();
    if (domain.key === 'faulty.example') throw new Error('a fault of our own');
    yield { kind: 'finished', durationMs: 1, queries: 1 };
  },
};

const folder = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a fault in one inspection takes neither the others nor their report along', async () => {
  const file = join(folder, 'report.json');
  const out: string[] = [];
  const terminal = createTerminal({
    stdout: { write: (text) => out.push(text) },
    stderr: { write: () => true },
    environment: {},
  });
  const request = {
    domains: ['faulty.example', 'good.example'],
    core: { ...DEFAULT_CORE_OPTIONS, version: '9.9.9' },
    lab: false,
    json: true,
    reportFiles: [file],
    caseFiles: [],
    concurrency: 1,
  };
  const checking = check(request, terminal, new AbortController().signal);
  await expect(checking).rejects.toThrow('a fault of our own');
  expect(out.map((line) => JSON.parse(line))).toMatchObject([{ domain: 'good.example' }]);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ domain: 'good.example' });
});

// The universe itself: it comes up beside another, leaves nothing behind, and clears up after one that crashed.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { networkInterfaces } from 'node:os';
import { expect, inject, test } from 'vitest';
import { isAlive, settled, type ProcessIdentity } from '../universe/processes.ts';
import { answersDns } from '../universe/readiness.ts';

const here = inject('universe');
const SCRIPT = fileURLToPath(new URL('../universe/run.mjs', import.meta.url));
const START_TIMEOUT = 150_000;

interface Running {
  readonly child: ChildProcess;
  readonly folder: string;
  readonly rootServer: string;
  readonly processes: readonly ProcessIdentity[];
}

test('a universe killed in mid-flight is cleared up by the next, which leaves nothing itself', async () => {
  const crashed = await startInForeground();
  expect(crashed.folder).not.toBe(here.workFolder);
  crashed.child.kill('SIGKILL');
  await settled(() => crashed.child.signalCode !== null, 2_000);
  expect(crashed.processes.every(isAlive)).toBe(true);

  const next = await startInForeground();
  expect(crashed.processes.some(isAlive)).toBe(false);
  expect(next.folder).toBe(crashed.folder);
  expect(await answersDns(next.rootServer, here.dnsPort)).toBe(true);

  next.child.kill('SIGINT');
  await settled(() => next.child.exitCode !== null, 10_000);
  expect(next.child.exitCode).toBe(0);
  expect(next.processes.some(isAlive)).toBe(false);
  expect(existsSync(next.folder)).toBe(false);
  expect(loopbackAddresses()).not.toContain(next.rootServer);
  // And the universe of the other tests is none the worse.
  expect(await answersDns(here.servers['root-a'], here.dnsPort)).toBe(true);
}, 360_000);

async function startInForeground(): Promise<Running> {
  const child = spawn(process.execPath, [SCRIPT], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => {
    output += bytes.toString('utf8');
  });
  const up = await settled(() => output.includes('Ctrl-C ends it'), START_TIMEOUT);
  expect(up, output).toBe(true);
  const folder = /^Everything else: (.*)\/universe\.json$/m.exec(output)?.[1] ?? '';
  const rootServer = /^ {2}root-a +(\S+)$/m.exec(output)?.[1] ?? '';
  const journal = JSON.parse(readFileSync(join(folder, 'journal.json'), 'utf8')) as {
    processes: ProcessIdentity[];
  };
  expect(journal.processes.length).toBeGreaterThan(8);
  return { child, folder, rootServer, processes: journal.processes };
}

function loopbackAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).map(({ address }) => address),
  );
}

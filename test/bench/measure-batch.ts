/** How busy the page is while a list of a thousand domains fills, and what memory all processes take together. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBatchWorld } from './batch-world.ts';
import { runScript } from './run-script.ts';

export type BatchMeasure =
  | {
      readonly ok: true;
      readonly seconds: number;
      /** The longest task of the page, by the clock and by the processor. */
      readonly longestTaskMs: number;
      readonly processorMs: number;
      /** Most that all processes took at a time, each page of memory counted once. */
      readonly peakMiB: number;
      /** Every domain came to what it must. */
      readonly isRight: boolean;
    }
  | { readonly ok: false; readonly reason: string };

export const LISTED = 1_000;

const SCRIPT = join('test', 'bench', 'window-batch.mjs');

export async function measureBatch(): Promise<BatchMeasure> {
  const folder = mkdtempSync(join(tmpdir(), 'dane-inspector-batch-'));
  const world = await startBatchWorld(LISTED, Date.now());
  try {
    const path = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const expected = new Map<string, number>();
    for (const { outcome } of world.domains) {
      expected.set(outcome, (expected.get(outcome) ?? 0) + 1);
    }
    const output = await runScript(SCRIPT, [
      path('hints', world.rootHints),
      path('anchors', world.trustAnchors),
      String(world.dnsPort),
      String(world.smtpPort),
      path('list.txt', world.domains.map(({ name }) => name).join('\n')),
    ]);
    return readFigures(output, expected);
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function readFigures(output: string, expected: ReadonlyMap<string, number>): BatchMeasure {
  const figure = (name: string): number =>
    Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(output)?.[1] ?? Number.NaN);
  const seconds = figure('seconds');
  if (Number.isNaN(seconds)) {
    return { ok: false, reason: output.trim() || 'the app did not start' };
  }
  return {
    ok: true,
    seconds,
    longestTaskMs: figure('task'),
    processorMs: figure('processor'),
    peakMiB: figure('memory'),
    isRight: [...expected].every(([outcome, count]) => figure(outcome) === count),
  };
}

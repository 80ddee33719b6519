/** Plays a stream of events into the window as the process behind it would, for states no lab domain has. */
import { expect } from '@playwright/test';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import type { Launched } from './launch.ts';

export async function play(
  { app, inspector }: Launched,
  domain: string,
  events: readonly InspectionEvent[],
  how: 'finished' | 'cancelled' | 'running' = 'finished',
): Promise<void> {
  const runId = `scripted-${domain}-${events.length}-${how}`;
  await app.evaluate(
    ({ BrowserWindow, ipcMain }, script) => {
      ipcMain.removeHandler('inspection:start');
      ipcMain.handle('inspection:start', (_event, request: unknown) => {
        Object.assign(globalThis, { lastStart: request });
        const [window] = BrowserWindow.getAllWindows();
        setTimeout(() => {
          script.events.forEach((event, sequence) => {
            window?.webContents.send('inspection:event', { runId: script.runId, sequence, event });
          });
          if (script.how === 'running') return;
          window?.webContents.send('inspection:ended', {
            runId: script.runId,
            sequence: script.events.length,
            how: script.how,
            message: null,
          });
        });
        return { kind: 'started', runId: script.runId, domain: script.domain };
      });
    },
    { domain, runId, how, events: [...events] },
  );
  await inspector.start(domain);
  await expect(inspector.verdict).toHaveAttribute('data-phase', how);
}

/** What the window asked for when it last asked for an inspection. */
export async function lastStart({ app }: Launched): Promise<unknown> {
  return app.evaluate(
    () => Object.entries(globalThis).find(([key]) => key === 'lastStart')?.[1] ?? null,
  );
}

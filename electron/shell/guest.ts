/** A window beside the open one, with options of its own: it starts with its settings, and leaves nothing behind. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';

/** Two programs that write the same history, lists and settings would each lose what the other keeps. */
export function becomeGuest(app: Pick<App, 'getPath' | 'setPath' | 'on'>, file: string): void {
  const settings = join(app.getPath('userData'), file);
  const folder = mkdtempSync(join(app.getPath('temp'), 'dane-inspector-window-'));
  if (existsSync(settings)) copyFileSync(settings, join(folder, file));
  app.setPath('userData', folder);
  app.setPath('sessionData', folder);
  app.on('quit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
}

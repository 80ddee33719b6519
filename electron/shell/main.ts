/** Starts the window: `onReady` is the list of what happens, in order. */
import { join } from 'node:path';
import { app, clipboard, nativeTheme, session, shell } from 'electron';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { readArguments } from './arguments.ts';
import { composeInspections } from './compose-inspections.ts';
import { hostIpc } from './ipc-host.ts';
import { setMenu } from './menu.ts';
import { OpenedFilesQueue } from './opened-files.ts';
import { SettingsFile } from './settings-file.ts';
import { guardSession, guardWebContents } from './web-contents-guard.ts';
import { saveFile } from './save-file.ts';
import { openWindow } from './window.ts';

registerAppScheme();
guardWebContents(app);
app.on('window-all-closed', () => {
  app.quit();
});
void app.whenReady().then(onReady);

function onReady(): void {
  const outFolder = join(app.getAppPath(), 'out');
  const given = readArguments(process.argv.slice(1), app.getAppPath());
  const settings = new SettingsFile(join(app.getPath('userData'), 'settings.json'));
  const inspections = composeInspections(given, app.getVersion());
  nativeTheme.themeSource = settings.current.theme;
  guardSession(session.defaultSession);
  serveApp(session.defaultSession, join(outFolder, 'renderer'));
  const window = openWindow(outFolder, settings);
  setMenu(window);
  hostIpc({
    window,
    info: {
      version: app.getVersion(),
      electron: process.versions.electron,
      chromium: process.versions.chrome,
      node: process.versions.node,
      lab: given.lab,
      domain: given.domain,
      problem: inspections.problem,
    },
    inspections,
    settings,
    saveFile: (request) => saveFile(window, request),
    openedFiles: new OpenedFilesQueue(),
    openExternal: (address) => shell.openExternal(address),
    // A promise in newer Electrons only.
    writeClipboard: async (text) => {
      await clipboard.writeText(text);
    },
    applyTheme: (theme) => {
      nativeTheme.themeSource = theme;
    },
  });
}

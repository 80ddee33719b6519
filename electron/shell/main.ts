/** Starts the window: `onReady` is the list of what happens, in order. */
import { join } from 'node:path';
import { app, clipboard, nativeTheme, session, shell, type BrowserWindow } from 'electron';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { readArguments } from './arguments.ts';
import { chooseFiles } from './chosen-files.ts';
import { readChosenFolder } from './chosen-folder.ts';
import { composeInspections } from './compose-inspections.ts';
import { absolute, handedOver, handOver, onDisk, withoutFileUrl } from './hand-over.ts';
import { hostIpc } from './ipc-host.ts';
import { setMenu } from './menu.ts';
import { OpenedFilesQueue } from './opened-files.ts';
import { ReportHost } from './report-host.ts';
import { saveFile } from './save-file.ts';
import { SettingsFile } from './settings-file.ts';
import { SightingsFile } from './sightings-file.ts';
import { tell } from './tell.ts';
import { guardSession, guardWebContents } from './web-contents-guard.ts';
import { openWindow } from './window.ts';

const words = process.argv.slice(1).map(withoutFileUrl);
const given = readArguments(words, app.getAppPath(), onDisk);
const openedFiles = new OpenedFilesQueue();
let opened: BrowserWindow | null = null;

registerAppScheme();
guardWebContents(app);
app.on('window-all-closed', () => {
  app.quit();
});
if (handOver(app, given)) app.quit();
else {
  openedFiles.add(absolute(given.files));
  app.on('second-instance', (_event, _arguments, _folder, data) => {
    open(handedOver(data));
  });
  // macOS tells so of “Open with” and of files dropped on the icon, before or after it is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  void app.whenReady().then(onReady);
}

/** The window fetches the files when it can; one that is not there yet does so when it starts. */
function open(paths: readonly string[]): void {
  if (paths.length === 0) return;
  openedFiles.add(paths);
  if (opened === null || opened.isDestroyed()) return;
  tell(opened, 'files:waiting', null);
  if (opened.isMinimized()) opened.restore();
  opened.focus();
}

function onReady(): void {
  const outFolder = join(app.getAppPath(), 'out');
  const settings = new SettingsFile(join(app.getPath('userData'), 'settings.json'));
  const sightings = new SightingsFile(join(app.getPath('userData'), 'sightings.json'));
  const inspections = composeInspections(given, app.getVersion(), sightings);
  nativeTheme.themeSource = settings.current.theme;
  guardSession(session.defaultSession);
  serveApp(session.defaultSession, join(outFolder, 'renderer'));
  const window = openWindow(outFolder, settings);
  opened = window;
  setMenu(window, () => {
    void chooseFiles(window).then(open);
  });
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
    openedFiles,
    reports: new ReportHost(window, openedFiles),
    readFolder: (path) => readChosenFolder(window, path),
    openExternal: (address) => shell.openExternal(address),
    // A promise in newer Electrons only.
    writeClipboard: async (text) => {
      await clipboard.writeText(text);
    },
    applyTheme: (theme) => {
      nativeTheme.themeSource = theme;
    },
    subjects: [],
  });
}

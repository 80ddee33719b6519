/** Starts the window: `onReady` is the list of what happens, in order. */
import { release } from 'node:os';
import { join } from 'node:path';
import { app, clipboard, dialog, nativeTheme, session, shell, type BrowserWindow } from 'electron';
import type { AppInfo, Theme } from '../../shared/ipc/contract.ts';
import type { StartFacts } from '../../shared/ipc/preferences.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { hasOptions, readArguments } from './arguments.ts';
import { hostBatch } from './batch-host.ts';
import { chooseFiles } from './chosen-files.ts';
import { readChosenFolder } from './chosen-folder.ts';
import { composeInspections } from './compose-inspections.ts';
import { becomeGuest, isRunning, removeGuests } from './guest.ts';
import {
  absolute,
  handedOver,
  handOver,
  onDisk,
  withoutFileUrl,
  type HandedOver,
} from './hand-over.ts';
import { HistoryFolder } from './history-folder.ts';
import { HistoryHost } from './history-host.ts';
import { hostIpc } from './ipc-host.ts';
import { lockHolder } from './lock-holder.ts';
import { setMenu } from './menu.ts';
import { Notices } from './notices.ts';
import { OpenedFilesQueue } from './opened-files.ts';
import { hostOutbound } from './outbound-host.ts';
import { LINK_SCHEME, OutsideDomains } from './outside-domain.ts';
import { readStartOptions, type StartOptions } from './preferences-core.ts';
import { hostPreferences } from './preferences-host.ts';
import { ReportHost } from './report-host.ts';
import { saveFile } from './save-file.ts';
import { SettingsFile } from './settings-file.ts';
import { SightingsFile } from './sightings-file.ts';
import { writeReason } from './system-reason.ts';
import { tell } from './tell.ts';
import { WatchHost, type WatchParts } from './watch-host.ts';
import { guardSession, guardWebContents } from './web-contents-guard.ts';
import { openWindow } from './window.ts';

const SETTINGS = 'settings.json';

const words = process.argv.slice(1).map(withoutFileUrl);
const given = readArguments(words, app.getAppPath(), onDisk);
const openedFiles = new OpenedFilesQueue();
const outside = new OutsideDomains(() => {
  if (opened !== null) tell(opened, 'domain:waiting', null);
});
const notices = new Notices(() => {
  if (opened !== null) tell(opened, 'notices:waiting', null);
});
let opened: BrowserWindow | null = null;

registerAppScheme();
guardWebContents(app);
app.on('window-all-closed', () => {
  app.quit();
});
const home = app.getPath('userData');
let unkept: string | null = null;
const start = handOver(app, given, () => {
  const holder = lockHolder(home, isRunning);
  if (holder.kind === 'nobody') unkept = holder.why;
  return holder;
});
if (start === 'handed-over') app.quit();
else if (takeFolder()) {
  openedFiles.add(absolute(given.files));
  app.on('second-instance', (_event, _arguments, _folder, data) => {
    takeOver(handedOver(data));
  });
  // macOS tells so of “Open with” and of files dropped on the icon, before or after it is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  // macOS tells so of links.
  app.on('open-url', (event, link) => {
    event.preventDefault();
    notices.add(outside.addLink(link));
    show();
  });
  // macOS tells so of a click on the icon in the dock, also while the window is hidden.
  app.on('activate', show);
  void app.whenReady().then(onReady);
}

/** False where there is none to be had: then nothing can run. */
function takeFolder(): boolean {
  try {
    if (start === 'first') removeGuests(home);
    else becomeGuest(app, SETTINGS);
  } catch (error) {
    dialog.showErrorBox('DANE Inspector cannot start', noFolder(writeReason(error)));
    app.exit(1);
    return false;
  }
  if (unkept !== null) notices.add(nothingKept(unkept));
  return true;
}

function nothingKept(why: string): string {
  return `What you look up or change here is forgotten when this window is closed: ${why}`;
}

function noFolder(reason: string): string {
  return `It needs a folder to work in, and can write neither in ${home} nor among the temporary files: ${reason}. Make room there, or start it with --user-data-dir=FOLDER.`;
}

/** The window fetches the files when it can; one that is not there yet does so when it starts. */
function open(paths: readonly string[]): void {
  if (paths.length === 0) return;
  openedFiles.add(paths);
  if (opened !== null) tell(opened, 'files:waiting', null);
  show();
}

/** What a later start names. The person who typed a domain there is asked only where this window asks in a way of its own. */
function takeOver({ files, domain, link, own }: HandedOver): void {
  if (own) {
    showHidden();
    return;
  }
  open(files);
  if (domain !== null) notices.add(outside.add(domain, 'start', hasOptions(given)));
  if (link !== null) notices.add(outside.addLink(link));
  show();
}

function show(): void {
  if (opened === null || opened.isDestroyed()) return;
  if (opened.isMinimized()) opened.restore();
  opened.show();
  opened.focus();
}

/** It may be hidden where nothing else brings it back. */
function showHidden(): void {
  if (opened?.isDestroyed() !== false || opened.isVisible() || opened.isMinimized()) return;
  show();
}

function onReady(): void {
  const outFolder = join(app.getAppPath(), 'out');
  const settings = new SettingsFile(join(app.getPath('userData'), SETTINGS), (message) => {
    notices.add(message);
  });
  const sightings = new SightingsFile(join(app.getPath('userData'), 'sightings.json'));
  const options = readStartOptions(given);
  const preferences = () => settings.current.preferences;
  const inspections = composeInspections(options, preferences, app.getVersion(), sightings);
  applyTheme(settings.current.theme);
  guardSession(session.defaultSession);
  serveApp(session.defaultSession, join(outFolder, 'renderer'));
  const domain = domainToInspect();
  const window = openWindow(outFolder, settings);
  opened = window;
  keepMenu(window, settings);
  registerLinks();
  const watch = new WatchHost({
    folder: app.getPath('userData'),
    window,
    inspections,
    network: given.lab ? 'lab' : 'internet',
    list: watchList(),
    isGuest: start === 'guest',
    show,
  });
  hostIpc({
    window,
    info: { ...programInfo(), domain, problem: inspections.problem },
    inspections,
    settings,
    saveFile: (request) => saveFile(window, request),
    openedFiles,
    reports: new ReportHost(window, openedFiles),
    history: new HistoryHost(new HistoryFolder(join(app.getPath('userData'), 'history')), {
      isWanted: () => settings.current.preferences.keepHistory,
      now: Date.now,
    }),
    readFolder: (path) => readChosenFolder(window, path),
    openExternal: (address) => shell.openExternal(address),
    // A promise in newer Electrons only.
    writeClipboard: async (text) => {
      await clipboard.writeText(text);
    },
    applyTheme,
    subjects: [
      hostBatch(window, inspections),
      hostOutbound(app, window),
      hostPreferences({ window, settings, facts: facts(options), notices, outside, applyTheme }),
      watch.answer,
    ],
  });
  watch.start();
}

function programInfo(): Omit<AppInfo, 'domain' | 'problem'> {
  const { electron, chrome: chromium, node } = process.versions;
  return { version: app.getVersion(), electron, chromium, node, lab: given.lab };
}

function watchList(): WatchParts['list'] {
  if (given.lab) return 'watch-lab';
  const { rootHints, trustAnchor, dnsPort, smtpPort } = given.options;
  return [rootHints, trustAnchor, dnsPort, smtpPort].some((each) => each !== null)
    ? 'watch-own'
    : 'watch';
}

/** Where something about this start is not as the person meant it, they are asked before servers are. */
function domainToInspect(): string | null {
  if (given.unknown.length > 0) notices.add(unknownOptions(given.unknown));
  if (given.link !== null) notices.add(outside.addLink(given.link));
  if (given.domain === null || notices.isEmpty) return given.domain;
  notices.add(outside.add(given.domain, 'start', true));
  return null;
}

function unknownOptions(options: readonly string[]): string {
  const named = options.map((option) => `“${option}”`).join(', ');
  return `${named} on the command line: DANE Inspector knows no such option, and went on without it.`;
}

function applyTheme(theme: Theme): void {
  nativeTheme.themeSource = theme;
}

function keepMenu(window: BrowserWindow, settings: SettingsFile): void {
  let shown: readonly string[] | null = null;
  const update = (): void => {
    const { recent } = settings.current;
    if (recent === shown) return;
    shown = recent;
    setMenu(window, {
      openFiles: () => void chooseFiles(window).then(open),
      inspect: (domain) => {
        notices.add(outside.add(domain, 'menu'));
      },
      recent,
    });
  };
  settings.listen(update);
  update();
}

/** A checkout leaves the person's desktop as it is. What follows `--` is never an option, whatever a link holds. */
function registerLinks(): void {
  if (!app.isPackaged) return;
  if (process.platform === 'win32') {
    app.setAsDefaultProtocolClient(LINK_SCHEME, process.execPath, ['--']);
  } else app.setAsDefaultProtocolClient(LINK_SCHEME);
}

function facts({ fixed, others }: StartOptions): StartFacts {
  const system = `${process.platform} ${process.arch}, ${release()}`;
  return { fixed, others, isGuest: start === 'guest', system };
}

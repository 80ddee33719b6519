/** Answers the window: checks who asks, parses what is asked, and does it. */
import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import type {
  AppInfo,
  FolderReply,
  RequestChannel,
  Requests,
  SaveReply,
  SaveRequest,
  Settings,
} from '../../shared/ipc/contract.ts';
import { parsePayload } from '../../shared/ipc/parse.ts';
import { APP_PAGE } from './app-protocol.ts';
import { clipboardText } from './clipboard-text.ts';
import { allowedLink } from './external-link.ts';
import type { HistoryHost } from './history-host.ts';
import type { Inspections } from './inspections.ts';
import type { OpenedFilesQueue } from './opened-files.ts';
import type { ReportHost } from './report-host.ts';
import { RunRegistry } from './run-registry.ts';
import type { SettingsFile, StoredSettings } from './settings-file.ts';

export interface HostParts {
  readonly window: BrowserWindow;
  readonly info: AppInfo;
  readonly inspections: Inspections;
  readonly settings: SettingsFile;
  readonly openExternal: (address: string) => Promise<void>;
  readonly saveFile: (request: SaveRequest) => Promise<SaveReply>;
  readonly openedFiles: OpenedFilesQueue;
  readonly reports: ReportHost;
  readonly history: HistoryHost;
  readonly readFolder: (path: string | null) => Promise<FolderReply>;
  readonly writeClipboard: (text: string) => Promise<void>;
  readonly applyTheme: (theme: Settings['theme']) => void;
  /** Subjects that answer for themselves. */
  readonly subjects: readonly ((handle: Handle) => void)[];
}

export function hostIpc(parts: HostParts): void {
  const { window, inspections, settings } = parts;
  const runs = new RunRegistry(window);
  const handle = handlerFor(window);
  const looks = new AbortController();

  handle('app:info', () => parts.info);
  hostRuns(parts, runs, handle);
  handle('lab:domains', () => inspections.labDomains());
  handle('link:open', async ({ address }) => {
    const allowed = allowedLink(address);
    if (allowed === null) return { opened: false };
    await parts.openExternal(allowed);
    return { opened: true };
  });
  handle('clipboard:write', async ({ text }) => {
    await parts.writeClipboard(clipboardText(text));
    return null;
  });
  handle('host:look', (request) =>
    inspections.lookAtHost(request, looks.signal).catch((error: unknown) => {
      if (!looks.signal.aborted) throw error;
      return { kind: 'refused', message: 'The window was closed.' };
    }),
  );
  handle('what-if:judge', (request) => inspections.judgeWhatIf(request));
  handle('file:save', (request) => parts.saveFile(request));
  handle('files:take', () => parts.openedFiles.take());
  handle('folder:read', ({ path }) => parts.readFolder(path));
  handle('report:save', (request) => parts.reports.save(request));
  handle('case:open', (request) => parts.reports.open(request));
  handle('case:show', ({ index }) => parts.reports.cases.show(index));
  handle('settings:read', () => shown(settings.current));
  handle('settings:theme', ({ theme }) => {
    parts.applyTheme(theme);
    return shown(settings.change({ theme }));
  });
  handle('settings:forget', () => shown(settings.change({ recent: [] })));
  for (const answer of [parts.history.answer, ...parts.subjects]) answer(handle);
  window.on('closed', () => {
    runs.cancelAll();
    looks.abort();
  });
}

function hostRuns(
  { inspections, settings, reports, history }: HostParts,
  runs: RunRegistry,
  handle: Handle,
): void {
  let starts = 0;
  handle('inspection:start', async ({ domain, network, chains }) => {
    starts += 1;
    const turn = starts;
    const begun = await inspections.begin(domain, network, chains);
    if (begun.kind === 'refused') return begun;
    // Putting the lab up takes a moment, in which the person may have asked for something else.
    if (turn !== starts) return { kind: 'refused', message: 'Another domain was asked for.' };
    // What the lab answers is no domain of the person's.
    if (network === 'internet') settings.remember(begun.domain);
    const runId = runs.start((signal, id) => {
      const events = reports.cases.keep(id, begun.record(signal));
      // What a file of the person's stands in for is no answer of the domain's.
      const isAsked = (chains ?? []).length === 0;
      return isAsked ? history.follow(network, events, signal) : events;
    });
    return { kind: 'started', runId, domain: begun.domain };
  });
  handle('inspection:cancel', ({ runId }) => {
    runs.cancel(runId);
    return null;
  });
}

/** Takes the one answer to a question of the contract. */
export type Handle = <C extends RequestChannel>(
  channel: C,
  answer: (payload: Requests[C]['payload']) => Requests[C]['reply'] | Promise<Requests[C]['reply']>,
) => void;

function handlerFor(window: BrowserWindow): Handle {
  return (channel, answer) => {
    ipcMain.handle(channel, async (event, payload: unknown) => {
      if (!isOurPage(event, window)) throw new Error(`${channel}: not asked by the app's own page`);
      const parsed = parsePayload(channel, payload);
      if (!parsed.ok) throw new Error(parsed.problem);
      return answer(parsed.value);
    });
  };
}

/** The top frame of our window, showing our page: no other frame and no other page is answered. */
function isOurPage(event: IpcMainInvokeEvent, window: BrowserWindow): boolean {
  const frame = event.senderFrame;
  if (window.isDestroyed() || frame === null) return false;
  return frame === window.webContents.mainFrame && frame.url.split(/[?#]/)[0] === APP_PAGE;
}

export function shown({ theme, recent, preferences }: StoredSettings): Settings {
  return { theme, recent, preferences };
}

/** The whole of what the window may ask of the process behind it: one small named method each. */
import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { EventChannel, RequestChannel } from '../../shared/ipc/contract.ts';

contextBridge.exposeInMainWorld('daneInspector', {
  appInfo: () => ask('app:info', null),
  startInspection: (request: unknown) => ask('inspection:start', request),
  cancelInspection: (run: unknown) => ask('inspection:cancel', run),
  labDomains: () => ask('lab:domains', null),
  openLink: (link: unknown) => ask('link:open', link),
  writeClipboard: (text: unknown) => ask('clipboard:write', text),
  readSettings: () => ask('settings:read', null),
  setTheme: (theme: unknown) => ask('settings:theme', theme),
  forgetRecent: () => ask('settings:forget', null),
  lookAtHost: (request: unknown) => ask('host:look', request),
  judgeWhatIf: (request: unknown) => ask('what-if:judge', request),
  saveFile: (request: unknown) => ask('file:save', request),
  takeFiles: () => ask('files:take', null),
  readFolder: (dropped: unknown) =>
    ask('folder:read', { path: dropped === null ? null : pathOf(dropped) }),
  saveReport: (request: unknown) => ask('report:save', request),
  openCase: (request: unknown) => ask('case:open', request),
  showCaseRun: (run: unknown) => ask('case:show', run),
  onInspectionEvent: (listener: Listener) => listen('inspection:event', listener),
  onInspectionEnded: (listener: Listener) => listen('inspection:ended', listener),
  onMenuCommand: (listener: Listener) => listen('menu:command', listener),
  onFilesWaiting: (listener: Listener) => listen('files:waiting', listener),
});

type Listener = (payload: unknown) => void;

/** Of a file from outside, else empty: a page can make files, but none with a path. Electrons before 32 keep it in the file. */
function pathOf(dropped: unknown): string {
  if (!(dropped instanceof File)) return '';
  const utilities: typeof webUtils | undefined = webUtils;
  const path: unknown = utilities?.getPathForFile(dropped) ?? Reflect.get(dropped, 'path');
  return typeof path === 'string' ? path : '';
}

/** Payloads are parsed where they arrive: here they only pass through. */
function ask(channel: RequestChannel, payload: unknown): Promise<unknown> {
  return ipcRenderer.invoke(channel, payload);
}

/** Gives back how to stop listening. The event object, which could send messages, stays here. */
function listen(channel: EventChannel, listener: Listener): () => void {
  const forward = (_: IpcRendererEvent, payload: unknown): void => {
    listener(payload);
  };
  ipcRenderer.on(channel, forward);
  return () => {
    ipcRenderer.removeListener(channel, forward);
  };
}

/** The whole of what the window may ask of the process behind it: one small named method each. */
import { contextBridge, webUtils } from 'electron';
import { ask, listen, type Listener } from './ask.ts';
import { batchMethods } from './batch-methods.ts';
import { historyMethods } from './history-methods.ts';
import { outboundMethods } from './outbound-methods.ts';
import { preferenceMethods } from './preference-methods.ts';
import { watchMethods } from './watch-methods.ts';

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
  ...batchMethods,
  ...historyMethods,
  ...outboundMethods,
  ...preferenceMethods,
  ...watchMethods,
});

/** Of a file from outside, else empty: a page can make files, but none with a path. Electrons before 32 keep it in the file. */
function pathOf(dropped: unknown): string {
  if (!(dropped instanceof File)) return '';
  const utilities: typeof webUtils | undefined = webUtils;
  const path: unknown = utilities?.getPathForFile(dropped) ?? Reflect.get(dropped, 'path');
  return typeof path === 'string' ? path : '';
}

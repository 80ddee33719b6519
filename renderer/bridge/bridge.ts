/** The only code that touches the preload: named questions, with every answer parsed. */
import type {
  AppInfo,
  CaseReply,
  CaseRequest,
  FolderReply,
  HostLookReply,
  HostLookRequest,
  LabDomain,
  LinkReply,
  MenuCommand,
  OpenedFiles,
  ReportRequest,
  RunEnded,
  RunEvent,
  SaveReply,
  SaveRequest,
  Settings,
  StartReply,
  StartRequest,
  Theme,
  WhatIfReply,
  WhatIfRequest,
} from '../../shared/ipc/contract.ts';
import { answered, preload, told } from './answers.ts';
import type { StopListening } from './preload-api.ts';

export interface Bridge {
  appInfo(): Promise<AppInfo>;
  startInspection(request: StartRequest): Promise<StartReply>;
  cancelInspection(runId: string): Promise<null>;
  labDomains(): Promise<readonly LabDomain[]>;
  openLink(address: string): Promise<LinkReply>;
  writeClipboard(text: string): Promise<null>;
  readSettings(): Promise<Settings>;
  setTheme(theme: Theme): Promise<Settings>;
  forgetRecent(): Promise<Settings>;
  lookAtHost(request: HostLookRequest): Promise<HostLookReply>;
  judgeWhatIf(request: WhatIfRequest): Promise<WhatIfReply>;
  saveFile(request: SaveRequest): Promise<SaveReply>;
  takeFiles(): Promise<OpenedFiles>;
  /** A folder that was dropped; null asks the person for one. */
  readFolder(dropped: File | null): Promise<FolderReply>;
  saveReport(request: ReportRequest): Promise<SaveReply>;
  openCase(request: CaseRequest): Promise<CaseReply>;
  /** Another run of the case that was opened last. */
  showCaseRun(index: number): Promise<CaseReply>;
  onInspectionEvent(listener: (event: RunEvent) => void): StopListening;
  onInspectionEnded(listener: (ended: RunEnded) => void): StopListening;
  onMenuCommand(listener: (command: MenuCommand) => void): StopListening;
  onFilesWaiting(listener: () => void): StopListening;
}

export const bridge: Bridge = {
  appInfo: () => answered('app:info', preload.appInfo()),
  startInspection: (request) => answered('inspection:start', preload.startInspection(request)),
  cancelInspection: (runId) => answered('inspection:cancel', preload.cancelInspection({ runId })),
  labDomains: () => answered('lab:domains', preload.labDomains()),
  openLink: (address) => answered('link:open', preload.openLink({ address })),
  writeClipboard: (text) => answered('clipboard:write', preload.writeClipboard({ text })),
  readSettings: () => answered('settings:read', preload.readSettings()),
  setTheme: (theme) => answered('settings:theme', preload.setTheme({ theme })),
  forgetRecent: () => answered('settings:forget', preload.forgetRecent()),
  lookAtHost: (request) => answered('host:look', preload.lookAtHost(request)),
  judgeWhatIf: (request) => answered('what-if:judge', preload.judgeWhatIf(request)),
  saveFile: (request) => answered('file:save', preload.saveFile(request)),
  takeFiles: () => answered('files:take', preload.takeFiles()),
  readFolder: (dropped) => answered('folder:read', preload.readFolder(dropped)),
  saveReport: (request) => answered('report:save', preload.saveReport(request)),
  openCase: (request) => answered('case:open', preload.openCase(request)),
  showCaseRun: (index) => answered('case:show', preload.showCaseRun({ index })),
  onInspectionEvent: (listener) => preload.onInspectionEvent(told('inspection:event', listener)),
  onInspectionEnded: (listener) => preload.onInspectionEnded(told('inspection:ended', listener)),
  onMenuCommand: (listener) => preload.onMenuCommand(told('menu:command', listener)),
  onFilesWaiting: (listener) => preload.onFilesWaiting(told('files:waiting', listener)),
};

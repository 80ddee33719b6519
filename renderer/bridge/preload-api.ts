/** What the preload puts into the page: everything that comes from there is unknown until parsed. */

export interface PreloadApi extends BatchApi, HistoryApi, OutboundApi, PreferenceApi, WatchApi {
  appInfo(): Promise<unknown>;
  startInspection(request: unknown): Promise<unknown>;
  cancelInspection(run: unknown): Promise<unknown>;
  labDomains(): Promise<unknown>;
  openLink(link: unknown): Promise<unknown>;
  writeClipboard(text: unknown): Promise<unknown>;
  readSettings(): Promise<unknown>;
  setTheme(theme: unknown): Promise<unknown>;
  forgetRecent(): Promise<unknown>;
  lookAtHost(request: unknown): Promise<unknown>;
  judgeWhatIf(request: unknown): Promise<unknown>;
  saveFile(request: unknown): Promise<unknown>;
  takeFiles(): Promise<unknown>;
  readFolder(dropped: unknown): Promise<unknown>;
  saveReport(request: unknown): Promise<unknown>;
  openCase(request: unknown): Promise<unknown>;
  showCaseRun(run: unknown): Promise<unknown>;
  onInspectionEvent(listener: PreloadListener): StopListening;
  onInspectionEnded(listener: PreloadListener): StopListening;
  onMenuCommand(listener: PreloadListener): StopListening;
  onFilesWaiting(listener: PreloadListener): StopListening;
}

interface BatchApi {
  readBatch(): Promise<unknown>;
  loadBatch(list: unknown): Promise<unknown>;
  commandBatch(command: unknown): Promise<unknown>;
  batchRows(from: unknown): Promise<unknown>;
  openBatchRow(row: unknown): Promise<unknown>;
  exportBatch(request: unknown): Promise<unknown>;
  onBatchChanged(listener: PreloadListener): StopListening;
}

interface HistoryApi {
  listHistory(): Promise<unknown>;
  openHistory(run: unknown): Promise<unknown>;
  deleteHistory(run: unknown): Promise<unknown>;
}

interface OutboundApi {
  readOutbound(): Promise<unknown>;
  startOutbound(wish: unknown): Promise<unknown>;
  repeatOutbound(): Promise<unknown>;
  stopOutbound(): Promise<unknown>;
  checkResolvers(resolver: unknown): Promise<unknown>;
  onOutboundChanged(listener: PreloadListener): StopListening;
}

interface PreferenceApi {
  changePreferences(preferences: unknown): Promise<unknown>;
  readPreferenceFile(field: unknown): Promise<unknown>;
  exportPreferences(): Promise<unknown>;
  importPreferences(): Promise<unknown>;
  startFacts(): Promise<unknown>;
  takeNotices(): Promise<unknown>;
  zoomWindow(step: unknown): Promise<unknown>;
  takeDomain(): Promise<unknown>;
  onDomainWaiting(listener: PreloadListener): StopListening;
  onNoticesWaiting(listener: PreloadListener): StopListening;
}

interface WatchApi {
  readWatch(): Promise<unknown>;
  addWatched(domain: unknown): Promise<unknown>;
  removeWatched(domain: unknown): Promise<unknown>;
  changeWatch(settings: unknown): Promise<unknown>;
  lookNow(domain: unknown): Promise<unknown>;
  watchedRun(domain: unknown): Promise<unknown>;
  onWatchChanged(listener: PreloadListener): StopListening;
  onWatchShow(listener: PreloadListener): StopListening;
}

export type PreloadListener = (payload: unknown) => void;
export type StopListening = () => void;

declare global {
  interface Window {
    readonly daneInspector?: PreloadApi;
  }
}

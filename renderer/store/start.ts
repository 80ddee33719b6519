/** Connects the stores to the process behind the window, once, before anything is drawn. */
import { worstFinding } from './finding-order.ts';
import type { CommandName } from '../../shared/ipc/commands.ts';
import { bridge } from '../bridge/bridge.ts';
import { isAskedAnew, listenForComparison, useComparison } from './history-comparison.ts';
import { loadHistory, showHistory, useHistory } from './history-store.ts';
import {
  cancel,
  inspect,
  inspectAgain,
  listenToRuns,
  useInspection,
  type InspectionState,
} from './inspection-store.ts';
import { leaveSelection, returnSelection } from './selection-return.ts';
import { selectNode, selectPlace, showPicture, useSelection } from './selection-store.ts';
import { takeOpened } from './material-store.ts';
import { canSaveTest, saveTestReport, showTestReportMenu } from './outbound-save.ts';
import { listenToOutbound } from './outbound-store.ts';
import { chooseCase, openWaitingCase } from './report-case.ts';
import { canSave, dismissSaving, saveReport, showReportMenu } from './report-save.ts';
import {
  listenToFrame,
  showAbout,
  showShortcuts,
  takeDomain,
  takeNotices,
  zoomWindow,
} from './settings-frame.ts';
import { applyContrast, loadFacts } from './settings-preferences.ts';
import { loadProgram, readRecent, showScreen, useProgram } from './settings-store.ts';
import { listenToWatch } from './watch-store.ts';

export function startStores(): void {
  listenToRuns();
  listenForComparison();
  listenToWatch();
  listenToOutbound();
  bridge.onMenuCommand(({ command }) => {
    obey(command);
  });
  useInspection.subscribe((now, before) => {
    if (now.runId !== before.runId) {
      leaveSelection(isSameQuestion(now, before) ? before.report : null);
      dismissSaving();
      void readRecent();
    }
    if (now.report !== null && now.report !== before.report) returnSelection(now.report);
    if (now.phase === 'finished' && before.phase !== 'finished') {
      showWorst();
      if (useHistory.getState().isOpen) void loadHistory();
    }
  });
  useComparison.subscribe((now, before) => {
    // The others that it could be compared with.
    if (now.changes !== null && before.changes === null) void loadHistory();
  });
  bridge.onFilesWaiting(() => {
    void showOpened();
  });
  listenToFrame();
  void start();
}

/** “Open with”, or a second start of the program; before the first domain, for they came with the start. */
async function showOpened(): Promise<void> {
  await openWaitingCase();
  if (await takeOpened()) showScreen('generate');
}

export function obey(command: CommandName): void {
  switch (command) {
    case 'inspect':
      showScreen('inspect');
      document.querySelector<HTMLInputElement>('[data-domain-field]')?.select();
      break;
    case 'again':
      showScreen('inspect');
      void inspectAgain();
      break;
    case 'cancel':
      if (useHistory.getState().isOpen) showHistory(false);
      else void cancel();
      break;
    case 'settings':
    case 'generate':
    case 'rollover':
    case 'batch':
    case 'outbound':
    case 'watch':
      showScreen(command);
      break;
    case 'history':
      showHistory(!useHistory.getState().isOpen);
      break;
    case 'open-case':
      void chooseCase();
      break;
    case 'report':
      chooseReport();
      break;
    case 'print':
      printReport();
      break;
    case 'zoom-in':
      zoomWindow('in');
      break;
    case 'zoom-out':
      zoomWindow('out');
      break;
    case 'zoom-reset':
      zoomWindow('reset');
      break;
    case 'shortcuts':
      showShortcuts(true);
      break;
    case 'about':
      showAbout();
      break;
    case 'open-files':
      showScreen('generate');
      document.querySelector<HTMLInputElement>('[data-material-files]')?.click();
      break;
    case 'outline':
      showPicture(useSelection.getState().picture === 'chain' ? 'outline' : 'chain');
      break;
  }
}

function chooseReport(): void {
  if (isTestShown()) {
    showTestReportMenu(true);
    return;
  }
  showScreen('inspect');
  showReportMenu(true);
}

function printReport(): void {
  if (isTestShown()) {
    void saveTestReport('pdf');
    return;
  }
  showScreen('inspect');
  if (canSave(useInspection.getState())) void saveReport('pdf');
}

/** Reports are then of it, and not of a domain on another screen. */
function isTestShown(): boolean {
  return useProgram.getState().screen === 'outbound' && canSaveTest();
}

async function start(): Promise<void> {
  const info = await loadProgram();
  applyContrast();
  await loadFacts();
  await takeNotices();
  await showOpened();
  const network = info.lab ? 'lab' : 'internet';
  useInspection.setState({ network });
  if (info.domain !== null) await inspect(info.domain, network);
  await takeDomain();
}

/** With the same chains in the place of what hosts present. */
function isSameQuestion(now: InspectionState, before: InspectionState): boolean {
  const given = now.chains === before.chains || now.chains.length + before.chains.length === 0;
  return given && isAskedAnew(now, before);
}

/** Pixels; as in the style sheet where findings move under the picture. */
const WIDE_WINDOW = 1180;

/** When all is known, the details show the worst place, or the first host where all is well; a person's own choice is not overruled. */
function showWorst(): void {
  const { report } = useInspection.getState();
  if (report === null || useSelection.getState().node !== null) return;
  // In a narrow window the drawer would take the room that the picture needs.
  if (window.innerWidth < WIDE_WINDOW) return;
  const finding = worstFinding(report);
  const [host] = report.hosts;
  if (finding !== null) selectPlace(report, finding);
  else if (host !== undefined) selectNode({ kind: 'host', host: host.name });
}

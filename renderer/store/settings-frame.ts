/** What the process behind the window has to say unasked: notices, and domains that were named from outside. */
import { create } from 'zustand';
import type { OutsideDomain, ZoomStep } from '../../shared/ipc/preferences.ts';
import { preferenceBridge } from '../bridge/preference-bridge.ts';
import { inspect } from './inspection-store.ts';
import { showScreen, useProgram } from './settings-store.ts';

export interface FrameState {
  /** One plain sentence each; they stay until they are dismissed. */
  readonly notices: readonly string[];
  /** The person is asked whether to inspect it; null when nothing is asked. */
  readonly question: OutsideDomain | null;
  /** The list of keyboard shortcuts is open. */
  readonly shortcuts: boolean;
}

export const useFrame = create<FrameState>(() => ({
  notices: [],
  question: null,
  shortcuts: false,
}));

/** Kept on screen; more would push the screen out of the window. */
const MAX_NOTICES = 5;

export function listenToFrame(): void {
  preferenceBridge.onDomainWaiting(() => {
    void takeDomain();
  });
  preferenceBridge.onNoticesWaiting(() => {
    void takeNotices();
  });
}

export async function takeNotices(): Promise<void> {
  const told = await preferenceBridge.takeNotices();
  const { notices } = useFrame.getState();
  const fresh = told.filter((notice) => !notices.includes(notice));
  if (fresh.length > 0) useFrame.setState({ notices: [...notices, ...fresh].slice(-MAX_NOTICES) });
}

export function dismissNotice(notice: string): void {
  const { notices } = useFrame.getState();
  useFrame.setState({ notices: notices.filter((other) => other !== notice) });
}

let taking = false;

/** While a question is open its domain stays what it is: nothing takes its place under the person's hand. */
export async function takeDomain(): Promise<void> {
  if (taking || useFrame.getState().question !== null) return;
  taking = true;
  try {
    const outside = await preferenceBridge.takeDomain();
    if (outside === null) return;
    if (outside.ask) useFrame.setState({ question: outside });
    else begin(outside);
  } finally {
    taking = false;
  }
}

export function answerQuestion(isYes: boolean): void {
  const { question } = useFrame.getState();
  useFrame.setState({ question: null });
  if (isYes && question !== null) begin(question);
  else void takeDomain();
}

/** What the menu lists was asked on the internet; all else follows the way in which the window was started. */
function begin({ domain, from }: OutsideDomain): void {
  const lab = useProgram.getState().info?.lab === true && from !== 'menu';
  showScreen('inspect');
  void inspect(domain, lab ? 'lab' : 'internet').then(takeDomain);
}

export function showShortcuts(shortcuts: boolean): void {
  useFrame.setState({ shortcuts });
}

export function zoomWindow(step: ZoomStep): void {
  void preferenceBridge.zoom(step);
}

/** Versions and licences, at the end of the settings. */
export function showAbout(): void {
  showScreen('settings');
  // The screen is drawn only now.
  requestAnimationFrame(() => {
    const about = document.querySelector<HTMLElement>('[data-about]');
    about?.scrollIntoView();
    about?.focus();
  });
}

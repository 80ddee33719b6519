/** The program itself: versions, theme, recent domains, the lab's domains, and which screen is open. */
import { create } from 'zustand';
import type { AppInfo, LabDomain, Settings, Theme } from '../../shared/ipc/contract.ts';
import { DEFAULT_PREFERENCES } from '../../shared/ipc/default-preferences.ts';
import { bridge } from '../bridge/bridge.ts';

export type Screen =
  'inspect' | 'generate' | 'rollover' | 'batch' | 'outbound' | 'watch' | 'settings';

export interface ProgramState {
  readonly info: AppInfo | null;
  readonly settings: Settings;
  readonly labDomains: readonly LabDomain[];
  readonly screen: Screen;
  /** An address on the web that the person is asked about before it is opened. */
  readonly link: string | null;
}

export const useProgram = create<ProgramState>(() => ({
  info: null,
  settings: { theme: 'system', recent: [], preferences: DEFAULT_PREFERENCES },
  labDomains: [],
  screen: 'inspect',
  link: null,
}));

export async function loadProgram(): Promise<AppInfo> {
  const [info, settings, labDomains] = await Promise.all([
    bridge.appInfo(),
    bridge.readSettings(),
    bridge.labDomains(),
  ]);
  useProgram.setState({ info, settings, labDomains });
  return info;
}

export function showScreen(screen: Screen): void {
  useProgram.setState({ screen });
}

export async function setTheme(theme: Theme): Promise<void> {
  useProgram.setState({ settings: await bridge.setTheme(theme) });
}

export async function readRecent(): Promise<void> {
  useProgram.setState({ settings: await bridge.readSettings() });
}

export async function forgetRecent(): Promise<void> {
  useProgram.setState({ settings: await bridge.forgetRecent() });
}

export async function copyText(text: string): Promise<void> {
  await bridge.writeClipboard(text);
}

export function askAboutLink(address: string): void {
  useProgram.setState({ link: address });
}

export function dismissLink(): void {
  useProgram.setState({ link: null });
}

export async function openLink(): Promise<void> {
  const { link } = useProgram.getState();
  dismissLink();
  if (link !== null) await bridge.openLink(link);
}

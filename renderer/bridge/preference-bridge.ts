/** Questions about settings, the window itself, and domains from outside, with every answer parsed. */
import type { Requests, SaveReply } from '../../shared/ipc/contract.ts';
import type {
  ImportReply,
  OutsideDomain,
  PreferenceReply,
  Preferences,
  StartFacts,
  ZoneField,
  ZoomStep,
} from '../../shared/ipc/preferences.ts';
import { answered, preload, told } from './answers.ts';
import type { StopListening } from './preload-api.ts';

export interface PreferenceBridge {
  change(preferences: Preferences): Promise<PreferenceReply>;
  readFile(field: ZoneField): Promise<Requests['preferences:read-file']['reply']>;
  save(): Promise<SaveReply>;
  load(): Promise<ImportReply>;
  startFacts(): Promise<StartFacts>;
  takeNotices(): Promise<readonly string[]>;
  zoom(step: ZoomStep): Promise<null>;
  takeDomain(): Promise<OutsideDomain | null>;
  onDomainWaiting(listener: () => void): StopListening;
  onNoticesWaiting(listener: () => void): StopListening;
}

export const preferenceBridge: PreferenceBridge = {
  change: (preferences) => answered('preferences:change', preload.changePreferences(preferences)),
  readFile: (field) => answered('preferences:read-file', preload.readPreferenceFile({ field })),
  save: () => answered('preferences:export', preload.exportPreferences()),
  load: () => answered('preferences:import', preload.importPreferences()),
  startFacts: () => answered('preferences:start', preload.startFacts()),
  takeNotices: () => answered('notices:take', preload.takeNotices()),
  zoom: (step) => answered('window:zoom', preload.zoomWindow({ step })),
  takeDomain: () => answered('domain:take', preload.takeDomain()),
  onDomainWaiting: (listener) => preload.onDomainWaiting(told('domain:waiting', listener)),
  onNoticesWaiting: (listener) => preload.onNoticesWaiting(told('notices:waiting', listener)),
};

/** Questions about settings and domains from outside, with every answer parsed. */
import type { SaveReply } from '../../shared/ipc/contract.ts';
import type {
  ImportReply,
  OutsideDomain,
  PreferenceReply,
  Preferences,
} from '../../shared/ipc/preferences.ts';
import { answered, preload, told } from './answers.ts';
import type { StopListening } from './preload-api.ts';

export interface PreferenceBridge {
  change(preferences: Preferences): Promise<PreferenceReply>;
  save(): Promise<SaveReply>;
  load(): Promise<ImportReply>;
  takeDomain(): Promise<OutsideDomain | null>;
  onDomainWaiting(listener: () => void): StopListening;
}

export const preferenceBridge: PreferenceBridge = {
  change: (preferences) => answered('preferences:change', preload.changePreferences(preferences)),
  save: () => answered('preferences:export', preload.exportPreferences()),
  load: () => answered('preferences:import', preload.importPreferences()),
  takeDomain: () => answered('domain:take', preload.takeDomain()),
  onDomainWaiting: (listener) => preload.onDomainWaiting(told('domain:waiting', listener)),
};

/** The preferences as the Settings screen changes them: kept at once, or refused with a sentence at the field. */
import { create } from 'zustand';
import { DEFAULT_PREFERENCES } from '../../shared/ipc/default-preferences.ts';
import type {
  PreferenceField,
  Preferences,
  StartFacts,
  ZoneField,
} from '../../shared/ipc/preferences.ts';
import { preferenceBridge } from '../bridge/preference-bridge.ts';
import { words } from '../words/words.ts';
import { useProgram } from './settings-store.ts';

export interface PreferenceState {
  /** Null until it is known. */
  readonly facts: StartFacts | null;
  /** Why a field's last change was not taken. */
  readonly refusals: Readonly<Partial<Record<PreferenceField, string>>>;
  /** Counts what was set other than by typing: then the fields show it in place of what was typed. */
  readonly resets: number;
  /** What came of saving or choosing a file of settings. */
  readonly carried: Carried | null;
}

export type Carried =
  | { readonly kind: 'done'; readonly message: string; readonly problems: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };

export const usePreferences = create<PreferenceState>(() => ({
  facts: null,
  refusals: {},
  resets: 0,
  carried: null,
}));

export async function loadFacts(): Promise<void> {
  usePreferences.setState({ facts: await preferenceBridge.startFacts() });
}

export async function changePreference<F extends PreferenceField>(
  field: F,
  value: Preferences[F],
): Promise<void> {
  const { preferences } = useProgram.getState().settings;
  if (preferences[field] === value) {
    allow(field);
    return;
  }
  take(field, await preferenceBridge.change({ ...preferences, [field]: value }));
}

/** Also what the field shows goes back: it may be something that was refused. */
export async function resetPreference(field: PreferenceField): Promise<void> {
  await changePreference(field, DEFAULT_PREFERENCES[field]);
  usePreferences.setState(({ resets }) => ({ resets: resets + 1 }));
}

export async function resetAll(): Promise<void> {
  const reply = await preferenceBridge.change(DEFAULT_PREFERENCES);
  if (reply.kind === 'kept') useProgram.setState({ settings: reply.settings });
  usePreferences.setState(({ resets }) => ({ resets: resets + 1, refusals: {}, carried: null }));
}

/** Out of a file that the person chooses. */
export async function readPreferenceFile(field: ZoneField): Promise<void> {
  const reply = await preferenceBridge.readFile(field);
  if (reply.kind === 'cancelled') return;
  take(field, reply);
  if (reply.kind === 'kept') usePreferences.setState(({ resets }) => ({ resets: resets + 1 }));
}

/** What cannot even be sent, such as a number that is none. */
export function refuse(field: PreferenceField, message: string): void {
  usePreferences.setState(({ refusals }) => ({ refusals: { ...refusals, [field]: message } }));
}

function allow(field: PreferenceField): void {
  usePreferences.setState(({ refusals: { [field]: _gone, ...refusals } }) => ({ refusals }));
}

function take(
  field: PreferenceField,
  reply: Awaited<ReturnType<typeof preferenceBridge.change>>,
): void {
  if (reply.kind === 'refused') refuse(reply.field, reply.message);
  else {
    allow(field);
    useProgram.setState({ settings: reply.settings });
  }
}

export async function exportSettings(): Promise<void> {
  const reply = await preferenceBridge.save();
  if (reply.kind === 'failed') usePreferences.setState({ carried: reply });
  if (reply.kind !== 'saved') return;
  const message = words.settings.savedAs(reply.path);
  usePreferences.setState({ carried: { kind: 'done', message, problems: [] } });
}

export async function importSettings(): Promise<void> {
  const reply = await preferenceBridge.load();
  if (reply.kind === 'cancelled') return;
  if (reply.kind === 'refused') {
    usePreferences.setState({ carried: { kind: 'failed', message: reply.message } });
    return;
  }
  const before = useProgram.getState().settings.preferences;
  const { settings, problems } = reply;
  useProgram.setState({ settings });
  const changed = OF_TRUST.filter((field) => before[field] !== settings.preferences[field]);
  const titles = changed.map((field) => words.settings.fields[field].title);
  const message = words.settings.taken(problems.length, titles);
  usePreferences.setState(({ resets }) => ({
    ...{ resets: resets + 1, refusals: {} },
    carried: { kind: 'done', message, problems },
  }));
}

/** Whoever made a file of settings may have chosen whom this program asks, and what it believes. */
const OF_TRUST: readonly PreferenceField[] = ['resolver', 'rootHints', 'trustAnchors', 'proxy'];

export function dismissCarried(): void {
  usePreferences.setState({ carried: null });
}

/** What the style sheet goes by: the person's own choice, or that of their desktop. */
export function applyContrast(): void {
  const more = window.matchMedia('(prefers-contrast: more)');
  const apply = (): void => {
    const { contrast } = useProgram.getState().settings.preferences;
    document.documentElement.dataset['contrast'] =
      contrast === 'more' || more.matches ? 'more' : 'normal';
  };
  more.addEventListener('change', apply);
  useProgram.subscribe(apply);
  apply();
}

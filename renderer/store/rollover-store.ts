/** What a person chose on the Rollover screen; it stays whatever screen is open. */
import { create } from 'zustand';
import type { HookClient, HookDns } from '../../shared/hooks/write-hook.ts';
import type { MailSoftwareName } from '../../shared/mail-software/server-settings.ts';
import type { FormatName } from '../../shared/publish/formats.ts';
import type { Scheme } from '../../shared/rollover/plan.ts';
import { lookAtHost, useWorldView, viewKey, worldView, type HostView } from './world-store.ts';

export interface ServerChoice {
  readonly software: MailSoftwareName;
  /** The section is unfolded. */
  readonly isOpen: boolean;
}

export interface HookChoice {
  readonly client: HookClient;
  readonly dns: HookDns;
  /** Empty: the script finds it. */
  readonly zone: string;
  readonly folder: string;
  readonly reload: string;
}

export type Choice = Readonly<Record<string, boolean>>;

export interface RolloverState {
  /** What stands in the two fields. */
  readonly typed: string;
  readonly typedPort: string;
  /** The host that the screen is about; null until one was asked for. */
  readonly host: string | null;
  readonly port: number;
  /** Null follows what is published: the scheme in use, or current + next. */
  readonly scheme: Scheme | null;
  /** How many TTLs to wait. */
  readonly safety: number;
  /** By host, then by the candidate's id: what the person put in or took out; the rest follows what fits. */
  readonly chosen: Readonly<Record<string, Choice>>;
  /** By `vouchKey`: the person says that the records stood long enough when they were first seen here. */
  readonly vouched: Readonly<Record<string, boolean>>;
  readonly format: FormatName;
  /** Look again each minute while the screen is open and a step is pending. */
  readonly automatic: boolean;
  /** Steps whose records are unfolded, by their place. */
  readonly openSteps: readonly string[];
  readonly server: ServerChoice;
  readonly hook: HookChoice;
  /** Milliseconds since the epoch; goes on while the screen is open. */
  readonly now: number;
}

const DEFAULT_PORT = 25;
const DEFAULT_SAFETY = 2;
const MAX_PORT = 65_535;

export const useRollover = create<RolloverState>(() => ({
  typed: '',
  typedPort: String(DEFAULT_PORT),
  host: null,
  port: DEFAULT_PORT,
  scheme: null,
  safety: DEFAULT_SAFETY,
  chosen: {},
  vouched: {},
  format: 'zone',
  automatic: false,
  openSteps: [],
  server: { software: 'postfix', isOpen: false },
  hook: {
    client: 'certbot',
    dns: 'nsupdate',
    zone: '',
    folder: '/etc/dane-hook',
    reload: 'systemctl reload postfix',
  },
  now: Date.now(),
}));

type Choices = Pick<
  RolloverState,
  'typed' | 'typedPort' | 'scheme' | 'safety' | 'format' | 'automatic'
>;

export function choose(choices: Partial<Choices>): void {
  useRollover.setState(choices);
}

/** Takes the host into view and looks at it; an empty field is nothing to look at, what is no port is 25. */
export function planFor(typed: string): void {
  const host = typed.trim().replace(/\.$/, '').toLowerCase();
  const port = readPort(useRollover.getState().typedPort);
  useRollover.setState({
    typed: host,
    typedPort: String(port),
    port,
    host: host === '' ? null : host,
  });
  if (host !== '') void lookAtHost(host, port);
}

function readPort(typed: string): number {
  const port = Number(typed.trim());
  return Number.isInteger(port) && port > 0 && port <= MAX_PORT ? port : DEFAULT_PORT;
}

export function checkNow(): void {
  const { host, port } = useRollover.getState();
  if (host !== null) void lookAtHost(host, port);
}

export function putInOrOut(id: string, isIn: boolean): void {
  useRollover.setState(({ chosen, host }) => {
    const key = host ?? '';
    return { chosen: { ...chosen, [key]: { ...chosen[key], [id]: isIn } } };
  });
}

/** The word is given for these records at this host, port and network, and for no others. */
export function vouchKey(view: HostView | null, records: readonly string[]): string {
  return [view === null ? '' : viewKey(view), ...[...records].sort()].join('\n');
}

export function vouch(key: string, isKnown: boolean): void {
  useRollover.setState(({ vouched }) => ({ vouched: { ...vouched, [key]: isKnown } }));
}

export function chooseServer(choice: Partial<ServerChoice>): void {
  useRollover.setState(({ server }) => ({ server: { ...server, ...choice } }));
}

export function chooseHook(choice: Partial<HookChoice>): void {
  useRollover.setState(({ hook }) => ({ hook: { ...hook, ...choice } }));
}

export function unfoldStep(key: string, isOpen: boolean): void {
  useRollover.setState(({ openSteps }) => ({
    openSteps: isOpen ? [...openSteps, key] : openSteps.filter((each) => each !== key),
  }));
}

/** Null while no host was asked for. */
export function useHostView(): HostView | null {
  const host = useRollover((state) => state.host);
  const port = useRollover((state) => state.port);
  return useWorldView(host, port);
}

/** Milliseconds between two looks at the clock: verdicts change by the minute, countdowns are told in minutes. */
const TICK_MS = 5000;
/** Milliseconds between two looks at the host, where the person turned that on. */
export const AUTOMATIC_MS = 60_000;

/** Runs while the screen is open; `isPending` tells whether there is a step to wait for. Returns what ends it. */
export function keepTime(isPending: () => boolean): () => void {
  useRollover.setState({ now: Date.now() });
  let askedAt = 0;
  const timer = setInterval(() => {
    const now = Date.now();
    useRollover.setState({ now });
    const { automatic, host, port } = useRollover.getState();
    if (!automatic || host === null || !isPending()) return;
    const view = worldView(host, port);
    if (view === null || view.phase === 'looking') return;
    // A look that came to nothing is not followed at once by the next one.
    if (now - Math.max(view.seenAt ?? 0, askedAt) < AUTOMATIC_MS) return;
    askedAt = now;
    void lookAtHost(host, port);
  }, TICK_MS);
  return () => {
    clearInterval(timer);
  };
}

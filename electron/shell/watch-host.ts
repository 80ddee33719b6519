/** Watching as the window sees it: answers its questions, keeps what is known, tells, and fills the tray. */
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import { app, powerMonitor, type BrowserWindow } from 'electron';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { readDomainInput } from '../../shared/inspection/domain-input.ts';
import type { NetworkChoice } from '../../shared/ipc/contract.ts';
import type { WatchedRun, WatchState } from '../../shared/ipc/watch.ts';
import { DEFAULT_WATCH_SETTINGS, type WatchSettings } from '../../shared/watch/watched.ts';
import { noticeOf, type Tiding } from '../../shared/watch/words.ts';
import type { Inspections } from './inspections.ts';
import type { Handle } from './ipc-host.ts';
import { canNotify, notify } from './notification.ts';
import { tell } from './tell.ts';
import { trayView } from './tray-menu.ts';
import { TrayIcon, type TrayAction } from './tray.ts';
import { WatchFile } from './watch-file.ts';
import { lookAt } from './watch-looks.ts';
import { WatchRounds } from './watch-rounds.ts';
import { WatchRuns } from './watch-runs.ts';
import { stateOf } from './watch-state.ts';

export interface WatchParts {
  /** Of the program's own files. */
  readonly folder: string;
  readonly window: BrowserWindow;
  readonly inspections: Pick<Inspections, 'begin'>;
  readonly network: NetworkChoice;
  /** Names the files: what is found in a lab, or by other roots and anchors, is kept apart from what the internet says. */
  readonly list: 'watch' | 'watch-lab' | 'watch-own';
  /** It stands beside the open window, and leaves nothing behind. */
  readonly isGuest: boolean;
  /** Brings the window to the front, wherever it is. */
  readonly show: () => void;
}

/** Milliseconds between two messages to the window, which draws the whole list of each. */
const TELL_INTERVAL_MS = 200;
/** Milliseconds in which what several looks have shown is written once. */
const WRITE_DELAY_MS = 1000;

const GUEST =
  'This window stands beside another of this program: what is watched here is forgotten when it is closed.';

export class WatchHost {
  readonly #parts: WatchParts;
  readonly #file: WatchFile;
  readonly #runs: WatchRuns;
  readonly #rounds: WatchRounds;
  readonly #tray: TrayIcon;
  /** What was wrong with the file when it was read; stays to be seen until the program ends. */
  readonly #readProblem: string | null;
  #writeProblem: string | null = null;
  #runProblem: string | null = null;
  #writing: ReturnType<typeof setTimeout> | null = null;
  #telling: ReturnType<typeof setTimeout> | null = null;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    this.#file = new WatchFile(join(parts.folder, `${parts.list}.json`));
    this.#runs = new WatchRuns(join(parts.folder, `${parts.list}-runs`));
    const { kept, problem } = this.#file.read(new Date().toISOString());
    this.#readProblem = problem;
    this.#runs.keepOnly(kept.domains.map(({ domain }) => domain));
    this.#tray = new TrayIcon((action) => {
      this.#act(action);
    });
    this.#rounds = new WatchRounds(
      {
        clocks: () => ({ wall: Date.now(), running: performance.now() }),
        chance: () => Math.random(),
        wake,
        look: (domain, signal) => lookAt(parts.inspections, domain, parts.network, signal),
        tell: (tidings) => {
          this.#tell(tidings);
        },
        seen: (domain, events) => {
          this.#keepRun(domain, events);
        },
        changed: (what) => {
          this.#changed(what);
        },
      },
      kept.settings ?? DEFAULT_WATCH_SETTINGS,
      kept.domains,
    );
  }

  start(): void {
    powerMonitor.on('resume', () => {
      this.#rounds.resume();
    });
    this.#keepWindow();
    this.#rounds.start();
    this.#showTray();
  }

  /** The window is hidden rather than closed where the person chose so. */
  #keepWindow(): void {
    const { window } = this.#parts;
    let isQuitting = false;
    app.on('before-quit', () => {
      isQuitting = true;
    });
    window.on('close', (event) => {
      if (isQuitting || !this.#rounds.settings.stayInTray) return;
      event.preventDefault();
      window.hide();
    });
    window.on('closed', () => {
      this.#stop();
    });
  }

  #stop(): void {
    if (this.#telling !== null) clearTimeout(this.#telling);
    this.#rounds.stop();
    this.#write();
    this.#tray.remove();
  }

  /** One of the subjects of the window’s questions. */
  readonly answer = (handle: Handle): void => {
    handle('watch:read', () => this.#state(null));
    handle('watch:add', ({ domain: typed }) => {
      const input = readDomainInput(typed, domainToASCII);
      return this.#state(input.ok ? this.#rounds.add(input.domain.key) : input.message);
    });
    handle('watch:remove', ({ domain }) => {
      this.#rounds.remove(domain);
      this.#runProblem = this.#runs.forget(domain);
      return this.#state(null);
    });
    handle('watch:settings', (settings) => this.#change(settings));
    handle('watch:look', ({ domain }) => {
      this.#rounds.look(domain);
      return this.#state(null);
    });
    handle('watch:run', ({ domain }) => this.#run(domain));
  };

  #change(settings: WatchSettings): WatchState {
    this.#rounds.change(settings);
    return this.#state(null);
  }

  #run(domain: string): WatchedRun {
    if (!this.#rounds.list.some((watched) => watched.domain === domain)) {
      return { kind: 'none', message: `${domain} is not watched any more.` };
    }
    const run = this.#runs.read(domain);
    if (typeof run === 'string') return { kind: 'none', message: run };
    return { kind: 'kept', network: this.#parts.network, ...run };
  }

  /** What a person changed is on the disk before it is answered; what was seen is so soon after. */
  #changed(what: 'wishes' | 'knowledge' | 'work'): void {
    if (what === 'wishes') this.#write();
    if (what === 'knowledge') {
      this.#writing ??= setTimeout(() => {
        this.#write();
      }, WRITE_DELAY_MS);
    }
    this.#telling ??= setTimeout(() => {
      this.#telling = null;
      tell(this.#parts.window, 'watch:changed', this.#state(null));
      this.#showTray();
    }, TELL_INTERVAL_MS);
  }

  #write(): void {
    if (this.#writing !== null) clearTimeout(this.#writing);
    this.#writing = null;
    const { settings, list } = this.#rounds;
    this.#writeProblem = this.#file.write({ settings, domains: list });
  }

  #keepRun(domain: string, events: readonly InspectionEvent[]): void {
    this.#runProblem = this.#runs.keep({ domain, at: startOf(events), events });
  }

  #state(refusal: string | null): WatchState {
    const guest = this.#parts.isGuest && this.#rounds.list.length > 0 ? GUEST : null;
    const problems = [guest, this.#readProblem, this.#writeProblem, this.#runProblem].filter(
      (each) => each !== null,
    );
    return stateOf(
      this.#rounds,
      problems.length === 0 ? null : problems.join(' '),
      refusal,
      canNotify(),
    );
  }

  #tell(tidings: readonly Tiding[]): void {
    const notice = noticeOf(tidings);
    if (notice === null || !this.#rounds.settings.notify) return;
    notify(notice, (domain) => {
      this.#show(domain);
    });
  }

  #show(domain: string | null): void {
    this.#parts.show();
    tell(this.#parts.window, 'watch:show', { domain });
  }

  /** There while there is something to watch, or while the window may be closed without an end. */
  #showTray(): void {
    const { list, settings } = this.#rounds;
    if (list.length === 0 && !settings.stayInTray) {
      this.#tray.remove();
      return;
    }
    const looking = list.filter(({ domain }) => this.#rounds.isLooking(domain)).length;
    this.#tray.show(trayView(list, settings.on, looking));
  }

  #act(action: TrayAction): void {
    const { settings } = this.#rounds;
    switch (action) {
      case 'open':
        this.#show(null);
        break;
      case 'look':
        this.#rounds.look(null);
        break;
      case 'pause':
        this.#change({ ...settings, on: !settings.on });
        break;
      case 'quit':
        app.quit();
        break;
    }
  }
}

function wake(milliseconds: number, call: () => void): () => void {
  const timer = setTimeout(call, milliseconds);
  return () => {
    clearTimeout(timer);
  };
}

function startOf(events: readonly InspectionEvent[]): string {
  const [first] = events.flatMap((event) => (event.kind === 'started' ? [event.startedAt] : []));
  return first ?? new Date().toISOString();
}

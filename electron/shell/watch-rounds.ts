/** Looks at the watched domains as the schedule says, takes in what is seen, and hands on what is worth telling. */
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { MAX_WATCHED } from '../../shared/watch/limits.ts';
import type { Look } from '../../shared/watch/look.ts';
import {
  afterJump,
  caughtUp,
  jumpOf,
  lookNow,
  nextLook,
  replanned,
  sleep,
  type Chance,
  type Clocks,
} from '../../shared/watch/schedule.ts';
import { takeLook } from '../../shared/watch/take-look.ts';
import {
  newlyWatched,
  type Watched,
  type WatchNote,
  type WatchSettings,
} from '../../shared/watch/watched.ts';
import type { Tiding } from '../../shared/watch/words.ts';

export interface LookedAt {
  readonly look: Look;
  /** Empty where the look could not be made. */
  readonly events: readonly InspectionEvent[];
}

/** What the rounds need of the world. */
export interface RoundPorts {
  readonly clocks: () => Clocks;
  readonly chance: Chance;
  /** Calls once, after so many milliseconds; gives back how to call it off. */
  readonly wake: (milliseconds: number, call: () => void) => () => void;
  /** Never rejects but when `signal` is aborted. */
  readonly look: (domain: string, signal: AbortSignal) => Promise<LookedAt>;
  readonly tell: (tidings: readonly Tiding[]) => void;
  /** After a look that could be made. */
  readonly seen: (domain: string, events: readonly InspectionEvent[]) => void;
  /** Of what is watched and how, of what is known, or of what is under way alone. */
  readonly changed: (what: 'wishes' | 'knowledge' | 'work') => void;
}

/** Milliseconds for which news waits for more while looks go on, so that what comes together is one notification. */
const GATHER_MS = 20_000;

export class WatchRounds {
  readonly #ports: RoundPorts;
  #settings: WatchSettings;
  #list: readonly Watched[];
  readonly #looking = new Map<string, AbortController>();
  readonly #asked = new Set<string>();
  #clocks: Clocks;
  #stopWaking: (() => void) | null = null;
  #tidings: readonly Tiding[] = [];
  #gatheringSince = 0;
  /** It was told that nothing can be looked at from here, and nothing could since. */
  #isBlind = false;
  /** Domains that were told as out of sight. */
  readonly #missing = new Set<string>();
  #stopped = false;

  constructor(ports: RoundPorts, settings: WatchSettings, list: readonly Watched[]) {
    this.#ports = ports;
    this.#settings = settings;
    this.#clocks = ports.clocks();
    this.#list = caughtUp(list, settings, this.#clocks.wall, ports.chance);
  }

  get settings(): WatchSettings {
    return this.#settings;
  }

  get list(): readonly Watched[] {
    return this.#list;
  }

  isLooking(domain: string): boolean {
    return this.#looking.has(domain);
  }

  isWaiting({ domain, dueAt }: Watched): boolean {
    if (this.#looking.has(domain)) return false;
    return this.#asked.has(domain) || (this.#settings.on && dueAt <= this.#ports.clocks().wall);
  }

  start(): void {
    this.#turn();
  }

  /** Also after the computer slept. */
  resume(): void {
    this.#turn();
  }

  /** Why not, in a plain sentence; null when it is watched now. */
  add(domain: string): string | null {
    if (this.#list.some((watched) => watched.domain === domain))
      return `${domain} is watched already.`;
    if (this.#list.length >= MAX_WATCHED) {
      return `No more than ${MAX_WATCHED} domains can be watched: remove one first.`;
    }
    const { wall } = this.#now();
    this.#list = [...this.#list, newlyWatched(domain, wall)];
    this.#asked.add(domain);
    this.#tellChange();
    return null;
  }

  remove(domain: string): void {
    this.#looking.get(domain)?.abort();
    this.#looking.delete(domain);
    this.#asked.delete(domain);
    this.#missing.delete(domain);
    this.#list = this.#list.filter((watched) => watched.domain !== domain);
    this.#tidings = this.#tidings.filter((tiding) => tiding.domain !== domain);
    this.#tellChange();
  }

  /** Null looks at all. */
  look(domain: string | null): void {
    for (const watched of this.#list) {
      if (domain === null || watched.domain === domain) this.#asked.add(watched.domain);
    }
    this.#tellChange();
  }

  change(settings: WatchSettings): void {
    const before = this.#settings;
    this.#settings = settings;
    const { wall } = this.#now();
    const isPlannedAnew = settings.intervalMinutes !== before.intervalMinutes;
    const isResumed = settings.on && !before.on;
    const { chance } = this.#ports;
    if (isPlannedAnew) this.#list = replanned(this.#list, settings, wall, chance);
    else if (isResumed) this.#list = caughtUp(this.#list, settings, wall, chance);
    this.#tellChange();
  }

  stop(): void {
    this.#stopped = true;
    this.#stopWaking?.();
    for (const controller of this.#looking.values()) controller.abort();
    this.#looking.clear();
    this.#tellGathered();
  }

  #tellChange(): void {
    this.#ports.changed('wishes');
    this.#turn();
  }

  #turn(): void {
    if (this.#stopped) return;
    this.#stopWaking?.();
    const now = this.#now();
    const looking = new Set(this.#looking.keys());
    for (const domain of lookNow(this.#list, looking, this.#asked, this.#settings, now.wall)) {
      this.#begin(domain);
    }
    const lookingNow = new Set(this.#looking.keys());
    if (lookingNow.size === 0 || now.running - this.#gatheringSince > GATHER_MS)
      this.#tellGathered();
    const wait = sleep(this.#list, lookingNow, this.#settings, now.wall);
    this.#stopWaking = this.#ports.wake(wait, () => {
      this.#turn();
    });
  }

  /** Whatever is planned by the clocks goes by them as they are after they jumped. */
  #now(): Clocks {
    const now = this.#ports.clocks();
    const jump = jumpOf(this.#clocks, now);
    this.#clocks = now;
    this.#list = afterJump(this.#list, this.#settings, jump, now.wall, this.#ports.chance);
    return now;
  }

  #begin(domain: string): void {
    const controller = new AbortController();
    this.#looking.set(domain, controller);
    this.#asked.delete(domain);
    this.#ports.changed('work');
    void this.#follow(domain, controller);
  }

  async #follow(domain: string, controller: AbortController): Promise<void> {
    const result = await this.#ports.look(domain, controller.signal).catch(() => null);
    // Removed meanwhile, and perhaps watched again since.
    if (this.#looking.get(domain) !== controller) return;
    this.#looking.delete(domain);
    if (result !== null) this.#take(domain, result);
    this.#turn();
  }

  #take(domain: string, { look, events }: LookedAt): void {
    const now = this.#now();
    const before = this.#list.find((watched) => watched.domain === domain);
    if (before === undefined) return;
    const { watched, news, again } = takeLook(before, look, this.#settings.expiryDays);
    const dueAt = nextLook(this.#settings, now.wall, again, this.#ports.chance);
    const after = { ...watched, dueAt };
    this.#list = this.#list.map((each) => (each === before ? after : each));
    const told = this.#worthTelling(domain, look, news);
    if (told.length > 0) {
      if (this.#tidings.length === 0) this.#gatheringSince = now.running;
      this.#tidings = [...this.#tidings, ...told.map((note) => ({ domain, note }))];
    }
    if (look.kind === 'seen') this.#ports.seen(domain, events);
    this.#ports.changed('knowledge');
  }

  /** A network that is down is told once for all domains, and its end where it was told; the list tells of each. */
  #worthTelling(domain: string, look: Look, news: readonly WatchNote[]): readonly WatchNote[] {
    if (look.kind === 'seen') {
      this.#isBlind = false;
      const wasTold = this.#missing.delete(domain);
      return wasTold ? news : news.filter(({ kind }) => kind !== 'recovered');
    }
    if (news.length === 0 || (look.everywhere && this.#isBlind)) return [];
    this.#isBlind = look.everywhere;
    this.#missing.add(domain);
    return news;
  }

  #tellGathered(): void {
    if (this.#tidings.length === 0) return;
    const tidings = this.#tidings;
    this.#tidings = [];
    this.#ports.tell(tidings);
  }
}

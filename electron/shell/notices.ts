/** What the person must be told whenever the window is there to tell it, each sentence once. */

/** More at a time would be read by nobody. */
const MAX_WAITING = 20;

export class Notices {
  readonly #changed: () => void;
  #waiting: string[] = [];

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  add(message: string | null): void {
    if (message === null || this.#waiting.includes(message)) return;
    if (this.#waiting.length < MAX_WAITING) this.#waiting.push(message);
    this.#changed();
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Hands over what waits, once. */
  take(): readonly string[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }
}

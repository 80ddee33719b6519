/** How long to wait before what arrived is painted: longer where judging and drawing take long. */

export interface PaintPace {
  /** Milliseconds until the next painting may be. */
  interval(): number;
  /** A painting begins; it has ended when the next turn does. */
  begin(): void;
}

/** Milliseconds between two paintings of what arrived: each event would repaint the whole picture. */
const PAINT_INTERVAL_MS = 40;
/** However long one takes, what is known is shown at least so often, in milliseconds. */
const MAX_PAINT_INTERVAL_MS = 1000;
/** Of the time in which many hosts come in, two thirds are left to the person. */
const PAUSE_PER_PAINTING = 2;

export function createPaintPace(): PaintPace {
  let lastMs = 0;
  return {
    interval: () =>
      Math.min(MAX_PAINT_INTERVAL_MS, Math.max(PAINT_INTERVAL_MS, lastMs * PAUSE_PER_PAINTING)),
    begin() {
      const begun = performance.now();
      // What follows a change of the store is drawn before the next turn.
      setTimeout(() => {
        lastMs = performance.now() - begun;
      });
    },
  };
}

/** The upper edge of the drawer: dragged, moved with the arrow keys, or filled and shrunk with Enter. */
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { MAX_DRAWER, MIN_DRAWER, resizeDrawer, useSelection } from '../store/selection-store.ts';
import { words } from '../words/words.ts';

/** Share of the room that one press of an arrow key moves. */
const STEP = 0.06;

export function DrawerHandle(): ReactNode {
  const share = useSelection((state) => state.drawer);
  const dragging = useRef(false);
  const percent = Math.round(share * 100);
  const onMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (!dragging.current) return;
    const room = event.currentTarget.closest('.inspect-room')?.getBoundingClientRect();
    if (room !== undefined) resizeDrawer((room.bottom - event.clientY) / room.height);
  };
  const onKey = (event: KeyboardEvent): void => {
    const to = TARGETS[event.key];
    if (to === undefined) return;
    event.preventDefault();
    resizeDrawer(to(share));
  };
  const stop = (): void => {
    dragging.current = false;
  };
  return (
    <div
      className="drawer-handle"
      role="separator"
      aria-label={words.details.height}
      aria-orientation="horizontal"
      aria-valuemin={Math.round(MIN_DRAWER * 100)}
      aria-valuemax={Math.round(MAX_DRAWER * 100)}
      aria-valuenow={percent}
      aria-valuetext={words.details.heightText(percent)}
      tabIndex={0}
      onPointerDown={(event) => {
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onMove}
      onPointerUp={stop}
      onPointerCancel={stop}
      onDoubleClick={() => {
        resizeDrawer(otherSize(share));
      }}
      onKeyDown={onKey}
    />
  );
}

const HALF = 0.4;

/** Fills the window, or gives the picture its place back. */
export function otherSize(share: number): number {
  return share < MAX_DRAWER ? MAX_DRAWER : HALF;
}

const TARGETS: Readonly<Record<string, (share: number) => number>> = {
  ArrowUp: (share) => share + STEP,
  ArrowDown: (share) => share - STEP,
  Home: () => MIN_DRAWER,
  End: () => MAX_DRAWER,
  Enter: otherSize,
};

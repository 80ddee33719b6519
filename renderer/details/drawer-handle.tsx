/** The upper edge of the drawer: dragged, or moved with the arrow keys. */
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { MAX_DRAWER, MIN_DRAWER, resizeDrawer, useSelection } from '../store/selection-store.ts';

/** Share of the room that one press of an arrow key moves. */
const STEP = 0.06;

export function DrawerHandle(): ReactNode {
  const share = useSelection((state) => state.drawer);
  const dragging = useRef(false);
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
  return (
    <div
      className="drawer-handle"
      role="separator"
      aria-label="Height of the details"
      aria-orientation="horizontal"
      aria-valuemin={Math.round(MIN_DRAWER * 100)}
      aria-valuemax={Math.round(MAX_DRAWER * 100)}
      aria-valuenow={Math.round(share * 100)}
      tabIndex={0}
      onPointerDown={(event) => {
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onMove}
      onPointerUp={() => {
        dragging.current = false;
      }}
      onDoubleClick={() => {
        resizeDrawer(share < MAX_DRAWER ? MAX_DRAWER : HALF);
      }}
      onKeyDown={onKey}
    />
  );
}

const HALF = 0.4;

const TARGETS: Readonly<Record<string, (share: number) => number>> = {
  ArrowUp: (share) => share + STEP,
  ArrowDown: (share) => share - STEP,
  Home: () => MIN_DRAWER,
  End: () => MAX_DRAWER,
};

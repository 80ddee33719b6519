/** Keeps the picture where it should be: fitted until a person moves it, and with what matters in sight. */
import { useReactFlow } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Box, ChainLayout } from './layout.ts';
import { fitted, revealing, type Room } from './viewport.ts';

export interface CanvasView {
  /** A person has moved the picture: it is not fitted any more. */
  readonly take: () => void;
  readonly fit: () => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  /** Brings a part into sight, by no more than that takes. */
  readonly show: (part: Box) => void;
}

/** `target` is what must be seen; `asked` grows each time that somebody asks to be led to it. */
export function useCanvasView(
  layout: ChainLayout,
  room: Room,
  target: Box | null,
  asked: number,
): CanvasView {
  const flow = useReactFlow();
  const [moved, setMoved] = useState(false);
  const before = useRef({ asked, room });
  const { width, height } = layout;
  // As numbers, so that an equal place is no change.
  const { x = 0, y = 0, width: wide = 0, height: high = 0 } = target ?? {};
  useEffect(() => {
    if (room.width === 0) return;
    const part = { x, y, width: wide, height: high };
    // Where a person has put it it stays, until they are led elsewhere or there is another room for it.
    const isLed = before.current.asked !== asked || before.current.room !== room;
    before.current = { asked, room };
    if (moved && !isLed) return;
    const view = moved ? flow.getViewport() : fitted({ width, height }, room);
    void flow.setViewport(wide === 0 ? view : revealing(part, view, room));
  }, [flow, moved, room, width, height, x, y, wide, high, asked]);
  const take = useCallback(() => {
    setMoved(true);
  }, []);
  return {
    take,
    fit: () => {
      setMoved(false);
      void flow.setViewport(fitted({ width, height }, room));
    },
    zoomIn: () => {
      take();
      void flow.zoomIn();
    },
    zoomOut: () => {
      take();
      void flow.zoomOut();
    },
    show: (part) => {
      take();
      void flow.setViewport(revealing(part, flow.getViewport(), room));
    },
  };
}

/** How far to zoom and where to put the picture so that all of it is seen, and can be read. */
import type { Box } from './layout.ts';

export interface Room {
  readonly width: number;
  readonly height: number;
}

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export const MIN_ZOOM = 0.25;
export const MAX_ZOOM = 2;
/** Below this the words cannot be read: the picture then starts at its top and is scrolled. */
const READABLE_ZOOM = 0.85;
const MARGIN = 14;
const TOP = 12;
/** Pixels at the upper edge that the buttons for zooming take. */
const BUTTONS = 40;
/** The headings stay near the upper edge, however small the picture is. */
const MAX_TOP = 22;

export function fitted(picture: Room, room: Room): Viewport {
  const wide = (room.width - 2 * MARGIN) / picture.width;
  const high = (room.height - 2 * MARGIN) / picture.height;
  const zoom = Math.min(1, wide, Math.max(high, READABLE_ZOOM));
  const left = (room.width - picture.width * zoom) / 2;
  const above = (room.height - picture.height * zoom) / 2;
  return { x: Math.max(left, MARGIN / 2), y: Math.min(Math.max(above, TOP), MAX_TOP), zoom };
}

/** The least change after which a part of the picture is seen, and can be read. */
export function revealing(part: Box, now: Viewport, room: Room): Viewport {
  const zoom = Math.max(now.zoom, Math.min(READABLE_ZOOM, (room.width - 2 * MARGIN) / part.width));
  const grown = zoom / now.zoom;
  // The middle of the room stays where it is while the picture grows around it.
  const from = {
    x: room.width / 2 - (room.width / 2 - now.x) * grown,
    y: room.height / 2 - (room.height / 2 - now.y) * grown,
  };
  return {
    x: moved(from.x, part.x * zoom, part.width * zoom, room.width, MARGIN),
    y: moved(from.y, part.y * zoom, part.height * zoom, room.height, BUTTONS),
    zoom,
  };
}

/** Of what is larger than the room, its beginning is seen. */
function moved(offset: number, begin: number, length: number, room: number, free: number): number {
  const least = free - begin;
  const most = room - MARGIN - begin - length;
  return most < least ? least : Math.min(Math.max(offset, least), most);
}

/** The part that holds both. */
export function around(a: Box, b: Box | null): Box {
  if (b === null) return a;
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** How far to zoom and where to put the picture so that all of it is seen, and can be read. */

export interface Room {
  readonly width: number;
  readonly height: number;
}

export const MIN_ZOOM = 0.4;
export const MAX_ZOOM = 2;
/** Below this the words cannot be read: the picture then starts at its top and is scrolled. */
const READABLE_ZOOM = 0.78;
const MARGIN = 14;
const TOP = 12;
/** The headings stay near the upper edge, however small the picture is. */
const MAX_TOP = 22;

export function fitted(picture: Room, room: Room): { x: number; y: number; zoom: number } {
  const wide = (room.width - 2 * MARGIN) / picture.width;
  const high = (room.height - 2 * MARGIN) / picture.height;
  const zoom = Math.min(1, wide, Math.max(high, READABLE_ZOOM));
  const left = (room.width - picture.width * zoom) / 2;
  const above = (room.height - picture.height * zoom) / 2;
  return { x: Math.max(left, MARGIN / 2), y: Math.min(Math.max(above, TOP), MAX_TOP), zoom };
}

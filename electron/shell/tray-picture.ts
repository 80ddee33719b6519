/** The icon in the tray, drawn point by point: the shapes differ, so that it can be read without colours. */
import type { TrayFace } from './tray-menu.ts';

/** Blue, green, red, opacity: four octets a point, as Electron takes bitmaps. */
export function trayPicture(face: TrayFace, size: number): Uint8Array {
  const { outline, sign, colour } = DRAWINGS[face];
  const octets = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      // On the 16 × 16 grid of the window's icons.
      const at: Point = [((x + 0.5) * GRID) / size, ((y + 0.5) * GRID) / size];
      const shape = covers(outline(at), GRID / size);
      const mark = covers(distanceToLines(at, sign) - SIGN_WIDTH / 2, GRID / size);
      const rgb = colour.map((part) => Math.round(part + (255 - part) * mark));
      octets.set(
        [rgb[2] ?? 0, rgb[1] ?? 0, rgb[0] ?? 0, 255].map((part) => Math.round(part * shape)),
        (y * size + x) * 4,
      );
    }
  }
  return octets;
}

const GRID = 16;
const SIGN_WIDTH = 1.9;

type Point = readonly [number, number];
type Line = readonly [Point, Point];

interface Drawing {
  /** Distance to the edge: negative inside. */
  readonly outline: (at: Point) => number;
  readonly sign: readonly Line[];
  /** Red, green, blue. */
  readonly colour: readonly [number, number, number];
}

/** Readable on dark and on light panels. */
const GREY = [122, 133, 148] as const;
const GREEN = [47, 148, 79] as const;
const AMBER = [196, 128, 0] as const;
const RED = [214, 52, 62] as const;

const DRAWINGS: Readonly<Record<TrayFace, Drawing>> = {
  // A ring, as where there is no DANE.
  idle: {
    outline: (at) => Math.abs(disc(at, 6)) - 1.1,
    sign: [],
    colour: GREY,
  },
  good: {
    outline: (at) => disc(at, 7.4),
    sign: [
      [
        [4.6, 8.4],
        [7, 10.8],
      ],
      [
        [7, 10.8],
        [11.4, 5.6],
      ],
    ],
    colour: GREEN,
  },
  // Could not be told: a ring with a point in it.
  open: {
    outline: (at) => Math.min(Math.abs(disc(at, 6)) - 1.1, disc(at, 1.9)),
    sign: [],
    colour: GREY,
  },
  care: {
    outline: (at) =>
      polygon(at, [
        [8, 0.6],
        [15.6, 15],
        [0.4, 15],
      ]),
    sign: [
      [
        [8, 6],
        [8, 9.8],
      ],
      [
        [8, 12.4],
        [8, 12.5],
      ],
    ],
    colour: AMBER,
  },
  bad: {
    outline: (at) =>
      polygon(at, [
        [5, 0.6],
        [11, 0.6],
        [15.4, 5],
        [15.4, 11],
        [11, 15.4],
        [5, 15.4],
        [0.6, 11],
        [0.6, 5],
      ]),
    sign: [
      [
        [5.2, 5.2],
        [10.8, 10.8],
      ],
      [
        [10.8, 5.2],
        [5.2, 10.8],
      ],
    ],
    colour: RED,
  },
};

function disc([x, y]: Point, radius: number): number {
  return Math.hypot(x - GRID / 2, y - GRID / 2) - radius;
}

/** Of a convex shape whose corners go round clockwise on the screen. */
function polygon([x, y]: Point, corners: readonly Point[]): number {
  const distances = corners.map(([ax, ay], index) => {
    const [bx, by] = corners[(index + 1) % corners.length] ?? [ax, ay];
    const length = Math.hypot(bx - ax, by - ay);
    return ((x - ax) * (by - ay) - (y - ay) * (bx - ax)) / length;
  });
  return Math.max(...distances);
}

function distanceToLines([x, y]: Point, lines: readonly Line[]): number {
  const distances = lines.map(([[ax, ay], [bx, by]]) => {
    const [dx, dy] = [bx - ax, by - ay];
    const share = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
    const along = Math.max(0, Math.min(1, share));
    return Math.hypot(x - ax - along * dx, y - ay - along * dy);
  });
  return Math.min(Number.POSITIVE_INFINITY, ...distances);
}

/** How much of a point lies inside, from 0 to 1; `edge` is the width of a point. */
function covers(distance: number, edge: number): number {
  return Math.max(0, Math.min(1, 0.5 - distance / edge));
}

/** Status icons on a 16 × 16 grid that differ in shape, so that colour is never alone in telling. */
import { html, type Html } from './escape-html.ts';
import type { Face, Shape } from './faces.ts';

/** Inside a drawing. */
export function icon({ shape, tone }: Face, x: number, y: number, size: number): Html {
  return html`<svg
    x="${x}"
    y="${y}"
    width="${size}"
    height="${size}"
    viewBox="0 0 16 16"
    class="icon tone-${tone}"
  >
    <path d="${DRAWINGS[shape]}" ${dashOf(shape)} />
  </svg>`;
}

/** In text. */
export function inlineIcon({ shape, tone }: Face): Html {
  return html`<svg
    width="14"
    height="14"
    viewBox="0 0 16 16"
    class="icon tone-${tone}"
    aria-hidden="true"
  >
    <path d="${DRAWINGS[shape]}" ${dashOf(shape)} />
  </svg>`;
}

/** Icon and word: the way every status is written. */
export function badge(face: Face): Html {
  return html`<span class="badge tone-${face.tone}">${inlineIcon(face)} ${face.word}</span>`;
}

function dashOf(shape: Shape): Html {
  return shape === 'ring' ? html` stroke-dasharray="2.7 2.48"` : html``;
}

const CIRCLE = 'M1.2 8a6.8 6.8 0 1 0 13.6 0a6.8 6.8 0 1 0-13.6 0';

const DRAWINGS: Readonly<Record<Shape, string>> = {
  tick: `${CIRCLE}M5 8.3l2.1 2.1L11 6`,
  triangle: 'M8 1.9L14.8 14H1.2ZM8 6.4v3.5M8 11.8v.1',
  octagon: 'M5.2 1.3h5.6l3.9 3.9v5.6l-3.9 3.9H5.2l-3.9-3.9V5.2ZM5.9 5.9l4.2 4.2M10.1 5.9L5.9 10.1',
  ring: CIRCLE,
  question: `${CIRCLE}M6.2 6.3a1.9 1.9 0 1 1 2.7 1.9c-.6.3-.9.6-.9 1.3M8 11.6v.1`,
  lock: 'M3 7h10v7.2H3ZM5.3 7V5a2.7 2.7 0 0 1 5.4 0v2',
  unlocked: 'M3 7h10v7.2H3ZM5.3 7V5a2.7 2.7 0 0 1 5-1.4',
};

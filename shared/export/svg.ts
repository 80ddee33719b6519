/** The few shapes that pictures in a report are drawn with. */
import { printable } from '../findings/safe-text.ts';
import { html, type Html } from './escape-html.ts';
import type { Box } from './picture-layout.ts';

export function group(title: string, ...parts: readonly Html[]): Html {
  return title === '' ? html`<g>${parts}</g>` : html`<g><title>${title}</title>${parts}</g>`;
}

export function path(kind: string, shape: string): Html {
  return html`<path class="${kind}" d="${shape}" />`;
}

export function frame({ x, y, width, height }: Box, kind: string, radius = 8): Html {
  const place = html`x="${x}" y="${y}" width="${width}" height="${height}"`;
  return html`<rect ${place} rx="${radius}" class="${kind}" />`;
}

export type Anchor = 'start' | 'middle' | 'end';

export function words(
  x: number,
  y: number,
  text: string,
  kind: string,
  anchor: Anchor = 'start',
): Html {
  return html`<text x="${x}" y="${y}" text-anchor="${anchor}" class="${kind}">${text}</text>`;
}

/** Words that begin in a box and are cut where it ends. */
export function label(box: Box, down: number, text: string, kind: string): Html {
  return words(box.x + MARGIN, box.y + down, fitted(text, box.width - MARGIN - 6, kind), kind);
}

export function middle({ y, height }: Box): number {
  return y + height / 2;
}

const MARGIN = 10;

/** Average width of a character at 12 units; those of equal width are exact. */
const CHARACTER_WIDTHS: ReadonlyMap<string, number> = new Map([
  ['mono', 7.3],
  ['strong', 7.5],
]);
const OTHER_WIDTH = 6.7;

function fitted(text: string, width: number, kind: string): string {
  const most = Math.max(Math.floor(width / (CHARACTER_WIDTHS.get(kind) ?? OTHER_WIDTH)), 1);
  // By characters: half of one would be no text at all.
  const shown = [...printable(text)];
  return shown.length <= most ? shown.join('') : `${shown.slice(0, most - 1).join('')}…`;
}

/** The keys of the picture: arrows go along the chain, plus and minus zoom, 0 fits. */
import type { KeyboardEvent } from 'react';
import type { CanvasView } from './canvas-view.ts';
import type { ChainGraph } from './graph.ts';
import type { Box } from './layout.ts';
import { walk, type Direction } from './walk.ts';

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

export function onCanvasKey(
  event: KeyboardEvent<HTMLElement>,
  graph: ChainGraph,
  places: ReadonlyMap<string, Box>,
  view: CanvasView,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = zoomOf(event.key, view) ?? walkOf(event, graph, places, view);
  if (act === null) return;
  event.preventDefault();
  act();
}

function zoomOf(key: string, view: CanvasView): (() => void) | null {
  switch (key) {
    case '+':
    case '=':
      return view.zoomIn;
    case '-':
      return view.zoomOut;
    case '0':
      return view.fit;
    default:
      return null;
  }
}

function walkOf(
  { key, target, currentTarget }: KeyboardEvent<HTMLElement>,
  graph: ChainGraph,
  places: ReadonlyMap<string, Box>,
  view: CanvasView,
): (() => void) | null {
  const direction = DIRECTIONS[key];
  const from = target instanceof HTMLElement ? target.dataset['node'] : undefined;
  if (direction === undefined || from === undefined) return null;
  const to = walk(graph, from, direction);
  return () => {
    const place = to === null ? undefined : places.get(to);
    if (place !== undefined) view.show(place);
    nodeElement(currentTarget, to)?.focus({ preventScroll: true });
  };
}

function nodeElement(canvas: HTMLElement, key: string | null): HTMLElement | null {
  const nodes = [...canvas.querySelectorAll<HTMLElement>('[data-node]')];
  return nodes.find(({ dataset }) => dataset['node'] === key) ?? null;
}

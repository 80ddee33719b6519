/** How the keyboard goes through the outline, as the pattern for trees asks (WAI-ARIA, “Tree View”). */
import type { OutlineItem } from './outline.ts';

export interface Line {
  readonly item: OutlineItem;
  readonly level: number;
  readonly parent: string | null;
  /** Place among its siblings, from 1, and how many they are. */
  readonly position: number;
  readonly siblings: number;
}

export type Move =
  | { readonly kind: 'go'; readonly to: Line }
  | { readonly kind: 'open' | 'close' | 'open-siblings'; readonly line: Line }
  | { readonly kind: 'choose'; readonly line: Line };

/** Null where the key means nothing here. */
export function moveFor(
  key: string,
  lines: readonly Line[],
  current: string,
  closed: ReadonlySet<string>,
): Move | null {
  const place = lines.findIndex(({ item }) => item.key === current);
  const line = lines[place];
  if (line === undefined) return null;
  const hasChildren = line.item.children.length > 0;
  const isOpen = hasChildren && !closed.has(line.item.key);
  switch (key) {
    case 'ArrowDown':
      return go(lines[place + 1]);
    case 'ArrowUp':
      return go(lines[place - 1]);
    case 'Home':
      return go(lines[0]);
    case 'End':
      return go(lines[lines.length - 1]);
    case 'ArrowRight':
      if (!hasChildren) return null;
      return isOpen ? go(lines[place + 1]) : { kind: 'open', line };
    case 'ArrowLeft':
      if (isOpen) return { kind: 'close', line };
      return go(lines.find(({ item }) => item.key === line.parent));
    case '*':
      return { kind: 'open-siblings', line };
    case 'Enter':
    case ' ':
      return { kind: 'choose', line };
    default:
      return null;
  }
}

function go(to: Line | undefined): Move | null {
  return to === undefined ? null : { kind: 'go', to };
}

/** The next line that begins with what was typed; of a single letter the next one, else the same may stay. */
export function typedTo(typed: string, lines: readonly Line[], current: string): Line | null {
  const wanted = typed.toLowerCase();
  const place = lines.findIndex(({ item }) => item.key === current);
  const from = typed.length === 1 ? place + 1 : Math.max(place, 0);
  const turned = [...lines.slice(from), ...lines.slice(0, from)];
  return turned.find(({ item }) => item.text.toLowerCase().startsWith(wanted)) ?? null;
}

export function openLines(
  item: OutlineItem,
  closed: ReadonlySet<string>,
  { level, parent, position, siblings }: Omit<Line, 'item'> = ROOT,
): readonly Line[] {
  const below = closed.has(item.key)
    ? []
    : item.children.flatMap((child, index) =>
        openLines(child, closed, {
          level: level + 1,
          parent: item.key,
          position: index + 1,
          siblings: item.children.length,
        }),
      );
  return [{ item, level, parent, position, siblings }, ...below];
}

const ROOT = { level: 1, parent: null, position: 1, siblings: 1 } as const;

/** Hosts that are open from the start, however many there are. */
const MAX_OPEN_HOSTS = 6;

/** Of many hosts only those are open that something is wrong with. */
export function closedAtFirst({ children }: OutlineItem): ReadonlySet<string> {
  if (children.length <= MAX_OPEN_HOSTS) return new Set();
  return new Set(children.filter(({ tone }) => tone !== 'err').map(({ key }) => key));
}

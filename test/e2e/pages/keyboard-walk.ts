/** Goes through a page with the Tab key, and tells what a person without a pointer meets. */
import type { Page } from '@playwright/test';

export interface Walk {
  /** What was met, in order, as a person would call it. */
  readonly met: readonly string[];
  /** Can be used with a pointer and was not met. */
  readonly missed: readonly string[];
  /** Had the focus and did not look different from before. */
  readonly unseen: readonly string[];
  /** Had the focus outside what the window shows. */
  readonly outside: readonly string[];
  /** Came after something that stands below it, or behind it in the document. */
  readonly disordered: readonly string[];
  /** Have no name for those who hear the page. */
  readonly nameless: readonly string[];
  /** The walk did not come back to where it began. */
  readonly trapped: boolean;
}

/** Presses of a walk: more stops than any screen has. */
const MOST_STOPS = 400;

/** `within`: a selector of what has the keyboard to itself, such as a dialog. */
export async function walkThrough(page: Page, within = 'body'): Promise<Walk> {
  await page.evaluate(prepare, within);
  const stops: Stop[] = [];
  let trapped = true;
  for (let press = 0; press < MOST_STOPS; press += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(stopAt);
    if (stop === null) continue;
    if (stop.id === stops[0]?.id) {
      trapped = false;
      break;
    }
    // A field of date and time has stops of its own inside.
    if (stop.id === stops.at(-1)?.id) continue;
    if (stops.some(({ id }) => id === stop.id)) break;
    stops.push(stop);
  }
  const boxes = new Map(await page.evaluate(boxesAfter));
  // A walk may begin anywhere; it is read from its top.
  const top = stops.findIndex(({ isFirst }) => isFirst);
  const ordered = [...stops.slice(top), ...stops.slice(0, Math.max(0, top))];
  const missed = await page.evaluate(
    notMet,
    stops.map(({ id }) => id),
  );
  return {
    met: ordered.map(({ name }) => name),
    missed,
    unseen: stops.filter(({ isSeen }) => !isSeen).map(({ name }) => name),
    outside: stops.filter(({ isInside }) => !isInside).map(({ name }) => name),
    disordered: ordered.flatMap((stop, index) => {
      const before = ordered[index - 1];
      if (before === undefined || !isBack(before, stop, boxes)) return [];
      return [`${before.name} → ${stop.name}`];
    }),
    nameless: await nameless(page),
    trapped,
  };
}

interface Stop {
  readonly id: number;
  readonly name: string;
  /** The first in the document of what can be reached. */
  readonly isFirst: boolean;
  readonly isSeen: boolean;
  readonly isInside: boolean;
  /** Place in the document. */
  readonly place: number;
  /** The part of the page that it belongs to. */
  readonly region: number;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}

/** Columns are read one after the other, so what stands higher may follow if it stands further right. */
function isBack(before: Stop, after: Stop, boxes: ReadonlyMap<number, Box>): boolean {
  if (after.place < before.place) return true;
  const [first, second] = [boxes.get(before.id), boxes.get(after.id)];
  if (before.region !== after.region || first === undefined || second === undefined) return false;
  return second.bottom <= first.top && second.left <= first.left;
}

/** Elements that take the keyboard and have no name, by the accessibility tree of the browser. */
async function nameless(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const bare = nodes
    .filter(({ ignored, role }) => !ignored && role?.value !== 'RootWebArea')
    .filter(({ properties }) =>
      properties?.some(({ name, value }) => name === 'focusable' && value.value === true),
    )
    .filter(({ name }) => String(name?.value ?? '').trim() === '');
  const said = await Promise.all(
    bare.map(async ({ backendDOMNodeId, role }) => {
      if (backendDOMNodeId === undefined) return [String(role?.value)];
      const { node } = await session.send('DOM.describeNode', { backendNodeId: backendDOMNodeId });
      const attributes = (node.attributes ?? []).join(' ');
      return /\btabindex -1\b/.test(attributes) ? [] : [`${node.localName} ${attributes}`];
    }),
  );
  await session.detach();
  // What only a program gives the focus to is nothing to be used.
  return said.flat();
}

/** What the page keeps during a walk. */
interface Kept {
  readonly within: string;
  readonly ids: Map<Element, number>;
  readonly looks: Map<Element, string>;
  readonly expected: () => readonly Element[];
  readonly look: (element: Element) => string;
  readonly nameOf: (element: Element) => string;
}

declare global {
  interface Window {
    keyboardWalk?: Kept;
  }
}

/** Runs in the page: what can be used, and how it looks without the focus. */
function prepare(within: string): void {
  const usable = 'a[href], button, input, select, textarea, summary, [tabindex]';
  /** Where arrow keys go from one to the next, and Tab to the whole. */
  const composites = '[role=tablist],[role=tree],[role=menu],[role=radiogroup],[role=grid]';
  const isShown = (element: Element): boolean =>
    element.getClientRects().length > 0 &&
    getComputedStyle(element).visibility === 'visible' &&
    element.closest('[inert], [aria-hidden=true]') === null;
  const isOfGroup = (element: Element): boolean =>
    (element instanceof HTMLInputElement && element.type === 'radio') ||
    element.closest(composites) !== null;
  const isTabStop = (element: Element): boolean =>
    (element instanceof HTMLElement || element instanceof SVGElement) && element.tabIndex >= 0;
  const isForProgramsOnly = (element: Element): boolean =>
    !element.matches('a[href], button, input, select, textarea, summary') && !isTabStop(element);
  const look = (element: Element): string => {
    const parts = [element, element.parentElement, element.parentElement?.parentElement];
    const label = element instanceof HTMLInputElement ? (element.labels?.[0] ?? null) : null;
    return [...parts, label, element.nextElementSibling]
      .map((part) => {
        if (!(part instanceof Element)) return '';
        return [null, '::before', '::after'].map((pseudo) => {
          const style = getComputedStyle(part, pseudo);
          const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor } = style;
          const outline = outlineStyle === 'none' ? 'none' : `${outlineWidth} ${outlineColor}`;
          return [outline, boxShadow, borderColor, style.stroke, style.backgroundColor].join(' ');
        });
      })
      .join('|');
  };
  const nameOf = (element: Element): string => {
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
    const said = element.getAttribute('aria-label') ?? label ?? element.textContent ?? '';
    const kind = element.getAttribute('role') ?? element.tagName.toLowerCase();
    return `${kind} ${said.replace(/\s+/g, ' ').trim().slice(0, 60)}`.trim();
  };
  const expected = (): readonly Element[] =>
    [...(document.querySelector(within)?.querySelectorAll(usable) ?? [])].filter(
      (element) =>
        isShown(element) &&
        !element.matches(':disabled') &&
        !isForProgramsOnly(element) &&
        !(isOfGroup(element) && !isTabStop(element)),
    );
  const ids = new Map<Element, number>();
  const looks = new Map(
    [...document.querySelectorAll(usable)].map((element) => [element, look(element)]),
  );
  const focused = document.activeElement;
  if (focused !== null) looks.delete(focused);
  window.keyboardWalk = { within, ids, looks, expected, look, nameOf };
}

/** Runs in the page: what has the focus; null where it is the page itself. */
function stopAt(): Stop | null {
  const kept = window.keyboardWalk;
  const element = document.activeElement;
  if (kept === undefined || element === null || element === document.body) return null;
  const number = kept.ids.get(element) ?? kept.ids.size;
  kept.ids.set(element, number);
  const box = element.getBoundingClientRect();
  const label = element instanceof HTMLInputElement ? element.labels?.[0] : undefined;
  // A box to tick may be drawn by its label alone.
  const seen = box.width * box.height > 4 ? box : (label ?? element).getBoundingClientRect();
  const all = [...document.querySelectorAll('*')];
  const region = element.closest('section, header, nav, aside, form, fieldset, footer, table, ul');
  return {
    id: number,
    name: kept.nameOf(element),
    isFirst: kept.expected()[0] === element,
    isSeen: kept.looks.get(element) !== kept.look(element),
    isInside:
      seen.bottom > 0 &&
      seen.right > 0 &&
      seen.top < window.innerHeight &&
      seen.left < window.innerWidth,
    place: all.indexOf(element),
    region: region === null ? -1 : all.indexOf(region),
  };
}

/** Runs in the page: where all of it is at one time; the walk scrolled. */
function boxesAfter(): readonly (readonly [number, Box])[] {
  return [...(window.keyboardWalk?.ids ?? [])]
    .filter(([element]) => element.isConnected)
    .map(([element, id]) => {
      const { left, top, bottom } = element.getBoundingClientRect();
      return [id, { left, top, bottom }];
    });
}

/** Runs in the page: of radio buttons with one name, one stands for all. */
function notMet(ids: readonly number[]): readonly string[] {
  const kept = window.keyboardWalk;
  if (kept === undefined) return ['the walk was not prepared'];
  const met = new Set(ids);
  const groupOf = (element: Element): string =>
    element instanceof HTMLInputElement && element.type === 'radio' ? `radio ${element.name}` : '';
  const metElements = [...kept.ids].filter(([, id]) => met.has(id)).map(([element]) => element);
  const groups = new Set(metElements.map(groupOf).filter((group) => group !== ''));
  return kept
    .expected()
    .filter((element) => !metElements.includes(element) && !groups.has(groupOf(element)))
    .map(kept.nameOf);
}

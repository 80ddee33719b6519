/** The outline as a tree that is walked with the arrow keys. */
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { NodeId } from '../store/node-id.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { TONE_ICON } from '../ui/tone.ts';
import type { OutlineItem } from './outline.ts';

export interface OutlineTreeProps {
  readonly root: OutlineItem;
  readonly selected: string | null;
  readonly select: (id: NodeId) => void;
}

interface Line {
  readonly item: OutlineItem;
  readonly level: number;
  readonly parent: string | null;
}

export function OutlineTree({ root, selected, select }: OutlineTreeProps): ReactNode {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(selected ?? root.key);
  const tree = useRef<HTMLUListElement>(null);
  const lines = openLines(root, closed);
  const current = lines.some(({ item }) => item.key === at) ? at : root.key;

  const go = (line: Line | undefined): void => {
    if (line === undefined) return;
    setAt(line.item.key);
    const place = lines.indexOf(line);
    tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[place]?.focus();
  };
  const toggle = (key: string, close: boolean): void => {
    const next = new Set(closed);
    if (close) next.add(key);
    else next.delete(key);
    setClosed(next);
  };
  const onKey = (event: KeyboardEvent): void => {
    const place = lines.findIndex(({ item }) => item.key === current);
    const line = lines[place];
    if (line === undefined) return;
    const move = MOVES[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const isOpen = line.item.children.length > 0 && !closed.has(line.item.key);
    switch (move) {
      case 'next':
        go(lines[place + 1]);
        break;
      case 'previous':
        go(lines[place - 1]);
        break;
      case 'first':
        go(lines[0]);
        break;
      case 'last':
        go(lines[lines.length - 1]);
        break;
      case 'in':
        if (isOpen) go(lines[place + 1]);
        else toggle(line.item.key, false);
        break;
      case 'out':
        if (isOpen) toggle(line.item.key, true);
        else go(lines.find(({ item }) => item.key === line.parent));
        break;
      case 'choose':
        select(line.item.id);
        break;
    }
  };
  return (
    <ul className="outline scroll" role="tree" aria-label="Outline" ref={tree}>
      {lines.map(({ item, level }) => (
        <li
          key={item.key}
          role="treeitem"
          className={`outline-line level-${level}${item.key === selected ? ' is-selected' : ''}`}
          aria-level={level}
          aria-selected={item.key === selected}
          {...(item.children.length > 0 ? { 'aria-expanded': !closed.has(item.key) } : {})}
          tabIndex={item.key === current ? 0 : -1}
          onKeyDown={onKey}
          onFocus={() => {
            setAt(item.key);
          }}
          onClick={() => {
            setAt(item.key);
            select(item.id);
          }}
        >
          <Icon name={TONE_ICON[item.tone]} tone={item.tone} />
          <span className="mono">
            <Seen text={item.text} />
          </span>
          <span className="dim">{item.note}</span>
        </li>
      ))}
    </ul>
  );
}

type Move = 'next' | 'previous' | 'first' | 'last' | 'in' | 'out' | 'choose';

const MOVES: Readonly<Record<string, Move>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  ArrowRight: 'in',
  ArrowLeft: 'out',
  Enter: 'choose',
  ' ': 'choose',
};

function openLines(
  item: OutlineItem,
  closed: ReadonlySet<string>,
  level = 1,
  parent: string | null = null,
): readonly Line[] {
  const below = closed.has(item.key)
    ? []
    : item.children.flatMap((child) => openLines(child, closed, level + 1, item.key));
  return [{ item, level, parent }, ...below];
}

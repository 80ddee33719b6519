/** The outline as a tree that is walked with the arrow keys, or by typing how a line begins. */
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { NodeId } from '../store/node-id.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { TONE_ICON } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import {
  closedAtFirst,
  moveFor,
  openLines,
  typedTo,
  type Line,
  type Move,
} from './outline-walk.ts';
import type { OutlineItem } from './outline.ts';

export interface OutlineTreeProps {
  readonly root: OutlineItem;
  readonly selected: string | null;
  readonly select: (id: NodeId) => void;
}

/** Milliseconds between two letters that belong together. */
const TYPING_MS = 800;

export function OutlineTree({ root, selected, select }: OutlineTreeProps): ReactNode {
  const tree = useRef<HTMLUListElement>(null);
  const { closed, change } = useClosed(root);
  const [at, setAt] = useState(selected ?? root.key);
  const typing = useRef({ text: '', at: 0 });
  const lines = openLines(root, closed);
  const current = lines.some(({ item }) => item.key === at) ? at : root.key;

  const go = (line: Line): void => {
    setAt(line.item.key);
    const place = lines.findIndex(({ item }) => item.key === line.item.key);
    tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[place]?.focus();
  };
  const act = (move: Move): void => {
    switch (move.kind) {
      case 'go':
        go(move.to);
        break;
      case 'choose':
        select(move.line.item.id);
        break;
      case 'open':
      case 'close':
        change([move.line.item.key], move.kind === 'close');
        break;
      case 'open-siblings':
        change(siblingsOf(lines, move.line), false);
        break;
    }
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // A space within a word that is being typed is part of it; elsewhere it chooses.
    const move = moveFor(event.key, lines, current, closed) ?? typed(event);
    if (move === null) return;
    event.preventDefault();
    act(move);
  };
  const typed = ({ key, timeStamp }: KeyboardEvent): Move | null => {
    if ([...key].length !== 1) return null;
    const { text, at: last } = typing.current;
    const begun = timeStamp - last < TYPING_MS ? text : '';
    typing.current = { text: begun + key, at: timeStamp };
    const to = typedTo(begun + key, lines, current);
    return to === null ? null : { kind: 'go', to };
  };
  return (
    <ul className="outline scroll" role="tree" aria-label={words.chain.outline} ref={tree}>
      {lines.map((line) => (
        <OutlineLine
          key={line.item.key}
          line={line}
          isOpen={!closed.has(line.item.key)}
          isSelected={line.item.key === selected}
          isCurrent={line.item.key === current}
          onKey={onKey}
          onFocus={() => {
            setAt(line.item.key);
          }}
          onChoose={() => {
            setAt(line.item.key);
            select(line.item.id);
          }}
          onToggle={() => {
            change([line.item.key], !closed.has(line.item.key));
          }}
        />
      ))}
    </ul>
  );
}

interface OutlineLineProps {
  readonly line: Line;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  readonly isCurrent: boolean;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onFocus: () => void;
  readonly onChoose: () => void;
  readonly onToggle: () => void;
}

function OutlineLine(props: OutlineLineProps): ReactNode {
  const { line, isOpen, isSelected, isCurrent, onKey, onFocus, onChoose, onToggle } = props;
  const { item, level, position, siblings } = line;
  const hasChildren = item.children.length > 0;
  return (
    <li
      role="treeitem"
      className={`outline-line level-${level}${isSelected ? ' is-selected' : ''}`}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={isSelected}
      {...(hasChildren ? { 'aria-expanded': isOpen } : {})}
      tabIndex={isCurrent ? 0 : -1}
      onKeyDown={onKey}
      onFocus={onFocus}
      onClick={onChoose}
    >
      <span
        className="outline-twist"
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          onToggle();
        }}
      >
        {hasChildren && <Icon name={isOpen ? 'down' : 'right'} size={11} />}
      </span>
      <Icon name={TONE_ICON[item.tone]} tone={item.tone} />
      <span className="mono outline-text">
        <Seen text={item.text} />
      </span>
      <span className="dim outline-note">
        <Seen text={item.note.replaceAll('\n', ' ')} />
      </span>
    </li>
  );
}

interface Closed {
  readonly closed: ReadonlySet<string>;
  readonly change: (keys: readonly string[], close: boolean) => void;
}

/** While answers come in, what is closed from the start changes with them; what a person did stays. */
function useClosed(root: OutlineItem): Closed {
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const closed = new Set(closedAtFirst(root));
  for (const [key, close] of chosen) {
    if (close) closed.add(key);
    else closed.delete(key);
  }
  return {
    closed,
    change: (keys, close) => {
      setChosen((now) => new Map([...now, ...keys.map((key) => [key, close] as const)]));
    },
  };
}

function siblingsOf(lines: readonly Line[], { parent }: Line): readonly string[] {
  return lines.filter((line) => line.parent === parent).map(({ item }) => item.key);
}

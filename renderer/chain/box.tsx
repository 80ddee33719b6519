/** The frame of a thing in the picture: a button that selects it, known by its key to mouse and keyboard alike. */
import { createContext, useContext, type ReactNode } from 'react';
import { useNodeMark } from '../store/history-marks.ts';
import { nodeKey, type NodeId } from '../store/node-id.ts';
import { useSelection } from '../store/selection-store.ts';
import type { ChainDrop } from '../ui/chain-drop.ts';
import { visibleText } from '../ui/visible-text.ts';
import { words } from '../words/words.ts';

export interface ChainActions {
  readonly select: (id: NodeId) => void;
  /** Opens a fold, or closes it again. */
  readonly toggle: (fold: string) => void;
  /** A chain in PEM was dropped on a host. */
  readonly giveChain: (host: string, text: string) => void;
  readonly openTrouble: () => void;
  readonly copy: (text: string) => Promise<void>;
}

export const ChainContext = createContext<ChainActions>({
  select: () => undefined,
  toggle: () => undefined,
  giveChain: () => undefined,
  openTrouble: () => undefined,
  copy: () => Promise.resolve(),
});

export interface BoxProps {
  readonly id: NodeId;
  readonly className: string;
  readonly label: string;
  readonly title?: string;
  readonly handlers?: ChainDrop['handlers'];
  /** Addresses that one box stands for. */
  readonly addresses?: readonly string[];
  readonly children: ReactNode;
}

export function Box(props: BoxProps): ReactNode {
  const { id, className, label, title, handlers, addresses, children } = props;
  const { select } = useContext(ChainContext);
  const selected = useSelection(({ node }) => node !== null && isSame(node, id, addresses));
  const mark = useNodeMark(id, addresses);
  const marked = mark === null ? '' : `, ${words.history.marks[mark]}`;
  return (
    <button
      type="button"
      className={`${className}${selected ? ' is-selected' : ''}`}
      aria-label={visibleText(label) + marked}
      aria-pressed={selected}
      data-node={nodeKey(id)}
      {...(title === undefined ? {} : { title })}
      {...handlers}
      onClick={() => {
        select(id);
      }}
    >
      {children}
      {mark !== null && <span className="since-mark">{words.history.marks[mark]}</span>}
    </button>
  );
}

/** A finding names one address, whether or not it is folded with others. */
function isSame(selected: NodeId, id: NodeId, addresses: readonly string[] = []): boolean {
  if (nodeKey(selected) === nodeKey(id)) return true;
  if (selected.kind !== 'addresses' || id.kind !== 'addresses') return false;
  return selected.host === id.host && addresses.includes(selected.first);
}

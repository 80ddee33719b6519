/** Some cards at once, and the others when they are asked for. */
import type { ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';

export interface FoldProps {
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly label: string;
  readonly shown: readonly ReactNode[];
  readonly folded: readonly ReactNode[];
}

export function Fold({ isOpen, toggle, label, shown, folded }: FoldProps): ReactNode {
  return (
    <>
      {shown.length > 0 && <ul>{shown}</ul>}
      {folded.length > 0 && (
        <button type="button" className="findings-fold" aria-expanded={isOpen} onClick={toggle}>
          <Icon name={isOpen ? 'up' : 'down'} size={12} />
          {label}
        </button>
      )}
      {isOpen && folded.length > 0 && <ul>{folded}</ul>}
    </>
  );
}

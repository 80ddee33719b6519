/** Takes a line that has been read off the window. */
import type { ReactNode } from 'react';
import { words } from '../words/words.ts';
import { Icon } from './icon.tsx';

export interface DismissButtonProps {
  readonly dismiss: () => void;
  /** What it takes away, for those who hear it; without it, that it dismisses. */
  readonly label?: string;
}

export function DismissButton(props: DismissButtonProps): ReactNode {
  const { dismiss, label = words.frame.dismiss } = props;
  return (
    <button type="button" className="dismiss-button" aria-label={label} onClick={dismiss}>
      <Icon name="close" size={10} />
    </button>
  );
}

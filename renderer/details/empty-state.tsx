/** What a pane says while there is nothing to show: that it is still coming, or why it will not. */
import type { ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';

export interface EmptyStateProps {
  /** Something may still come. */
  readonly waiting: boolean;
  readonly text: string;
}

export function EmptyState({ waiting, text }: EmptyStateProps): ReactNode {
  return (
    <p className="details-empty" role="status">
      <Icon name={waiting ? 'clock' : 'ring'} size={16} tone={waiting ? 'pending' : 'none'} />
      <span>
        <Seen text={text} />
      </span>
    </p>
  );
}

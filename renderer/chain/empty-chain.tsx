/** The words beside the domain while there is no mail host to be drawn. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../ui/icon.tsx';
import { TONE_ICON } from '../ui/tone.ts';
import type { EmptyState } from './empty-words.ts';

export function EmptyChain({ state }: { readonly state: EmptyState | null }): ReactNode {
  if (state === null) return null;
  const { tone, title, text } = state;
  const icon: IconName = TONE_ICON[tone];
  return (
    <div className={`chain-empty is-${tone}`}>
      <Icon name={icon} tone={tone} size={20} />
      <p className="chain-empty-title">{title}</p>
      <p>{text}</p>
    </div>
  );
}

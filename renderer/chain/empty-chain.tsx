/** The words beside the domain while there is no mail host to be drawn. */
import type { NodeProps } from '@xyflow/react';
import { memo, type ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';
import { TONE_ICON } from '../ui/tone.ts';
import type { FlowNode } from './flow.ts';

type Props = NodeProps<Extract<FlowNode, { type: 'empty' }>>;

export const EmptyChain = memo(function EmptyChain({ data: { state } }: Props): ReactNode {
  const { tone, title, text } = state;
  return (
    <div className={`chain-empty is-${tone}`}>
      <Icon name={TONE_ICON[tone]} tone={tone} size={20} />
      <p className="chain-empty-title">{title}</p>
      <p>{text}</p>
    </div>
  );
});

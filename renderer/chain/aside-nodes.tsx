/** What stands beside the chain in its picture: lines, headings, folds, what is to come, and what to mend first. */
import type { NodeProps } from '@xyflow/react';
import { memo, useContext, type ReactNode } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { ChainContext } from './box.tsx';
import { foldKey, type FlowNode } from './flow.ts';
import { WireShape, WireWords } from './wire-shape.tsx';

type Props<T extends FlowNode['type']> = NodeProps<Extract<FlowNode, { type: T }>>;

export const Wires = memo(function Wires({ data: { wires, size } }: Props<'wires'>): ReactNode {
  return (
    <svg className="wires" width={size.width} height={size.height} aria-hidden>
      {wires.map((wire) => (
        <WireShape key={wire.key} wire={wire} />
      ))}
      {wires.map((wire) => (
        <WireWords key={wire.key} wire={wire} />
      ))}
    </svg>
  );
});

export const Heading = memo(function Heading({
  data: { text, note },
}: Props<'heading'>): ReactNode {
  return (
    <span className="column-heading">
      {text !== '' && <b>{text}</b>}
      {note !== '' && <span>{note}</span>}
    </span>
  );
});

export const Ghost = memo(function Ghost({ data: { text } }: Props<'ghost'>): ReactNode {
  return <span className="ghost">{text}</span>;
});

export const FoldedBox = memo(function FoldedBox({ data: { folded } }: Props<'folded'>): ReactNode {
  const { toggle } = useContext(ChainContext);
  const say = words.chain.fold;
  return (
    <button
      type="button"
      className={`folded${folded.open ? ' is-open' : ''}`}
      data-node={foldKey(folded)}
      aria-expanded={folded.open}
      title={folded.names.join('\n')}
      onClick={() => {
        toggle(folded.key);
      }}
    >
      <Icon name={folded.icon} tone={folded.tone} />
      <span className="cut">{folded.text}</span>
      <span className="folded-show">{folded.open ? say.hide : say.show}</span>
    </button>
  );
});

export const TroubleCard = memo(function TroubleCard({
  data: { trouble },
}: Props<'trouble'>): ReactNode {
  const { openTrouble, copy } = useContext(ChainContext);
  const say = words.chain.trouble;
  return (
    <section className="trouble" aria-label={say.title}>
      <p className="trouble-title">
        <Icon name="octagon" tone="err" />
        <span className="cut" title={trouble.title}>
          <Seen text={trouble.title} />
        </span>
      </p>
      <p className="trouble-sentence" title={trouble.sentence}>
        <Seen text={trouble.sentence} />
      </p>
      {trouble.remedy !== '' && (
        <pre className="trouble-remedy mono">
          {trouble.shown.map((line, index) => (
            <span key={index} className="cut">
              <Seen text={line} />
              {'\n'}
            </span>
          ))}
        </pre>
      )}
      <p className="trouble-actions">
        {trouble.remedy !== '' && (
          <CopyButton text={trouble.remedy} copy={copy} what={say.remedy} />
        )}
        <button type="button" className="text-link" onClick={openTrouble}>
          {say.open}
        </button>
      </p>
    </section>
  );
});

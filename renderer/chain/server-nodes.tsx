/** The right half of the picture: certificates as presented, and the addresses that presented them. */
import type { NodeProps } from '@xyflow/react';
import { memo, useContext, type ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { TONE_ICON } from '../ui/tone.ts';
import { visibleText } from '../ui/visible-text.ts';
import { words } from '../words/words.ts';
import { Box, ChainContext } from './box.tsx';
import type { FlowNode } from './flow.ts';
import type { AddressFold, CertificateRow, ChainNode } from './graph.ts';

type Props<T extends FlowNode['type']> = NodeProps<Extract<FlowNode, { type: T }>>;

export const CertificateBox = memo(function CertificateBox({
  data: { chain },
}: Props<'chain'>): ReactNode {
  const say = words.chain.certificate;
  const names = chain.rows.map(({ title, note }) => `${title} ${note}`.trim());
  return (
    <Box
      id={chain.id}
      className={`certificates is-${chain.tone}`}
      label={say.aloud(names.join(say.issuedBy))}
    >
      {chain.rows.map((row, index) => (
        <CertificateLine key={index} row={row} tone={index === 0 ? chain.tone : null} />
      ))}
    </Box>
  );
});

interface CertificateLineProps {
  readonly row: CertificateRow;
  /** Of the whole chain, shown at its first line; null elsewhere. */
  readonly tone: ChainNode['tone'] | null;
}

/** What is broken has its mark, so that the colour of the frame is not all that tells it. */
function CertificateLine({ row, tone }: CertificateLineProps): ReactNode {
  const isMarked = tone !== null && (row.depth === null || tone === 'err');
  return (
    <span className="presented-row" title={visibleText(row.title)}>
      {isMarked && <Icon name={TONE_ICON[tone]} tone={tone} size={12} />}
      <span className={`cut${row.depth === 0 ? ' is-leaf' : ''}`}>
        <Seen text={row.title} />
      </span>
      {row.note !== '' && <span className="presented-note">{row.note}</span>}
    </span>
  );
}

export const AddressBox = memo(function AddressBox({
  data: { address },
}: Props<'address'>): ReactNode {
  const { addresses, fold, note, tone } = address;
  const isMany = addresses.length > 1;
  const classes = [
    'address',
    isMany ? 'is-many' : 'mono',
    tone === 'err' ? 'is-err' : '',
    fold === null ? '' : 'has-fold',
  ];
  const aloud = words.chain.address.aloud(addresses.join(', '));
  return (
    <>
      <Box
        id={address.id}
        className={classes.filter((name) => name !== '').join(' ')}
        label={note === '' ? aloud : `${aloud}, ${note}`}
        title={addresses.join('\n')}
        addresses={addresses}
      >
        {tone === 'err' && <Icon name="octagon" tone="err" size={12} />}
        <span className="address-text">
          <span className="cut">{address.text}</span>
          {note !== '' && <span className="address-note">{note}</span>}
        </span>
      </Box>
      {fold !== null && <FoldButton fold={fold} />}
    </>
  );
});

function FoldButton({ fold: { key, count, open } }: { readonly fold: AddressFold }): ReactNode {
  const { toggle } = useContext(ChainContext);
  const label = (open ? words.chain.address.hide : words.chain.address.show)(count);
  return (
    <button
      type="button"
      className="fold-button"
      aria-expanded={open}
      aria-label={label}
      title={label}
      onClick={() => {
        toggle(key);
      }}
    >
      <Icon name={open ? 'minus' : 'plus'} size={11} />
    </button>
  );
}

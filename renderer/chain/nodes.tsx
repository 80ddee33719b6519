/** How each thing in the picture is drawn; every one is a button that selects itself. */
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { createContext, useContext, type ReactNode } from 'react';
import { nodeKey, type NodeId } from '../store/node-id.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { SECURITY_FACE, TONE_ICON } from '../ui/tone.ts';
import { useChainDrop, type ChainDrop } from '../ui/chain-drop.ts';
import { visibleText } from '../ui/visible-text.ts';
import type { FlowNode } from './flow.ts';

export interface ChainActions {
  readonly select: (id: NodeId) => void;
  readonly unfold: () => void;
  /** A chain in PEM was dropped on a host. */
  readonly giveChain: (host: string, text: string) => void;
}

export const ChainContext = createContext<ChainActions>({
  select: () => undefined,
  unfold: () => undefined,
  giveChain: () => undefined,
});

type Props<T extends FlowNode['type']> = NodeProps<Extract<FlowNode, { type: T }>>;

function DomainBox({ data: { domain, selected } }: Props<'domain'>): ReactNode {
  const icon = domain.security === null ? 'clock' : SECURITY_FACE[domain.security].icon;
  return (
    <Box
      id={domain.id}
      className="node"
      selected={selected}
      label={`${domain.name}, ${domain.text}`}
    >
      <span className="node-title" title={visibleText(domain.name)}>
        <Seen text={domain.name} />
      </span>
      <span className={`node-note tone-${domain.tone}`}>
        <Icon name={icon} size={12} />
        {domain.text}
      </span>
      <Out />
    </Box>
  );
}

function HostBox({ data: { host, selected } }: Props<'host'>): ReactNode {
  const { giveChain } = useContext(ChainContext);
  const drop = useChainDrop((text) => {
    giveChain(host.name, text);
  });
  const link = host.link === null || host.link === 'secure' ? null : host.link;
  return (
    <Box
      id={host.id}
      className={`node node-host${host.tone === 'err' ? ' is-err' : ''}${drop.over ? ' is-drop-target' : ''}`}
      selected={selected}
      handlers={drop.handlers}
      title="A certificate chain in PEM can be dropped here, to be judged in place of what the host presents"
      label={[`mail host ${host.name}`, host.text, link, host.ancestorFault]
        .filter((part) => part !== null)
        .join(', ')}
    >
      <span className="node-title" title={visibleText(host.name)}>
        <Icon name={host.icon} tone={host.tone} />
        <span className="cut">
          <Seen text={host.name} />
        </span>
      </span>
      <span className="node-note">
        <span className="cut">{host.text}</span>
        {host.ancestorFault !== null && (
          <span className="node-link" title={host.ancestorFault}>
            <Icon name="octagon" tone="err" size={12} />
          </span>
        )}
        {link !== null && (
          <span
            className="node-link"
            title={`the way from the domain to here is ${SECURITY_FACE[link].word}`}
          >
            <Icon name={SECURITY_FACE[link].icon} tone={SECURITY_FACE[link].tone} size={12} />
          </span>
        )}
      </span>
      <In />
      <Out />
    </Box>
  );
}

function RecordChip({ data: { record, selected } }: Props<'record'>): ReactNode {
  const kind = record.isRecord ? `TLSA record ${record.text}` : record.text;
  const link = record.link === null ? '' : `, ${SECURITY_FACE[record.link].word}`;
  return (
    <>
      <Box
        id={record.id}
        className={`chip is-${record.tone}${record.isRecord ? ' mono' : ' is-placeholder'}${record.looseEnd === null ? '' : ' is-loose'}`}
        selected={selected}
        label={`${kind}, ${record.note}${link}${record.looseEnd === null ? '' : `, ${record.looseEnd}`}`}
        title={visibleText(record.title)}
      >
        <span className="cut">{record.text}</span>
        {record.note !== '' && <span className="chip-note">{record.note}</span>}
        <In />
        <Out />
      </Box>
      {record.looseEnd !== null && (
        <span className="loose-end" aria-hidden>
          <span className="loose-line" />
          <span className="loose-label">{record.looseEnd}</span>
        </span>
      )}
    </>
  );
}

function CertificateBox({ data: { chain, selected } }: Props<'chain'>): ReactNode {
  const names = chain.rows.map((row) => `${row.title} ${row.note}`).join(', issued by ');
  return (
    <Box
      id={chain.id}
      className={`certificates is-${chain.tone}`}
      selected={selected}
      label={`presented: ${names}`}
    >
      {chain.rows.map((row, index) => (
        <span key={index} className="certificate-row" title={visibleText(row.title)}>
          <Handle
            type="target"
            position={Position.Left}
            id={`row-${index}`}
            isConnectable={false}
          />
          {row.depth === null && index === 0 && (
            <Icon name={TONE_ICON[chain.tone]} tone={chain.tone} size={12} />
          )}
          <span className={`cut${row.depth === 0 ? ' is-leaf' : ''}`}>
            <Seen text={row.title} />
          </span>
          {row.note !== '' && <span className="certificate-note">{row.note}</span>}
        </span>
      ))}
      <Out />
    </Box>
  );
}

function AddressBox({ data: { address, selected } }: Props<'address'>): ReactNode {
  return (
    <Box
      id={address.id}
      className={`address mono${address.tone === 'err' ? ' is-err' : ''}`}
      selected={selected}
      label={`address ${address.addresses.join(', ')}`}
      title={address.addresses.join('\n')}
    >
      <span className="cut">{address.text}</span>
      <In />
    </Box>
  );
}

function FoldedBox({ data: { folded } }: Props<'folded'>): ReactNode {
  const { unfold } = useContext(ChainContext);
  return (
    <button type="button" className="folded" onClick={unfold}>
      <Icon name={TONE_ICON[folded.tone]} tone={folded.tone} />
      {folded.text}
      <span className="folded-show">Show all</span>
    </button>
  );
}

function Heading({ data: { text, note } }: Props<'heading'>): ReactNode {
  return (
    <span className="column-heading">
      {text !== '' && <b>{text}</b>}
      {note !== '' && <span>{note}</span>}
    </span>
  );
}

interface BoxProps {
  readonly id: NodeId;
  readonly className: string;
  readonly selected: boolean;
  readonly label: string;
  readonly title?: string;
  readonly handlers?: ChainDrop['handlers'];
  readonly children: ReactNode;
}

function Box({ id, className, selected, label, title, handlers, children }: BoxProps): ReactNode {
  const { select } = useContext(ChainContext);
  return (
    <button
      type="button"
      className={`${className}${selected ? ' is-selected' : ''}`}
      aria-label={visibleText(label)}
      aria-pressed={selected}
      data-node={nodeKey(id)}
      {...(title === undefined ? {} : { title })}
      {...handlers}
      onClick={() => {
        select(id);
      }}
    >
      {children}
    </button>
  );
}

function In(): ReactNode {
  return <Handle type="target" position={Position.Left} isConnectable={false} />;
}

function Out(): ReactNode {
  return <Handle type="source" position={Position.Right} isConnectable={false} />;
}

export const nodeTypes = {
  domain: DomainBox,
  host: HostBox,
  record: RecordChip,
  chain: CertificateBox,
  address: AddressBox,
  folded: FoldedBox,
  heading: Heading,
};

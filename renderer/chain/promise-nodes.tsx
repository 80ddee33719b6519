/** The left half of the picture: domain, mail hosts, TLSA records. */
import type { NodeProps } from '@xyflow/react';
import { memo, useContext, type ReactNode } from 'react';
import type { Security } from '../../shared/inspection/report.ts';
import { useChainDrop } from '../ui/chain-drop.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { SECURITY_FACE } from '../ui/tone.ts';
import { visibleText } from '../ui/visible-text.ts';
import { words } from '../words/words.ts';
import { Box, ChainContext } from './box.tsx';
import type { FlowNode } from './flow.ts';

type Props<T extends FlowNode['type']> = NodeProps<Extract<FlowNode, { type: T }>>;

export const DomainBox = memo(function DomainBox({ data: { domain } }: Props<'domain'>): ReactNode {
  const unknown = domain.tone === 'pending' ? 'clock' : 'question';
  const icon = domain.security === null ? unknown : SECURITY_FACE[domain.security].icon;
  const label = `${domain.name}, ${domain.text}`;
  return (
    <Box id={domain.id} className="node" label={label}>
      <span className="node-title" title={visibleText(domain.name)}>
        <span className="cut">
          <Seen text={domain.name} />
        </span>
      </span>
      <span className={`node-note tone-${domain.tone}`}>
        <Icon name={icon} size={12} />
        {domain.text}
      </span>
    </Box>
  );
});

export const HostBox = memo(function HostBox({
  data: { host, troubled },
}: Props<'host'>): ReactNode {
  const { giveChain } = useContext(ChainContext);
  const drop = useChainDrop((text) => {
    giveChain(host.name, text);
  });
  const say = words.chain.host;
  const status = host.link === null ? null : SECURITY_FACE[host.link].word;
  const facts = [say.aloud(host.name), host.text, status, host.ancestorFault];
  const classes = [
    'node node-host',
    host.tone === 'err' ? 'is-err' : '',
    troubled ? 'is-troubled' : '',
    drop.over ? 'is-drop-target' : '',
  ];
  return (
    <>
      <WayWord link={host.link} title={status === null ? '' : say.way(status)} text={status} />
      <Box
        id={host.id}
        className={classes.filter((name) => name !== '').join(' ')}
        handlers={drop.handlers}
        title={say.drop}
        label={facts.filter((part) => part !== null).join(', ')}
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
        </span>
      </Box>
    </>
  );
});

interface WayWordProps {
  readonly link: Security | null;
  readonly title: string;
  readonly text: string | null;
}

/** The word for the line that ends here, beside its colour and its dash; read out with the thing itself. */
function WayWord({ link, title, text }: WayWordProps): ReactNode {
  if (link === null || text === null) return null;
  const { tone, icon } = SECURITY_FACE[link];
  return (
    <span className={`way-word tone-${tone}`} title={title} aria-hidden>
      <Icon name={icon} size={10} />
      {text}
    </span>
  );
}

export const RecordChip = memo(function RecordChip({
  data: { record, way },
}: Props<'record'>): ReactNode {
  const { isRecord, looseEnd, tone } = record;
  const status = record.link === null ? '' : SECURITY_FACE[record.link].word;
  const kind = isRecord ? words.chain.record.aloud(record.text) : record.text;
  const facts = [kind, record.note, status, looseEnd ?? ''];
  const shape = isRecord ? 'mono' : 'is-placeholder';
  return (
    <>
      <WayWord link={record.link} title={way ?? ''} text={way} />
      <Box
        id={record.id}
        className={`chip is-${tone} ${shape}${looseEnd === null ? '' : ' is-loose'}`}
        label={facts.filter((part) => part !== '').join(', ')}
        title={visibleText(record.title)}
      >
        <span className="cut">{record.text}</span>
        {record.note !== '' && <span className="chip-note">{record.note}</span>}
      </Box>
      {looseEnd !== null && (
        <span className={`loose-end is-${tone}`} aria-hidden>
          <span className="loose-line" />
          <span className="loose-label">{looseEnd}</span>
        </span>
      )}
    </>
  );
});

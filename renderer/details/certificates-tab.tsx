/** The certificates as presented: each chain with what it equals, decoded one by one. */
import { useState, type ReactNode } from 'react';
import { presentedChains } from '../../shared/inspection/presented-chains.ts';
import type { HostReport, ProbeReport, Report } from '../../shared/inspection/report.ts';
import { servedChainCommand } from '../../shared/elsewhere/command-mail.ts';
import type { NodeId } from '../store/node-id.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { TONE_ICON } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import { Certificate } from './certificate.tsx';
import { chainRemarks, placeWord } from './chain-words.ts';
import { commandChoices } from './command-choices.ts';
import { CopyMenu } from './copy-menu.tsx';
import { EmptyState } from './empty-state.tsx';
import { RecordFates } from './record-fates.tsx';
import { mailServer } from './smtp-copies.ts';
import { timeLine } from './validity.ts';

const said = words.details.certificates;

export interface CertificatesTabProps {
  readonly report: Report;
  readonly host: HostReport;
  readonly node: NodeId;
}

export function CertificatesTab({ report, host, node }: CertificatesTabProps): ReactNode {
  const wanted = node.kind === 'chain' ? node.index : null;
  const chains = presentedChains(host).filter((_, index) => wanted === null || index === wanted);
  const presented = chains.flatMap(({ probe, addresses }) =>
    probe === null || probe.chain.length === 0 ? [] : [{ probe, addresses }],
  );
  if (presented.length === 0) {
    const text = chains[0]?.probe?.error ?? (report.finished ? said.none : said.waiting);
    return <EmptyState waiting={!report.finished} text={text} />;
  }
  return (
    <div className="certificates-tab">
      {presented.map(({ probe, addresses }, index) => (
        <Chain key={index} report={report} host={host} probe={probe} addresses={addresses} />
      ))}
    </div>
  );
}

interface ChainProps {
  readonly report: Report;
  readonly host: HostReport;
  readonly probe: ProbeReport;
  readonly addresses: readonly string[];
}

/** Certificates that are open at once: longer chains are read one by one. */
const MAX_OPEN = 4;

function Chain({ report, host, probe, addresses }: ChainProps): ReactNode {
  const [turned, setTurned] = useState<ReadonlySet<number>>(new Set());
  const { chain } = probe;
  const { at } = report;
  const spans = chain.map(({ notBefore, notAfter }) => ({ from: notBefore, until: notAfter }));
  const line = timeLine(spans, at);
  const [address] = addresses;
  const server =
    probe.source === 'file' || address === undefined
      ? null
      : mailServer(report, host, address, probe);
  const turn = (depth: number): void => {
    const next = new Set(turned);
    if (!next.delete(depth)) next.add(depth);
    setTurned(next);
  };
  return (
    <section aria-label={said.chainOf(addresses.join(', '))}>
      <h3>
        {probe.source === 'file' ? said.fromFile : said.presentedBy}{' '}
        <span className="mono">{addresses.join(', ')}</span>
        {probe.keyType !== null && <span className="tag">{probe.keyType}</span>}
        <CopyMenu
          what={said.whatChain(addresses.join(', '))}
          choices={[
            { ...said.asPem, text: () => pemOf(probe) },
            ...(server === null
              ? []
              : commandChoices([
                  { about: said.chainCommand, command: servedChainCommand(server) },
                ])),
          ]}
        />
      </h3>
      <ul className="remarks">
        {chainRemarks(probe).map(({ tone, text }) => (
          <li key={text}>
            <Icon name={TONE_ICON[tone]} tone={tone} size={12} />
            <Seen text={text} />
          </li>
        ))}
      </ul>
      <RecordFates host={host} probe={probe} />
      <ol>
        {chain.map((certificate, depth) => (
          <Certificate
            key={depth}
            certificate={certificate}
            depth={depth}
            place={placeWord(probe, depth)}
            matched={matchedAt(host, probe, depth)}
            records={recordsAt(host, probe, depth)}
            server={server}
            at={at}
            period={line.periods[depth] ?? null}
            now={line.now}
            open={depth < MAX_OPEN !== turned.has(depth)}
            onTurn={() => {
              turn(depth);
            }}
          />
        ))}
      </ol>
    </section>
  );
}

function pemOf({ chain }: ProbeReport): string {
  return chain.map(({ pem }) => `${pem.trim()}\n`).join('');
}

function recordsAt(host: HostReport, probe: ProbeReport, depth: number) {
  return probe.associations.flatMap(({ matches, matchedDepth }, index) => {
    const record = host.tlsa.records[index];
    return matches && matchedDepth === depth && record !== undefined ? record : [];
  });
}

/** The records that equal it, in short form. */
function matchedAt(host: HostReport, probe: ProbeReport, depth: number): readonly string[] {
  return recordsAt(host, probe, depth).map(
    ({ usage, selector, matchingType, data }) =>
      `${usage} ${selector} ${matchingType} ${data.slice(0, 8)}…`,
  );
}

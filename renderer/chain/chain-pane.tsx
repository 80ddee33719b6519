/** The pane that holds the picture, as chain or as outline, with its legend. */
import { SegmentedControl } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import type { Report } from '../../shared/inspection/report.ts';
import { giveChain, useInspection } from '../store/inspection-store.ts';
import { hostOf, nodeKey, type NodeId } from '../store/node-id.ts';
import { selectNode, showPicture, useSelection, type Picture } from '../store/selection-store.ts';
import { ChainCanvas } from './chain-canvas.tsx';
import type { ChainGraph } from './graph.ts';
import { emptyWords } from './empty-words.ts';
import { Legend } from './legend.tsx';
import { OutlineTree } from './outline-tree.tsx';
import { toOutline } from './outline.ts';
import { toGraph } from './to-graph.ts';

export function ChainPane(): ReactNode {
  const report = useInspection((state) => state.report);
  const ended = useInspection(({ phase }) => phase !== 'running' && phase !== 'starting');
  return report === null ? null : <Picture key={report.domain} report={report} ended={ended} />;
}

interface PictureProps {
  readonly report: Report;
  readonly ended: boolean;
}

function Picture({ report, ended }: PictureProps): ReactNode {
  const picture = useSelection((state) => state.picture);
  const selected = useSelection((state) => state.node);
  const [asked, setAsked] = useState(false);
  const folded = useMemo(() => toGraph(report, { unfolded: false, ended }), [report, ended]);
  // A host that a finding leads to must be seen.
  const unfolded = asked || isFoldedAway(folded, selected);
  const graph = useMemo(
    () => (unfolded ? toGraph(report, { unfolded, ended }) : folded),
    [report, unfolded, ended, folded],
  );
  const outline = useMemo(
    () => toOutline(toGraph(report, { unfolded: true, ended })),
    [report, ended],
  );
  const key = selected === null ? null : nodeKey(selected);
  return (
    <section className="chain-pane" aria-label="The chain from DNS to the mail servers">
      {picture === 'chain' ? (
        <ChainCanvas
          graph={graph}
          selected={key}
          select={selectNode}
          unfold={() => {
            setAsked(true);
          }}
          giveChain={takeChain}
          empty={emptyWords(report, ended)}
        />
      ) : (
        <OutlineTree root={outline} selected={key} select={selectNode} />
      )}
      <footer className="chain-footer">
        {picture === 'chain' ? <Legend /> : <span />}
        <SegmentedControl
          size="xs"
          aria-label="Show as"
          value={picture}
          data={[
            { value: 'chain', label: 'Chain' },
            { value: 'outline', label: 'Outline' },
          ]}
          onChange={(value) => {
            showPicture(asPicture(value));
          }}
        />
      </footer>
    </section>
  );
}

function takeChain(host: string, text: string): void {
  void giveChain(host, text);
}

function isFoldedAway(graph: ChainGraph, selected: NodeId | null): boolean {
  const host = selected === null ? null : hostOf(selected);
  return host !== null && graph.folded?.names.includes(host) === true;
}

function asPicture(value: string): Picture {
  return value === 'outline' ? 'outline' : 'chain';
}

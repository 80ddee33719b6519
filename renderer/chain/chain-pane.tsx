/** The pane that holds the picture, as chain or as outline, with its legend. */
import { SegmentedControl } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import type { Report } from '../../shared/inspection/report.ts';
import { giveChain, useInspection, type Phase } from '../store/inspection-store.ts';
import {
  selectFinding,
  selectNode,
  showPicture,
  useSelection,
  type Picture,
} from '../store/selection-store.ts';
import { copyText } from '../store/settings-store.ts';
import { words } from '../words/words.ts';
import type { ChainActions } from './box.tsx';
import { ChainCanvas } from './chain-canvas.tsx';
import { Legend } from './legend.tsx';
import { OutlineTree } from './outline-tree.tsx';
import { toOutline } from './outline.ts';
import { PrintSheet } from './print-sheet.tsx';
import { selectedKey } from './selected-node.ts';
import { HOSTS_SINGLY, toGraph } from './to-graph.ts';
import { firstTrouble, type FoundTrouble } from './trouble.ts';
import { useFoldedPicture } from './unfolding.ts';

export function ChainPane(): ReactNode {
  const report = useInspection((state) => state.report);
  const phase = useInspection((state) => state.phase);
  return report === null ? null : <Pane key={report.domain} report={report} phase={phase} />;
}

interface PaneProps {
  readonly report: Report;
  readonly phase: Phase;
}

function Pane({ report, phase }: PaneProps): ReactNode {
  const picture = useSelection((state) => state.picture);
  const ended = phase !== 'running' && phase !== 'starting';
  const found = useMemo(
    () => (phase === 'finished' ? firstTrouble(report) : null),
    [phase, report],
  );
  return (
    <section className="chain-pane" aria-label={words.chain.title}>
      {picture === 'chain' ? (
        <Chain report={report} ended={ended} found={found} />
      ) : (
        <Outline report={report} ended={ended} found={found} />
      )}
      <footer className="chain-footer">
        {picture === 'chain' ? <Legend /> : <span />}
        <SegmentedControl
          size="xs"
          aria-label={words.chain.showAs}
          value={picture}
          data={[
            { value: 'chain', label: words.chain.chain },
            { value: 'outline', label: words.chain.outline },
          ]}
          onChange={(value) => {
            showPicture(asPicture(value));
          }}
        />
      </footer>
      <PrintSheet report={report} />
    </section>
  );
}

interface PictureProps {
  readonly report: Report;
  readonly ended: boolean;
  readonly found: FoundTrouble | null;
}

function Chain({ report, ended, found }: PictureProps): ReactNode {
  const selected = useSelection((state) => state.node);
  const asked = useSelection((state) => state.asked);
  const trouble = found?.trouble ?? null;
  const folded = useFoldedPicture(report, ended, trouble, selected);
  const { toggle } = folded;
  const actions = useMemo(
    (): ChainActions => ({
      select: selectNode,
      toggle,
      copy: copyText,
      giveChain: (host, text) => {
        void giveChain(host, text);
      },
      openTrouble: () => {
        if (found !== null) selectFinding(report, found.finding);
      },
    }),
    [toggle, report, found],
  );
  return (
    <ChainCanvas
      graph={folded.graph}
      actions={actions}
      selected={selected}
      asked={asked}
      unfolded={folded.unfolded}
      toggleAll={folded.toggleAll}
    />
  );
}

function Outline({ report, ended, found }: PictureProps): ReactNode {
  const selected = useSelection((state) => state.node);
  const trouble = found?.trouble ?? null;
  const graph = useMemo(
    () => toGraph(report, { ended, unfolding: HOSTS_SINGLY, trouble }),
    [report, ended, trouble],
  );
  const outline = useMemo(() => toOutline(graph), [graph]);
  const key = selectedKey(graph, selected);
  return <OutlineTree root={outline} selected={key} select={selectNode} />;
}

function asPicture(value: string): Picture {
  return value === 'outline' ? 'outline' : 'chain';
}

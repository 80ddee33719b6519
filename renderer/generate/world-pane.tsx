/** “Compared with the world”: for each host and port, what is published and presented now. */
import { Button } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import type { Wanted } from '../../shared/publish/wanted.ts';
import type { MaterialView } from '../store/material-view.ts';
import { lookAtHost } from '../store/world-store.ts';
import { TargetCard } from './target-card.tsx';
import { targetsOf, type Target } from './targets.ts';
import { words } from '../words/words.ts';

const { world: said } = words.generate;

/** Hosts that are offered to be looked at; each look asks all name servers and mail servers of a host. */
const MOST_TARGETS = 20;
/** Hosts looked at by one press. */
const MOST_AT_ONCE = 8;

export interface WorldPaneProps {
  readonly view: MaterialView;
  readonly wanted: Wanted;
}

export function WorldPane({ view, wanted }: WorldPaneProps): ReactNode {
  const targets = useMemo(() => targetsOf(wanted.records), [wanted]);
  const shown = targets.slice(0, MOST_TARGETS);
  return (
    <section className="world-pane" aria-labelledby="world-title">
      <header>
        <h2 id="world-title">{said.title}</h2>
        {shown.length > 1 && shown.length <= MOST_AT_ONCE && (
          <Button size="xs" variant="default" onClick={() => void lookAtAll(shown)}>
            {said.lookAtAll(shown.length)}
          </Button>
        )}
      </header>
      <p className="dim">{targets.length === 0 ? said.noHost : said.asks}</p>
      {shown.map((target) => (
        <TargetCard key={`${target.host} ${target.port}`} target={target} view={view} />
      ))}
      {targets.length > shown.length && (
        <p className="dim">{said.more(targets.length - shown.length)}</p>
      )}
    </section>
  );
}

/** One after the other: all their servers at once would be a flood. */
async function lookAtAll(targets: readonly Target[]): Promise<void> {
  for (const { host, port } of targets) await lookAtHost(host, port);
}

/** The Generate screen: what was dropped, and the TLSA records to publish for it. */
import { useMemo, type ReactNode } from 'react';
import { useMaterials } from '../store/material-store.ts';
import { viewOf } from '../store/material-view.ts';
import { recordsFor, usePublish } from '../store/publish-store.ts';
import { EmptyScreen } from './empty-screen.tsx';
import { MaterialPane } from './material-pane.tsx';
import { rowsOf } from './material-rows.ts';
import { isNothing, RecordsPane } from './records-pane.tsx';
import { WorldPane } from './world-pane.tsx';

export function GenerateScreen(): ReactNode {
  const files = useMaterials((state) => state.files);
  const problems = useMaterials((state) => state.problems);
  const choices = usePublish();
  const view = viewOf(files);
  const wanted = useMemo(() => recordsFor(view, choices), [view, choices]);
  const rows = useMemo(() => rowsOf(files, view, wanted.records), [files, view, wanted]);
  if (files.length === 0 && problems.length === 0) return <EmptyScreen />;
  return (
    <div className="generate">
      <MaterialPane rows={rows} />
      <div className="generate-right scroll">
        <RecordsPane view={view} wanted={wanted} />
        {!isNothing(view) && <WorldPane view={view} wanted={wanted} />}
      </div>
    </div>
  );
}

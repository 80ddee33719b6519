/** The records to publish: where they go, of which kind, in which form, and the text to take along. */
import type { ReactNode } from 'react';
import { adviseOnSet } from '../../shared/publish/set-advice.ts';
import type { Wanted } from '../../shared/publish/wanted.ts';
import type { MaterialView } from '../store/material-view.ts';
import { usePublish } from '../store/publish-store.ts';
import { countText } from '../ui/time.ts';
import { HostsField } from './hosts-field.tsx';
import { KindsField } from './kinds-field.tsx';
import { PortsField } from './ports-field.tsx';
import { Problems } from './problems.tsx';
import { RecordText } from './record-text.tsx';

export interface RecordsPaneProps {
  readonly view: MaterialView;
  readonly wanted: Wanted;
}

export function RecordsPane({ view, wanted }: RecordsPaneProps): ReactNode {
  const format = usePublish((state) => state.format);
  return (
    <section className="records-pane" aria-label="Records to publish">
      <h2>
        Records to publish{' '}
        <span className="dim">{countText(wanted.records.length, 'record', 'records')}</span>
      </h2>
      <div className="publish-fields">
        <HostsField view={view} wanted={wanted} />
        <PortsField />
        <KindsField view={view} />
      </div>
      <Problems
        texts={[
          ...view.description.remarks.map(({ text }) => text),
          ...wanted.problems,
          ...adviseOnSet(wanted.records).map(({ text }) => text),
        ]}
      />
      <RecordText key={format} wanted={wanted} />
    </section>
  );
}

/** The records to publish: where they go, of which kind, in which form, and the text to take along. */
import type { ReactNode } from 'react';
import type { Wanted } from '../../shared/publish/wanted.ts';
import type { MaterialView } from '../store/material-view.ts';
import { usePublish } from '../store/publish-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { countText } from '../ui/time.ts';
import { FormatField } from './format-field.tsx';
import { HostsField } from './hosts-field.tsx';
import { KindsField } from './kinds-field.tsx';
import { PortsField } from './ports-field.tsx';
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
        <FormatField />
      </div>
      {wanted.problems.length > 0 && (
        <ul className="left-out">
          {wanted.problems.map((problem) => (
            <li key={problem}>
              <Icon name="triangle" tone="warn" size={12} />
              <span>
                <Seen text={problem} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <RecordText key={format} wanted={wanted} />
    </section>
  );
}

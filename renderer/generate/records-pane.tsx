/** The records to publish: where they go, of which kind, in which form, and the text to take along. */
import type { ReactNode } from 'react';
import { adviseOnSet } from '../../shared/publish/set-advice.ts';
import type { Wanted } from '../../shared/publish/wanted.ts';
import type { MaterialView } from '../store/material-view.ts';
import { useMaterials } from '../store/material-store.ts';
import { usePublish } from '../store/publish-store.ts';
import { HostsField } from './hosts-field.tsx';
import { KindsField } from './kinds-field.tsx';
import { PortsField } from './ports-field.tsx';
import { Problems } from './problems.tsx';
import { RecordText } from './record-text.tsx';
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { records: said } = words.generate;

export interface RecordsPaneProps {
  readonly view: MaterialView;
  readonly wanted: Wanted;
}

export function RecordsPane({ view, wanted }: RecordsPaneProps): ReactNode {
  return (
    <section className="records-pane" aria-label={said.region}>
      <h2>
        <Said
          parts={said.title(<span className="dim">{said.count(wanted.records.length)}</span>)}
        />
      </h2>
      {isNothing(view) ? <Nothing /> : <Chosen view={view} wanted={wanted} />}
    </section>
  );
}

/** There is nothing that records could be made of. */
export function isNothing({ arranged: { servers, issuers, keys } }: MaterialView): boolean {
  return servers.length + issuers.length + keys.length === 0;
}

function Nothing(): ReactNode {
  const isReading = useMaterials(({ files }) => files.some(({ phase }) => phase === 'waiting'));
  const isLocked = useMaterials(({ files }) => files.some(({ phase }) => phase === 'locked'));
  if (isReading) return <p className="dim">{said.reading}</p>;
  return <p className="dim">{isLocked ? said.locked : said.nothing}</p>;
}

function Chosen({ view, wanted }: RecordsPaneProps): ReactNode {
  const format = usePublish((state) => state.format);
  return (
    <>
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
    </>
  );
}

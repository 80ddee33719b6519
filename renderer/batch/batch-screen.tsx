/** The Batch screen: a list of domains, worked through into a table. */
import { useEffect, useState, type ReactNode } from 'react';
import { takeList, takeListFiles } from '../store/batch-actions.ts';
import { openBatch, useBatch } from '../store/batch-store.ts';
import { Icon } from '../ui/icon.tsx';
import { words } from '../words/words.ts';
import { BatchDetails } from './batch-details.tsx';
import { BatchFilters } from './batch-filters.tsx';
import { BatchHead } from './batch-head.tsx';
import { BatchIntake } from './batch-intake.tsx';
import { BatchNotes, Refusal } from './batch-notes.tsx';
import { BatchQuestions } from './batch-questions.tsx';
import { BatchTable } from './batch-table.tsx';
import { isListDrop } from './list-drop.ts';

export function BatchScreen(): ReactNode {
  const phase = useBatch((view) => view.state?.phase ?? null);
  const isReading = useBatch((view) => view.busy === 'reading');
  const [over, setOver] = useState(false);
  useEffect(() => void openBatch(), []);
  usePastedList();
  return (
    // Dropping is one way of several: the buttons do the same.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="batch"
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        // The window would offer to take certificates.
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={({ relatedTarget, currentTarget }) => {
        const inside = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
        if (!inside) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        const files = [...event.dataTransfer.files];
        // Certificates and cases go where they go on every screen.
        if (!isListDrop(files)) return;
        event.preventDefault();
        event.stopPropagation();
        void takeListFiles(files);
      }}
    >
      <h2 className="unseen">{words.batch.title}</h2>
      <Refusal />
      {phase === 'empty' && <BatchIntake />}
      {phase !== null && phase !== 'empty' && <OpenList />}
      {isReading && (
        <p className="batch-reading" role="status">
          {words.batch.reading}
        </p>
      )}
      {over && (
        <div className="drop-overlay" aria-hidden>
          <p>
            <Icon name="list" size={18} />
            {words.batch.empty.drop}
          </p>
        </div>
      )}
      <BatchQuestions />
    </div>
  );
}

function OpenList(): ReactNode {
  return (
    <>
      <BatchHead />
      <BatchNotes />
      <BatchFilters />
      <BatchTable />
      <BatchDetails />
    </>
  );
}

/** Where no field has the focus a pasted text is a list; keys and certificates are taken by the window. */
function usePastedList(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { clipboardData: data, target } = event;
      const isField =
        target instanceof Element &&
        target.closest('input, textarea, select, [role="dialog"]') !== null;
      if (data === null || event.defaultPrevented || isField) return;
      const text = data.getData('text');
      if (text.trim() === '' || text.includes('-----BEGIN ')) return;
      event.preventDefault();
      void takeList(text);
    };
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('paste', onPaste);
    };
  }, []);
}

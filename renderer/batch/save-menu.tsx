/** The formats in which the rows that are shown can be saved, and what came of it. */
import { Button, Loader, Menu } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { rowsShown } from '../../shared/batch/view.ts';
import { saveRows } from '../store/batch-actions.ts';
import { dismissSaved, useBatch } from '../store/batch-store.ts';
import { DismissButton } from '../ui/dismiss-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';

const said = words.batch;
const FORMATS = ['csv', 'html', 'markdown', 'json'] as const;
/** Milliseconds for which good news stays: a path takes a while to read. */
const SAID_MS = 8000;

export function SaveMenu(): ReactNode {
  const isSaving = useBatch(({ busy }) => busy === 'saving');
  const isEmpty = useBatch(({ rows }) => rows.length === 0);
  return (
    <div className="report-place">
      <Menu
        position="bottom-end"
        offset={4}
        width={360}
        transitionProps={{ duration: 0 }}
        // It would be a child that no menu may have (WAI-ARIA 1.2, role menu).
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <Button
            h={34}
            variant="default"
            disabled={isEmpty || isSaving}
            title={said.buttons.saveHint}
            rightSection={
              isSaving ? <Loader size={10} color="var(--accent)" /> : <Icon name="down" size={10} />
            }
          >
            {said.buttons.save}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className="report-menu" aria-label={said.buttons.save}>
          {FORMATS.map((format) => (
            <Menu.Item key={format} onClick={() => void saveRows(format)}>
              <span className="report-choice">
                <span>{said.formats[format].name}</span>
                <span className="dim">{said.formats[format].about}</span>
              </span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {isSaving ? <Saving /> : <Saved />}
    </div>
  );
}

function Saving(): ReactNode {
  const { rows, filter, order } = useBatch();
  return (
    <div className="report-note" role="status">
      <span className="report-words">{said.saving(rowsShown(rows, filter, order).length)}</span>
    </div>
  );
}

function Saved(): ReactNode {
  const saved = useBatch((view) => view.saved);
  useEffect(() => {
    if (saved?.ok !== true) return;
    const timer = setTimeout(dismissSaved, SAID_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [saved]);
  if (saved === null) return null;
  return (
    <div
      className={`report-note${saved.ok ? '' : ' is-failed'}`}
      role={saved.ok ? 'status' : 'alert'}
    >
      <Icon name={saved.ok ? 'tick' : 'triangle'} tone={saved.ok ? 'ok' : 'warn'} />
      <span className="report-words">
        <Seen text={saved.message} />
      </span>
      <DismissButton dismiss={dismissSaved} />
    </div>
  );
}

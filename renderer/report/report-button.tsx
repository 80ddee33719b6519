/** The button with the formats in which a report can be saved, and the line that says what came of it. */
import { Button, Loader, Menu } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import type { ReportFormat } from '../../shared/ipc/contract.ts';
import { useInspection } from '../store/inspection-store.ts';
import {
  canSave,
  copyReport,
  dismissSaving,
  saveReport,
  showReportMenu,
  useSaving,
} from '../store/report-save.ts';
import { DismissButton } from '../ui/dismiss-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';

const { report: said } = words;

export function ReportButton(): ReactNode {
  const shown = useInspection((state) => state.report !== null);
  const ready = useInspection(canSave);
  const { menu, phase, message } = useSaving();
  if (!shown) return null;
  return (
    <div className="report-place">
      <Menu
        opened={menu && ready}
        onChange={showReportMenu}
        // At the end of the page it would stand outside every landmark.
        withinPortal={false}
        position="bottom-end"
        offset={4}
        width={412}
        transitionProps={{ duration: 0 }}
        // It would be a child that no menu may have (WAI-ARIA 1.2, role menu).
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <Button
            variant="default"
            h={34}
            disabled={!ready}
            title={ready ? said.buttonHint : said.notYet}
            rightSection={
              phase === 'working' ? (
                <Loader size={10} color="var(--accent)" />
              ) : (
                <Icon name="down" size={10} />
              )
            }
          >
            {said.button}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className="report-menu" aria-label={said.button}>
          {FORMATS.map((format) => (
            <Menu.Item key={format} onClick={() => void saveReport(format)}>
              <Choice {...said.formats[format]} />
            </Menu.Item>
          ))}
          <Menu.Divider role="separator" />
          <Menu.Item onClick={() => void copyReport()}>
            <Choice {...said.copyAs} />
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <SavingNote key={message} />
    </div>
  );
}

const FORMATS: readonly ReportFormat[] = ['html', 'pdf', 'markdown', 'csv', 'json', 'case'];

function Choice({ name, about }: { readonly name: string; readonly about: string }): ReactNode {
  return (
    <span className="report-choice">
      <span>{name}</span>
      <span className="dim">{about}</span>
    </span>
  );
}

/** Milliseconds for which good news stays: a path takes a while to read. */
const SAID_MS = 8000;

function SavingNote(): ReactNode {
  const { phase, message, format } = useSaving();
  useEffect(() => {
    if (phase !== 'done') return;
    const timer = setTimeout(dismissSaving, SAID_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [phase]);
  if (message === null) return null;
  const failed = phase === 'failed';
  return (
    <div className={`report-note${failed ? ' is-failed' : ''}`} role={failed ? 'alert' : 'status'}>
      <Icon name={failed ? 'triangle' : 'tick'} tone={failed ? 'warn' : 'ok'} />
      <span className="report-words">
        <Seen text={message} />
      </span>
      {failed && format !== null && (
        <button type="button" className="text-link" onClick={() => void saveReport(format)}>
          {said.saveElsewhere}
        </button>
      )}
      <DismissButton dismiss={dismissSaving} />
    </div>
  );
}

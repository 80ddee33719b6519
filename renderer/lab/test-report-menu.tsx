/** The formats in which what was seen can be saved, and what came of it. */
import { Button, Loader, Menu } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import {
  dismissTestSaving,
  saveTestReport,
  showTestReportMenu,
  useOutboundSaving,
  type TestReportFormat,
} from '../store/outbound-save.ts';
import { DismissButton } from '../ui/dismiss-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';

const said = words.outbound.report;
const FORMATS: readonly TestReportFormat[] = ['html', 'pdf', 'markdown', 'csv', 'json'];

export function TestReportMenu(): ReactNode {
  const isSaving = useOutboundSaving(({ phase }) => phase === 'working');
  const menu = useOutboundSaving((saving) => saving.menu);
  return (
    <div className="report-place">
      <Menu
        opened={menu && !isSaving}
        onChange={showTestReportMenu}
        // At the end of the page it would stand outside every landmark.
        withinPortal={false}
        position="bottom-end"
        offset={4}
        width={340}
        transitionProps={{ duration: 0 }}
        // It would be a child that no menu may have (WAI-ARIA 1.2, role menu).
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <Button
            h={30}
            variant="default"
            title={said.hint}
            disabled={isSaving}
            rightSection={
              isSaving ? <Loader size={10} color="var(--accent)" /> : <Icon name="down" size={10} />
            }
          >
            {said.button}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className="report-menu" aria-label={said.button}>
          {FORMATS.map((format) => (
            <Menu.Item key={format} onClick={() => void saveTestReport(format)}>
              <span className="report-choice">
                <span>{said.formats[format].name}</span>
                <span className="dim">{said.formats[format].about}</span>
              </span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Saved />
    </div>
  );
}

/** Milliseconds for which good news stays: a path takes a while to read. */
const SAID_MS = 8000;

function Saved(): ReactNode {
  const { phase, message, format } = useOutboundSaving();
  useEffect(() => {
    if (phase !== 'done') return;
    const timer = setTimeout(dismissTestSaving, SAID_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [phase]);
  if (message === null) return null;
  const isFailed = phase === 'failed';
  return (
    <div
      className={`report-note${isFailed ? ' is-failed' : ''}`}
      role={isFailed ? 'alert' : 'status'}
    >
      <Icon name={isFailed ? 'triangle' : 'tick'} tone={isFailed ? 'warn' : 'ok'} />
      <span className="report-words">
        <Seen text={message} />
      </span>
      {isFailed && format !== null && (
        <button type="button" className="text-link" onClick={() => void saveTestReport(format)}>
          {said.saveElsewhere}
        </button>
      )}
      <DismissButton dismiss={dismissTestSaving} />
    </div>
  );
}

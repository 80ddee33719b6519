/** Findings, worst first; what passed is folded at the end. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Finding } from '../../shared/findings/finding.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { countBySeverity, worstFirst } from '../store/finding-order.ts';
import { useInspection } from '../store/inspection-store.ts';
import { closeFinding, findingKey, selectFinding, useSelection } from '../store/selection-store.ts';
import { askAboutLink, copyText } from '../store/settings-store.ts';
import { Icon } from '../ui/icon.tsx';
import { countText } from '../ui/time.ts';
import { FindingCard } from './finding-card.tsx';

export function FindingsPanel(): ReactNode {
  const report = useInspection((state) => state.report);
  const finished = useInspection((state) => state.phase === 'finished');
  const selected = useSelection((state) => state.finding);
  const [passedShown, setPassedShown] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected === null) return;
    const card = list.current?.querySelector<HTMLElement>('[data-open="true"]');
    card?.scrollIntoView({ block: 'nearest' });
    card?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
  }, [selected]);
  if (report === null) return null;
  const sorted = worstFirst(report.findings);
  const faults = sorted.filter(({ severity }) => severity !== 'ok');
  const passed = sorted.filter(({ severity }) => severity === 'ok');
  return (
    <section className="findings" aria-label="Findings">
      <header>
        <h2>Findings</h2>
        <span className="dim">{summaryOf(report.findings)}</span>
      </header>
      <div className="findings-list scroll" ref={list} tabIndex={-1}>
        {faults.length === 0 && (
          <p className="findings-none dim">
            {finished ? 'Nothing to mend.' : 'Nothing found so far; still looking.'}
          </p>
        )}
        <ul>{faults.map((finding) => card(report, finding, selected))}</ul>
        {passed.length > 0 && (
          <>
            <button
              type="button"
              className="findings-passed"
              aria-expanded={passedShown}
              onClick={() => {
                setPassedShown(!passedShown);
              }}
            >
              <Icon name="tick" tone="ok" />
              {countText(passed.length, 'check passed', 'checks passed')}
              <Icon name={passedShown ? 'up' : 'down'} size={12} />
            </button>
            {passedShown && <ul>{passed.map((finding) => card(report, finding, selected))}</ul>}
          </>
        )}
      </div>
    </section>
  );
}

function card(report: Report, finding: Finding, selected: string | null): ReactNode {
  const key = findingKey(finding);
  return (
    <FindingCard
      key={key}
      finding={finding}
      open={key === selected}
      toggle={() => {
        if (key === selected) closeFinding();
        else selectFinding(report, finding);
      }}
      copy={copyText}
      openReference={askAboutLink}
    />
  );
}

function summaryOf(findings: readonly Finding[]): string {
  const { error, warning, notice } = countBySeverity(findings);
  return [
    error > 0 ? countText(error, 'error', 'errors') : '',
    warning > 0 ? countText(warning, 'warning', 'warnings') : '',
    notice > 0 ? countText(notice, 'notice', 'notices') : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Findings, worst first; many of a kind are folded, and what passed stands at the end. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Finding } from '../../shared/findings/finding.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { countBySeverity, worstFirst } from '../store/finding-order.ts';
import { useInspection, type Phase } from '../store/inspection-store.ts';
import { closeFinding, findingKey, selectFinding, useSelection } from '../store/selection-store.ts';
import { askAboutLink, copyText } from '../store/settings-store.ts';
import { Icon } from '../ui/icon.tsx';
import { countText } from '../ui/time.ts';
import { FindingCard } from './finding-card.tsx';
import { groupFindings } from './group-findings.ts';

export function FindingsPanel(): ReactNode {
  const report = useInspection((state) => state.report);
  const phase = useInspection((state) => state.phase);
  const selected = useSelection((state) => state.finding);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected === null) return;
    const card = list.current?.querySelector<HTMLElement>('[data-open="true"]');
    card?.scrollIntoView({ block: 'nearest' });
    card?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
  }, [selected]);
  if (report === null) return null;
  const sorted = worstFirst(report);
  const faults = sorted.filter(({ severity }) => severity !== 'ok');
  const passed = sorted.filter(({ severity }) => severity === 'ok');
  const toggle = (group: string): void => {
    const next = new Set(opened);
    if (!next.delete(group)) next.add(group);
    setOpened(next);
  };
  return (
    <section className="findings" aria-label="Findings">
      <header>
        <h2>Findings</h2>
        <span className="dim">{summaryOf(report.findings)}</span>
      </header>
      <div className="findings-list scroll" ref={list} tabIndex={-1}>
        {faults.length === 0 && <p className="findings-none dim">{nothingFound(phase)}</p>}
        {groupFindings(faults).map(({ code, first, more }) => (
          <Fold
            key={code}
            isOpen={opened.has(code) || more.some((finding) => findingKey(finding) === selected)}
            toggle={() => {
              toggle(code);
            }}
            label={`${more.length} more like this`}
            folded={more.map((finding) => card(report, finding, selected))}
            shown={first.map((finding) => card(report, finding, selected))}
          />
        ))}
        <Fold
          isOpen={opened.has(PASSED)}
          toggle={() => {
            toggle(PASSED);
          }}
          label={countText(passed.length, 'check passed', 'checks passed')}
          folded={passed.map((finding) => card(report, finding, selected))}
          shown={[]}
        />
      </div>
    </section>
  );
}

function nothingFound(phase: Phase): string {
  if (phase === 'finished') return 'Nothing to mend.';
  const running = phase === 'running' || phase === 'starting';
  return running ? 'Nothing found so far; still looking.' : 'Nothing was found until it stopped.';
}

const PASSED = 'passed';

interface FoldProps {
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly label: string;
  readonly shown: readonly ReactNode[];
  readonly folded: readonly ReactNode[];
}

function Fold({ isOpen, toggle, label, shown, folded }: FoldProps): ReactNode {
  return (
    <>
      {shown.length > 0 && <ul>{shown}</ul>}
      {folded.length > 0 && (
        <button type="button" className="findings-fold" aria-expanded={isOpen} onClick={toggle}>
          <Icon name={isOpen ? 'up' : 'down'} size={12} />
          {label}
        </button>
      )}
      {isOpen && folded.length > 0 && <ul>{folded}</ul>}
    </>
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

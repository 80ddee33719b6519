/** Findings, worst first, as the filter lets them through; many of a kind are folded, and what passed stands at the end. */
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { Finding } from '../../shared/findings/finding.ts';
import type { Report } from '../../shared/inspection/report.ts';
import {
  clearFilter,
  filtered,
  filterFor,
  isFiltering,
  useFindingFilter,
} from '../store/finding-filter.ts';
import { worstFirst } from '../store/finding-order.ts';
import { useInspection, type Phase } from '../store/inspection-store.ts';
import { closeFinding, findingKey, selectFinding, useSelection } from '../store/selection-store.ts';
import { words } from '../words/words.ts';
import { EndedFindings } from './ended-findings.tsx';
import { FilterStatus, NothingFound, StillLooking } from './findings-states.tsx';
import { FindingCard } from './finding-card.tsx';
import { FindingFilterBar, SeverityCounts } from './finding-filter-bar.tsx';
import { Fold } from './fold.tsx';
import { groupFindings } from './group-findings.ts';

const said = words.findings;

export function FindingsPanel(): ReactNode {
  const report = useInspection((state) => state.report);
  const phase = useInspection((state) => state.phase);
  if (report === null) return null;
  return <Panel report={report} phase={phase} />;
}

interface PanelProps {
  readonly report: Report;
  readonly phase: Phase;
}

function Panel({ report, phase }: PanelProps): ReactNode {
  const selected = useSelection((state) => state.finding);
  const filter = useFindingFilter();
  const list = useRef<HTMLDivElement>(null);
  const sorted = worstFirst(report);
  const shown = isFiltering(filter) ? filtered(report, sorted, filter) : sorted;
  const hidesSelected =
    selected !== null && !shown.some((finding) => findingKey(finding) === selected);
  useFilterOfDomain(report.domain, selected, hidesSelected);
  useSelectedInSight(list, selected);
  const running = phase === 'running' || phase === 'starting';
  return (
    <section className="findings" aria-label={said.title}>
      <header>
        <h2>{said.title}</h2>
        <SeverityCounts findings={report.findings} />
      </header>
      {report.findings.length > 0 && <FindingFilterBar report={report} />}
      <div className="findings-list scroll" ref={list} tabIndex={-1}>
        {isFiltering(filter) ? (
          <FilterStatus shown={shown.length} all={sorted.length} />
        ) : (
          sorted.every(isMild) && (
            <NothingFound
              phase={phase}
              notices={sorted.some(({ severity }) => severity === 'notice')}
            />
          )
        )}
        <FindingGroups report={report} findings={shown} selected={selected} />
        <EndedFindings />
        {running && report.findings.length > 0 && <StillLooking />}
      </div>
    </section>
  );
}

/** Another domain is begun with all of its findings, and one that somebody is led to is not left filtered away. */
function useFilterOfDomain(domain: string, selected: string | null, isHidden: boolean): void {
  const before = useRef(selected);
  useEffect(() => {
    filterFor(domain);
  }, [domain]);
  useEffect(() => {
    // Whoever types a filter may well hide what is open.
    if (selected !== before.current && isHidden) clearFilter();
    before.current = selected;
  }, [selected, isHidden]);
}

function useSelectedInSight(list: RefObject<HTMLDivElement | null>, selected: string | null): void {
  useEffect(() => {
    if (selected === null) return;
    const card = list.current?.querySelector<HTMLElement>('[data-open="true"]');
    card?.scrollIntoView({ block: 'nearest' });
    card?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
  }, [list, selected]);
}

/** Good news, and what is merely worth knowing. */
function isMild({ severity }: Finding): boolean {
  return severity === 'ok' || severity === 'notice';
}

interface FindingGroupsProps {
  readonly report: Report;
  readonly findings: readonly Finding[];
  readonly selected: string | null;
}

const PASSED = 'passed';

function FindingGroups({ report, findings, selected }: FindingGroupsProps): ReactNode {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const faults = findings.filter(({ severity }) => severity !== 'ok');
  const passed = findings.filter(({ severity }) => severity === 'ok');
  const toggle = (group: string): void => {
    const next = new Set(opened);
    if (!next.delete(group)) next.add(group);
    setOpened(next);
  };
  const card = (finding: Finding): ReactNode => {
    const key = findingKey(finding);
    return (
      <FindingCard
        key={key}
        report={report}
        finding={finding}
        open={key === selected}
        toggle={() => {
          if (key === selected) closeFinding();
          else selectFinding(report, finding);
        }}
      />
    );
  };
  return (
    <>
      {groupFindings(faults).map(({ code, first, more }) => (
        <Fold
          key={code}
          isOpen={opened.has(code) || more.some((finding) => findingKey(finding) === selected)}
          toggle={() => {
            toggle(code);
          }}
          label={said.more(more.length)}
          folded={more.map(card)}
          shown={first.map(card)}
        />
      ))}
      <Fold
        isOpen={opened.has(PASSED) || passed.some((finding) => findingKey(finding) === selected)}
        toggle={() => {
          toggle(PASSED);
        }}
        label={said.passed(passed.length)}
        folded={passed.map(card)}
        shown={[]}
      />
    </>
  );
}

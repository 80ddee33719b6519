/** The Rollover screen: when to publish, install and remove what, as a time line and step by step. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { HostReport } from '../../shared/inspection/report.ts';
import { planCalendar } from '../../shared/rollover/calendar.ts';
import { recordOwner } from '../../shared/rollover/owner.ts';
import { shownAnywhere } from '../../shared/rollover/question.ts';
import type { Scheme } from '../../shared/rollover/plan.ts';
import { keepTime, useHostView, useRollover } from '../store/rollover-store.ts';
import { CandidateList } from './candidate-list.tsx';
import { DropRegion } from './drop-region.tsx';
import { HookDialog } from './hook-dialog.tsx';
import { HostForm } from './host-form.tsx';
import { InUseList } from './in-use-list.tsx';
import { NotePane } from './note-pane.tsx';
import { noteFor } from './plan-note.ts';
import { PlanPane } from './plan-pane.tsx';
import { useComing, usePlan, type PlanState } from './use-plan.ts';
import { RecordBox } from './record-box.tsx';
import { RolloverHead } from './rollover-head.tsx';
import { SchemeChoice } from './scheme-choice.tsx';
import { ServerSettings } from './server-settings.tsx';
import { useDropped, useOfferedHosts } from './use-material.ts';

export function RolloverScreen(): ReactNode {
  const view = useHostView();
  const port = useRollover((state) => state.port);
  const typed = useRollover((state) => state.typed);
  const choice = useRollover((state) => state.scheme);
  const [hookOpen, setHookOpen] = useState(false);
  const host = view?.report?.hosts[0] ?? null;
  const detected = detectedScheme(host);
  const dropped = useDropped(host);
  const name = host?.name ?? view?.host ?? typed;
  const ttl = host?.tlsa.ttl ?? DEFAULT_TTL;
  const zone = host?.tlsa.zone ?? null;
  const scheme = choice ?? detected ?? 'current+next';
  const coming = useComing(dropped.chosen, scheme, name, host);
  const plan = usePlan(view, host, coming, scheme);
  const note = noteFor(view, plan, dropped.candidates.length, host?.tlsa.records.length ?? 0);
  useClock(isPending(plan));
  return (
    <div className="rollover">
      <RolloverHead
        key={name}
        view={view}
        host={host}
        calendar={
          plan?.kind === 'planned'
            ? {
                name: `rollover-${name}.ics`,
                write: () =>
                  planCalendar(
                    plan.plan,
                    { host: name, owner: host?.tlsa.name ?? name },
                    Date.now(),
                  ),
              }
            : null
        }
        openHook={
          host === null
            ? null
            : () => {
                setHookOpen(true);
              }
        }
      />
      <div className="rollover-side scroll">
        <DropRegion />
        <HostForm offered={useOfferedHosts()} />
        <InUseList host={host} />
        <CandidateList {...dropped} host={host === null ? null : name} />
        <RecordBox
          chains={coming.chains}
          added={addedBy(plan)}
          whole={standingAfter(plan)}
          scheme={scheme}
          place={{
            host: name,
            owner: host === null ? null : recordOwner(host.tlsa),
            port,
            ttl,
            zone,
          }}
          published={host === null ? [] : shownAnywhere(host)}
        />
        <SchemeChoice detected={detected} />
      </div>
      <div className="rollover-plan scroll">
        {note !== null && <NotePane note={note} />}
        {view !== null && host !== null && plan?.kind === 'planned' && (
          <PlanPane state={plan} from={coming.from} view={view} host={host} ttl={ttl} />
        )}
        {host !== null && <ServerSettings name={name} host={host} port={port} />}
      </div>
      <HookDialog
        opened={hookOpen}
        host={name}
        port={port}
        ttl={ttl}
        close={() => {
          setHookOpen(false);
        }}
      />
    </div>
  );
}

/** Seconds, where nothing is published yet: within what is advised for TLSA. */
const DEFAULT_TTL = 3600;

/** Null where what is published follows neither scheme. */
function detectedScheme(host: HostReport | null): Scheme | null {
  const scheme = host?.tlsa.rolloverScheme;
  return scheme === 'current+next' || scheme === 'current+issuer' ? scheme : null;
}

/** Publishing the record to come without these would make senders refuse the key in use. */
function addedBy(plan: PlanState | null): readonly string[] {
  return plan?.kind === 'planned' ? plan.plan.steps.flatMap(({ add }) => add) : [];
}

/** From publishing on, until the old ones go. */
function standingAfter(plan: PlanState | null): readonly string[] {
  if (plan?.kind !== 'planned') return [];
  return plan.plan.steps.find(({ kind }) => kind === 'publish')?.records ?? [];
}

/** Something is to be waited for, or to be done and then looked at again. */
function isPending(plan: PlanState | null): boolean {
  return plan?.kind === 'planned' && plan.progress.verdict.kind !== 'nothing-to-do';
}

/** The screen's own clock: it runs while the screen is open. */
function useClock(pending: boolean): void {
  const latest = useRef(pending);
  useEffect(() => {
    latest.current = pending;
  }, [pending]);
  useEffect(() => keepTime(() => latest.current), []);
}

/** What of a plan goes into its picture: marks, a bar for each record, a bar for each key that is presented. */
import type { Sighting } from '../../shared/ipc/contract.ts';
import { ownRecord, type Chain } from '../../shared/rollover/chain.ts';
import type { RolloverPlan, RolloverStep } from '../../shared/rollover/plan.ts';
import type { Progress, StepProgress } from '../../shared/rollover/progress.ts';
import { clockText, waitText } from '../ui/local-time.tsx';
import { briefRecord } from './record-words.ts';
import type { BarFacts, MarkFacts, MarkKind, TimeLineFacts } from './time-line.ts';
import { words } from '../words/words.ts';

const { picture: said } = words.rollover;

export interface PictureQuestion {
  readonly plan: RolloverPlan;
  readonly progress: Progress;
  readonly sightings: readonly Sighting[];
  /** Every record that some server shows. */
  readonly published: readonly string[];
  readonly now: number;
}

export function pictureFacts(question: PictureQuestion): TimeLineFacts {
  const { now } = question;
  const marks = marksOf(question);
  const deploy = marks.find(({ kind }) => kind === 'deploy');
  const { verdict } = question.progress;
  const waits = verdict.kind === 'wait' || verdict.kind === 'publish-first';
  const until = verdict.until ?? deploy?.at ?? null;
  return {
    now,
    marks,
    records: recordBars(question, new Set(marks.map(({ kind }) => kind))),
    served: servedBars(question, deploy !== undefined),
    waitUntil: waits && until !== null && until > now ? until : null,
  };
}

function marksOf({ plan, progress, sightings, now }: PictureQuestion): readonly MarkFacts[] {
  const find = (kind: RolloverStep['kind']): Found | null => {
    const index = plan.steps.findIndex((step) => step.kind === kind);
    const step = plan.steps[index];
    const state = progress.steps[index];
    return step === undefined || state === undefined ? null : { step, state };
  };
  const marks: (MarkFacts | null)[] = [
    { kind: 'now', at: now, title: said.marks.now, note: clockText(now, now) },
    publishMark(find('publish'), plan, sightings, now),
    deployMark(find('deploy'), now),
    removeMark(find('remove'), plan, now),
  ];
  return marks.filter((mark) => mark !== null);
}

interface Found {
  readonly step: RolloverStep;
  readonly state: StepProgress;
}

function publishMark(
  found: Found | null,
  plan: RolloverPlan,
  sightings: readonly Sighting[],
  now: number,
): MarkFacts | null {
  if (found === null) return null;
  if (found.state.state !== 'done')
    return { kind: 'publish', at: now, title: said.marks.publish, note: '' };
  const since = sinceWhen(plan, sightings);
  const inUse = [...plan.replaced, ...plan.staying];
  // What fits the key in use stands since ever: nothing was published for this change.
  const isForThis = wantedOf(plan).some((record) => !fits(inUse, record));
  if (since === null || !isForThis || plan.replaced.length === 0) return null;
  return {
    kind: 'publish',
    at: Math.min(since, now),
    title: said.marks.publish,
    note: said.seenAt(clockText(since, now)),
  };
}

/** When the last of the records to come was first seen at every name server. */
export function sinceWhen(plan: RolloverPlan, sightings: readonly Sighting[]): number | null {
  const wanted = wantedOf(plan);
  const since = sightings
    .filter(({ record }) => wanted.includes(record))
    .map((sighting) => Date.parse(sighting.since));
  return since.length === 0 ? null : Math.max(...since);
}

function deployMark(found: Found | null, now: number): MarkFacts | null {
  if (found === null || found.state.state === 'done') return null;
  const at = Math.max(found.state.until ?? found.step.earliest, now);
  const note = at > now ? said.from(clockText(at, now)) : '';
  return { kind: 'deploy', at, title: said.marks.deploy, note };
}

function removeMark(found: Found | null, plan: RolloverPlan, now: number): MarkFacts | null {
  if (found === null || found.state.state === 'done') return null;
  const { state, until } = found.state;
  if (state === 'now') return { kind: 'remove', at: now, title: said.marks.remove, note: '' };
  const at = Math.max(until ?? found.step.earliest, now + 1);
  const note =
    until === null ? said.afterDeploying(waitText(plan.settle)) : said.from(clockText(until, now));
  return { kind: 'remove', at, title: said.marks.remove, note };
}

function wantedOf({ coming }: RolloverPlan): readonly string[] {
  return coming.flatMap(({ publish }) => publish);
}

function fits(chains: readonly Chain[], record: string): boolean {
  return chains.some((chain) => chain.records.includes(record) || ownRecord(chain) === record);
}

/** Every record that stands at some step, those in use first. */
function recordBars(
  { plan, published }: PictureQuestion,
  marked: ReadonlySet<MarkKind>,
): readonly BarFacts[] {
  const all = [...new Set([...published, ...plan.steps.flatMap(({ records }) => records)])];
  const removed = new Set(plan.steps.flatMap(({ remove }) => remove));
  const added = new Set(plan.steps.flatMap(({ add }) => add));
  const wanted = new Set(wantedOf(plan));
  const bars = all.map((record): Omit<BarFacts, 'row'> => {
    const isNow = fits([...plan.replaced, ...plan.staying], record);
    const isNext = fits(plan.coming, record);
    const isNew = added.has(record) || (wanted.has(record) && !isNow);
    const look = isNow ? 'current' : isNext ? (isDeployed(plan) ? 'current' : 'next') : 'stale';
    return {
      look,
      label: said.bar(
        briefRecord(record),
        roleOf(isNow, isNext, isDeployed(plan), removed.has(record)),
      ),
      from: isNew && marked.has('publish') ? 'publish' : null,
      to: removed.has(record) && marked.has('remove') ? 'remove' : null,
    };
  });
  const order = { current: 0, next: 1, stale: 2, 'old-key': 3, 'new-key': 4 } as const;
  return [...bars]
    .sort((a, b) => order[a.look] - order[b.look])
    .map((bar, row) => ({ ...bar, row }));
}

/** What comes is what is presented. */
function isDeployed({ replaced, staying, coming, notes }: RolloverPlan): boolean {
  const unseen = notes.some(({ code }) => code === 'presented-unknown' || code === 'deploy-first');
  return !unseen && replaced.length === 0 && staying.length === 0 && coming.length > 0;
}

function roleOf(isNow: boolean, isNext: boolean, deployed: boolean, goes: boolean): string {
  if (isNow) return isNext ? said.roles.currentAndNext : said.roles.current;
  if (isNext) return deployed ? said.roles.current : said.roles.next;
  return goes ? said.roles.old : said.roles.stray;
}

/** A row for each kind of key. */
function servedBars({ plan }: PictureQuestion, hasDeploy: boolean): readonly BarFacts[] {
  const kinds = [
    ...new Set([...plan.replaced, ...plan.coming, ...plan.staying].map(({ kind }) => kind)),
  ];
  return kinds.flatMap((kind, row): readonly BarFacts[] => {
    const has = (chains: readonly Chain[]): boolean => chains.some((chain) => chain.kind === kind);
    const named = (key: string): string => (kinds.length > 1 ? said.ofKind(kind, key) : key);
    if (has(plan.staying)) {
      return [{ look: 'old-key', label: named(said.keys.stays), from: null, to: null, row }];
    }
    const to = hasDeploy && has(plan.coming) ? 'deploy' : null;
    const isUnseen = plan.notes.some(({ code }) => code === 'presented-unknown');
    const bars: (BarFacts | null)[] = [
      isUnseen && to !== null
        ? { look: 'stale', label: named(said.keys.unseen), from: null, to, row }
        : null,
      has(plan.replaced)
        ? { look: 'old-key', label: named(said.keys.old), from: null, to, row }
        : null,
      has(plan.coming)
        ? {
            look: 'new-key',
            label: named(has(plan.replaced) || hasDeploy ? said.keys.next : said.keys.inUse),
            from: hasDeploy ? 'deploy' : null,
            to: null,
            row,
          }
        : null,
    ];
    return bars.filter((bar) => bar !== null);
  });
}

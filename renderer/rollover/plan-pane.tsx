/** The right side: the verdict, the picture, the steps, and what can be taken away as text. */
import { useMemo, type ReactNode } from 'react';
import type { HostReport } from '../../shared/inspection/report.ts';
import { zoneFileName } from '../../shared/findings/safe-text.ts';
import { recordOwner } from '../../shared/rollover/owner.ts';
import type { RolloverPlan } from '../../shared/rollover/plan.ts';
import type { Verdict } from '../../shared/rollover/progress.ts';
import { wordsOfVerdict } from '../../shared/rollover/progress-words.ts';
import { shownAnywhere } from '../../shared/rollover/question.ts';
import { planText, wordsOfNote } from '../../shared/rollover/words.ts';
import { choose, useRollover, vouch, vouchKey } from '../store/rollover-store.ts';
import { copyText } from '../store/settings-store.ts';
import type { HostView } from '../store/world-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { clockText, utcText, waitText, zoneText } from '../ui/local-time.tsx';
import { Seen } from '../ui/seen.tsx';
import { TONE_ICON, type Tone } from '../ui/tone.ts';
import { pictureFacts, sinceWhen } from './picture-facts.ts';
import { pictureWords } from './picture-words.ts';
import { stepRows } from './step-rows.tsx';
import { StepTable } from './step-table.tsx';
import { TimeLinePicture } from './time-line-picture.tsx';
import { wantedOf, type PlanState, type Source } from './use-plan.ts';
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { plan: said } = words.rollover;

export interface PlanPaneProps {
  readonly state: Extract<PlanState, { readonly kind: 'planned' }>;
  readonly from: Source;
  readonly view: HostView;
  readonly host: HostReport;
  /** Of the record set, in seconds. */
  readonly ttl: number;
}

export function PlanPane({ state, from, view, host, ttl }: PlanPaneProps): ReactNode {
  const { plan, progress } = state;
  const clock = useRollover((store) => store.now);
  const seenAt = view.seenAt ?? clock;
  const now = Math.max(clock, seenAt);
  const { verdict } = progress;
  const { title, sentence } = wordsOfVerdict(progress, plan, (at) => clockText(at, now));
  const facts = useMemo(
    () =>
      pictureFacts({
        plan,
        progress,
        sightings: view.sightings,
        published: shownAnywhere(host),
        now,
      }),
    [plan, progress, view.sightings, host, now],
  );
  const steps = stepRows({
    plan,
    progress,
    owner: recordOwner(host.tlsa),
    ttl,
    now,
    seenAt,
    publishedAt: sinceWhen(plan, view.sightings),
  });
  return (
    <>
      <section className="rollover-picture" aria-label={said.region}>
        <div className="plan-verdict" aria-live="polite">
          <h3
            data-verdict={verdict.kind}
            title={verdict.until === null ? undefined : utcText(verdict.until)}
          >
            <Icon name={TONE_ICON[toneOf(verdict)]} tone={toneOf(verdict)} size={16} />
            {title}
          </h3>
          <p>
            <Seen text={sentence} />
          </p>
        </div>
        <TimeLinePicture
          facts={facts}
          description={pictureWords(facts)}
          waitLabel={
            facts.waitUntil === null
              ? ''
              : (verdict.because === 'settling' ? said.waitLeft : said.waitOfCaches)(
                  waitText((facts.waitUntil - now) / 1000),
                )
          }
        />
      </section>
      <section className="rollover-steps" aria-label={said.steps}>
        <Vouch plan={plan} verdict={verdict} view={view} />
        <StepTable steps={steps} zone={zoneText(now)} />
        <Notes
          notes={[
            ...(from === 'dropped' ? [] : [said.sources[from]]),
            ...plan.notes.map((note) => wordsOfNote(note, plan)),
          ]}
        />
        <div className="rollover-actions">
          <CopyButton
            text={[
              said.asText(host.name, utcText(seenAt)),
              Object.values(wordsOfVerdict(progress, plan, utcText)).join(' '),
              planText(plan, zoneFileName(recordOwner(host.tlsa)), ttl),
            ].join('\n\n')}
            copy={copyText}
            what={said.what}
            label={said.copy}
          />
          <AutomaticChoice />
        </div>
      </section>
    </>
  );
}

const TONES: Readonly<Record<Verdict['kind'], Tone>> = {
  'publish-first': 'warn',
  wait: 'warn',
  'deploy-now': 'ok',
  'remove-now': 'warn',
  'nothing-to-do': 'ok',
  'could-not-tell': 'none',
};

/** Red where mail is kept back now. */
function toneOf({ kind, because }: Verdict): Tone {
  const isKeptBack =
    because === 'installed-unpublished' ||
    because === 'installed-early' ||
    because === 'uncovered-now';
  return isKeptBack ? 'err' : TONES[kind];
}

function Notes({ notes }: { readonly notes: readonly string[] }): ReactNode {
  if (notes.length === 0) return null;
  return (
    <ul className="plan-notes" aria-label={said.notes}>
      {notes.map((note) => (
        <li key={note}>
          <Icon name="ring" tone="none" size={12} />
          <Seen text={note} />
        </li>
      ))}
    </ul>
  );
}

interface VouchProps {
  readonly plan: RolloverPlan;
  readonly verdict: Verdict;
  readonly view: HostView;
}

/** This program knows a record since its own first look; a person may know it for longer. */
function Vouch({ plan, verdict, view }: VouchProps): ReactNode {
  const wanted = wantedOf(plan.coming);
  const key = vouchKey(view, wanted);
  const isVouched = useRollover((state) => state.vouched[key] ?? false);
  const sawItComing = view.sightings.some(
    ({ record, missedAt }) => wanted.includes(record) && missedAt !== undefined,
  );
  if (sawItComing || (!isVouched && verdict.because !== 'caches')) return null;
  return (
    <label className="plan-vouch">
      <input
        type="checkbox"
        checked={isVouched}
        onChange={(event) => {
          vouch(key, event.currentTarget.checked);
        }}
      />
      <span>
        <Said parts={said.vouch(waitText(plan.settle), dim)} />
      </span>
    </label>
  );
}

function dim(text: string): ReactNode {
  return <span className="dim">{text}</span>;
}

function AutomaticChoice(): ReactNode {
  const automatic = useRollover((state) => state.automatic);
  return (
    <label>
      <input
        type="checkbox"
        checked={automatic}
        onChange={(event) => {
          choose({ automatic: event.currentTarget.checked });
        }}
      />
      <span>
        <Said parts={(automatic ? said.automatic : said.notAutomatic)(dim)} />
      </span>
    </label>
  );
}

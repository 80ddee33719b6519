/** One situation in full: what is asked of a sender there, and each step that was seen of this one. */
import type { ReactNode } from 'react';
import type { SeenStep } from '../../shared/lab/test-report.ts';
import { stepSentence } from '../../shared/lab/step-words.ts';
import { askAboutLink, copyText } from '../store/settings-store.ts';
import { CitationLinks } from '../ui/citation-links.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { utcText } from '../ui/local-time.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { millisecondText } from './clock-text.ts';
import { stepGroups, stepIcon, type SituationRow, type StepGroup } from './situations.ts';

const said = words.outbound.details;

export function SituationDetails({ row }: { readonly row: SituationRow }): ReactNode {
  const { scenario, situation } = row;
  const groups = stepGroups(situation.seen);
  return (
    <section className="outbound-details" aria-label={said.title(scenario.title)}>
      <dl>
        <div>
          <dt className="dim">{said.duty}</dt>
          <dd>
            {scenario.duty}{' '}
            <CitationLinks
              reference={scenario.clause}
              textClass="dim"
              aloud={said.opensPage}
              open={askAboutLink}
            />
          </dd>
        </div>
        <div>
          <dt className="dim">{said.recipient}</dt>
          <dd>
            <span className="mono">
              <Seen text={situation.recipient} />
            </span>{' '}
            <CopyButton text={situation.recipient} copy={copyText} what={said.copyRecipient} />
          </dd>
        </div>
      </dl>
      {situation.basis === 'inferred' && <p className="dim">{said.inferred}</p>}
      {situation.unshown > 0 && <p className="dim">{said.unshown(situation.unshown)}</p>}
      {groups.length === 0 && <p className="dim">{said.none}</p>}
      <div className="outbound-groups">
        {groups.map((group) => (
          <Group key={group.key} group={group} isNumbered={groups.some(isFurtherHost)} />
        ))}
      </div>
    </section>
  );
}

function isFurtherHost(group: StepGroup): boolean {
  return group.kind === 'smtp' && group.host > 1;
}

interface GroupProps {
  readonly group: StepGroup;
  /** The situation has several hosts, and one beyond the first was seen. */
  readonly isNumbered: boolean;
}

function Group({ group, isNumbered }: GroupProps): ReactNode {
  return (
    <div className="outbound-steps">
      <h3>
        <Seen text={titleOf(group, isNumbered)} />
      </h3>
      <ol>
        {group.steps.map((step, index) => (
          <Step key={`${index} ${step.at}`} step={step} />
        ))}
      </ol>
    </div>
  );
}

function titleOf(group: StepGroup, isNumbered: boolean): string {
  if (group.kind === 'dns') return said.questions(group.from);
  return isNumbered ? said.connectionTo(group.from, group.host) : said.connection(group.from);
}

function Step({ step }: { readonly step: SeenStep }): ReactNode {
  const { at, what } = step;
  const instant = Date.parse(at);
  return (
    <li>
      <time className="mono dim" dateTime={at} title={utcText(instant)}>
        {millisecondText(instant)}
      </time>
      <Icon name={stepIcon(what)} size={12} tone="none" />
      <span>
        <Seen text={stepSentence(what)} />
        {what.kind === 'dns' && what.dnssec && (
          <>
            {' '}
            <span className="tag" title={said.dnssecHint}>
              {said.dnssec}
            </span>
          </>
        )}
      </span>
    </li>
  );
}

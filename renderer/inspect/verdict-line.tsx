/** The verdict: one word, one sentence on what senders will do, and the first thing to mend. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Finding } from '../../shared/findings/finding.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { worstFinding } from '../store/finding-order.ts';
import { nodeOfFinding } from '../store/finding-node.ts';
import { inspectAgain, useInspection, type Phase } from '../store/inspection-store.ts';
import { hostOf } from '../store/node-id.ts';
import { selectFinding } from '../store/selection-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { countText, durationText, instantText } from '../ui/time.ts';
import { OUTCOME_FACE, type Face } from '../ui/tone.ts';

export function VerdictLine({ glance }: { readonly glance: ReactNode }): ReactNode {
  const report = useInspection((state) => state.report);
  const phase = useInspection((state) => state.phase);
  const failure = useInspection((state) => state.failure);
  if (report === null) return null;
  const { tone, icon, word } = faceOf(report, phase);
  const worst = phase === 'finished' ? worstFinding(report) : null;
  return (
    <section className="verdict" aria-label="Verdict" data-phase={phase}>
      <p className={`verdict-word tone-${tone}`} data-outcome={report.outcome}>
        <Icon name={icon} size={24} />
        {word}
      </p>
      <p className="verdict-sentence" aria-live="polite">
        <Seen text={sentenceOf(report, phase, failure)} />
      </p>
      <div className="verdict-side">
        <Facts report={report} />
        {phase === 'finished' && glance}
      </div>
      {worst !== null && (
        <Button
          h={34}
          className="verdict-fix"
          onClick={() => {
            selectFinding(report, worst);
          }}
        >
          {fixLabel(report, worst)}
        </Button>
      )}
      {(phase === 'cancelled' || phase === 'failed') && (
        <Button h={34} variant="default" onClick={() => void inspectAgain()}>
          Inspect again
        </Button>
      )}
    </section>
  );
}

function Facts({ report }: { readonly report: Report }): ReactNode {
  const probes = report.hosts
    .flatMap((host) => host.addresses)
    .reduce((count, { probes: { length } }) => count + length, 0);
  const elapsedMs = useInspection((state) => state.elapsedMs);
  const facts = [
    durationText(report.finished ? report.durationMs : Math.max(elapsedMs, report.durationMs)),
    countText(report.queries, 'DNS query', 'DNS queries'),
    ...(probes > 0 ? [countText(probes, 'probe', 'probes')] : []),
  ];
  return (
    <p className="verdict-facts">
      <span>{facts.join(' · ')}</span>
      <span>
        {report.at !== '' && instantText(report.at)}
        {report.tool.resolver !== '' && (
          <span className="verdict-resolver"> · {resolverWords(report.tool.resolver)}</span>
        )}
      </span>
    </p>
  );
}

function faceOf(report: Report, phase: Phase): Face {
  if (phase === 'cancelled') return { tone: 'none', icon: 'question', word: 'Cancelled' };
  if (phase === 'failed') return { tone: 'err', icon: 'octagon', word: 'Stopped' };
  return phase === 'finished' ? OUTCOME_FACE[report.outcome] : OUTCOME_FACE.pending;
}

function sentenceOf(report: Report, phase: Phase, failure: string | null): string {
  if (failure !== null) return failure;
  if (phase === 'cancelled')
    return 'You stopped it. What was learnt until then is shown; it is no verdict.';
  if (phase !== 'finished') return report.step ?? 'Starting';
  return report.summary;
}

function resolverWords(resolver: string): string {
  return resolver === 'iterative' ? 'iterative from the root' : `through ${resolver}`;
}

/** `Fix mx2 first →`: the host by its first label where that tells it apart. */
function fixLabel(report: Report, finding: Finding): string {
  const verb = finding.severity === 'error' ? 'Fix' : 'See';
  const name = hostOf(nodeOfFinding(report, finding));
  if (name === null) return `${verb} this first →`;
  const [label = name] = name.split('.');
  const alike = report.hosts.filter((host) => host.name.split('.')[0] === label).length;
  return `${verb} ${alike === 1 && label.length <= MAX_LABEL ? label : 'this'} first →`;
}

/** Characters of a host's label that fit on the button. */
const MAX_LABEL = 16;

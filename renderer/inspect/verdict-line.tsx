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
import { durationText, instantText } from '../ui/time.ts';
import { OUTCOME_FACE, type Face } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import { StageList } from './stage-list.tsx';

const said = words.inspect.verdict;

export function VerdictLine({ glance }: { readonly glance: ReactNode }): ReactNode {
  const report = useInspection((state) => state.report);
  const phase = useInspection((state) => state.phase);
  const failure = useInspection((state) => state.failure);
  if (report === null) return null;
  const { tone, icon, word } = faceOf(report, phase);
  const isUnderWay = phase === 'running' || phase === 'starting';
  const worst = phase === 'finished' ? worstFinding(report) : null;
  return (
    <section className="verdict" aria-label={said.title} data-phase={phase}>
      <p className={`verdict-word tone-${tone}`} data-outcome={report.outcome}>
        <Icon name={icon} size={24} />
        {word}
      </p>
      {isUnderWay ? (
        <div className="verdict-sentence">
          <StageList report={report} />
          <p className="verdict-step dim">
            <Seen text={report.step ?? said.starting} />
          </p>
        </div>
      ) : (
        <p className="verdict-sentence" role="status">
          <Seen text={sentenceOf(report, phase, failure)} />
        </p>
      )}
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
          {said.again}
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
    said.queries(report.queries),
    ...(probes > 0 ? [said.probes(probes)] : []),
  ];
  return (
    <p className="verdict-facts">
      <span>{said.facts(facts)}</span>
      <span>
        {report.at !== '' && instantText(report.at)}
        {report.tool.resolver !== '' && (
          <span className="verdict-resolver"> · {resolverWords(report.tool.resolver)}</span>
        )}
      </span>
      <OwnTrust report={report} />
    </p>
  );
}

/** The lab, which has keys of its own too, says so by itself. */
function OwnTrust({ report }: { readonly report: Report }): ReactNode {
  const network = useInspection((state) => state.network);
  if (report.tool.ownTrust !== true || network === 'lab') return null;
  return (
    <span className="verdict-trust" title={said.ownTrustHint}>
      <Icon name="triangle" tone="warn" size={12} />
      {said.ownTrust}
    </span>
  );
}

function faceOf(report: Report, phase: Phase): Face {
  if (phase === 'cancelled') return { tone: 'none', icon: 'question', word: said.cancelled };
  if (phase === 'failed') return { tone: 'err', icon: 'octagon', word: said.stopped };
  return phase === 'finished' ? OUTCOME_FACE[report.outcome] : OUTCOME_FACE.pending;
}

function sentenceOf(report: Report, phase: Phase, failure: string | null): string {
  if (failure !== null) return failure;
  return phase === 'cancelled' ? said.cancelledSentence : report.summary;
}

function resolverWords(resolver: string): string {
  return resolver === 'iterative' ? said.iterative : said.through(resolver);
}

/** `Fix mx2 first →`: the host by its first label where that tells it apart. */
function fixLabel(report: Report, finding: Finding): string {
  const isError = finding.severity === 'error';
  const name = hostOf(nodeOfFinding(report, finding));
  const [label = ''] = name?.split('.') ?? [];
  const alike = report.hosts.filter((host) => host.name.split('.')[0] === label).length;
  if (name === null || alike !== 1 || label.length > MAX_LABEL) {
    return isError ? said.fixThis : said.seeThis;
  }
  return isError ? said.fix(label) : said.see(label);
}

/** Characters of a host's label that fit on the button. */
const MAX_LABEL = 16;

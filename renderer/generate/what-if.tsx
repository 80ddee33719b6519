/** “What if”: the last inspection judged as if these records or this certificate were live; nothing is published. */
import { Button, Loader } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { findMatchingName } from '../../shared/dane/reference-name.ts';
import type { HostReport, Report } from '../../shared/inspection/report.ts';
import type { Fingerprint } from '../../shared/material/material.ts';
import { shownAnywhere } from '../../shared/rollover/question.ts';
import type { Certificate } from '../../shared/x509/certificate.ts';
import { writePem } from '../../shared/x509/pem.ts';
import { useInspection } from '../store/inspection-store.ts';
import type { MaterialView } from '../store/material-view.ts';
import { judgeWhatIf, leaveWhatIf, useWhatIf, type WhatIfState } from '../store/what-if-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { HOST_FACE, OUTCOME_FACE, type Face } from '../ui/tone.ts';
import { visibleText } from '../ui/visible-text.ts';
import type { Target } from './targets.ts';
import { words } from '../words/words.ts';

const { whatIf: said } = words.generate;

export interface WhatIfProps {
  readonly target: Target;
  readonly view: MaterialView;
}

export function WhatIf({ target, view }: WhatIfProps): ReactNode {
  const report = useInspection((state) => state.report);
  const phase = useInspection((state) => state.phase);
  // What was judged here is still there after a look at another screen.
  const [open, setOpen] = useState(() => useWhatIf.getState().host === target.host);
  const host = report?.hosts.find(({ name }) => name === target.host);
  return (
    <section className="what-if" aria-label={said.region(target.host)}>
      <button
        type="button"
        className="message-fold"
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Icon name={open ? 'down' : 'right'} size={10} />
        {said.open}
      </button>
      {open &&
        (report === null || host === undefined || phase !== 'finished' ? (
          <p className="dim">{said.noInspection}</p>
        ) : (
          <Question target={target} view={view} report={report} host={host} />
        ))}
    </section>
  );
}

interface QuestionProps extends WhatIfProps {
  readonly report: Report;
  readonly host: HostReport;
}

const RECORD_CHOICES = ['as-they-are', 'added', 'alone'] as const;
type RecordChoice = (typeof RECORD_CHOICES)[number];

function Question({ target, view, report, host }: QuestionProps): ReactNode {
  const [records, setRecords] = useState<RecordChoice>('added');
  const [chain, setChain] = useState<Fingerprint>(NO_CHAIN);
  const judging = useWhatIf((state) => state.phase === 'judging');
  const chains = chainsFor(target.host, view);
  const asked = {
    host: target.host,
    records: recordsAs(records, target, host),
    chain: pemOf(chains.find(({ certificate }) => view.fingerprints.get(certificate) === chain)),
  };
  return (
    <>
      <div className="what-if-question">
        <label>
          {said.records}
          <select
            value={records}
            onChange={(event) => {
              setRecords(asRecordChoice(event.currentTarget.value));
              leaveWhatIf();
            }}
          >
            {RECORD_CHOICES.map((each) => (
              <option key={each} value={each}>
                {said.recordChoices[each]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {said.certificate}
          <select
            value={chain}
            onChange={(event) => {
              setChain(event.currentTarget.value);
              leaveWhatIf();
            }}
          >
            <option value={NO_CHAIN}>{said.asPresented}</option>
            {chains.map(({ certificate }) => (
              <option
                key={view.fingerprints.get(certificate)}
                value={view.fingerprints.get(certificate)}
              >
                {said.dropped(
                  visibleText(certificate.names[0] ?? certificate.subject),
                  certificate.keyType,
                )}
              </option>
            ))}
          </select>
        </label>
        <Button
          size="xs"
          disabled={judging || (asked.records === null && asked.chain === null)}
          leftSection={judging ? <Loader size={10} color="var(--on-accent)" /> : undefined}
          onClick={() => void judgeWhatIf(asked.host, asked.records, asked.chain)}
        >
          {said.judge}
        </Button>
      </div>
      <Outcome asked={asked} report={report} />
    </>
  );
}

/** Value of the choice that leaves what the host presents. */
const NO_CHAIN = '';
/** Certificates offered: the first whose names fit the host. */
const MOST_CHAINS = 8;

type Server = MaterialView['arranged']['servers'][number];

function chainsFor(host: string, { arranged }: MaterialView): readonly Server[] {
  const fits = ({ names }: Certificate): boolean => findMatchingName(names, [host]) !== null;
  const fitting = arranged.servers.filter(({ certificate }) => fits(certificate));
  const others = arranged.servers.length > MOST_CHAINS ? [] : arranged.servers;
  return [...new Set([...fitting, ...others])].slice(0, MOST_CHAINS);
}

function pemOf(server: Server | undefined): string | null {
  if (server === undefined) return null;
  return [server.certificate, ...server.issuers].map(({ der }) => writePem(der)).join('');
}

function recordsAs(
  choice: RecordChoice,
  target: Target,
  host: HostReport,
): readonly string[] | null {
  if (choice === 'as-they-are') return null;
  if (choice === 'alone') return target.records;
  return [...new Set([...shownAnywhere(host), ...target.records])];
}

function asRecordChoice(value: string): RecordChoice {
  return value === 'added' || value === 'alone' ? value : 'as-they-are';
}

interface OutcomeProps {
  readonly asked: Pick<WhatIfState, 'host' | 'records' | 'chain'> & { readonly host: string };
  readonly report: Report;
}

/** An answer to what was asked before something was dropped, chosen or inspected anew is none to this. */
function Outcome({ asked, report }: OutcomeProps): ReactNode {
  const answer = useWhatIf();
  const runId = useInspection((state) => state.runId);
  const { host, records, chain } = asked;
  if (answer.host !== host || answer.runId !== runId || answer.chain !== chain) return null;
  if (answer.records?.join('\n') !== records?.join('\n')) return null;
  if (answer.phase === 'refused') {
    return (
      <p className="target-refusal" role="alert">
        <Icon name="question" tone="none" size={13} />
        <span>
          <Seen text={answer.message ?? ''} />
        </span>
      </p>
    );
  }
  if (answer.report === null) return null;
  return (
    <div className="what-if-outcome" aria-live="polite">
      <Side title={said.now} host={host} report={report} />
      <Icon name="right" size={16} />
      <Side title={said.afterwards} host={host} report={answer.report} />
    </div>
  );
}

interface SideProps {
  readonly title: string;
  readonly host: string;
  readonly report: Report;
}

function Side({ title, host: name, report }: SideProps): ReactNode {
  const host = report.hosts.find((each) => each.name === name);
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      {host !== undefined && (
        <Verdict face={HOST_FACE[host.outcome]} what={name} why={host.because} />
      )}
      <Verdict face={OUTCOME_FACE[report.outcome]} what={report.domain} why={report.summary} />
    </section>
  );
}

interface VerdictProps {
  readonly face: Face;
  readonly what: string;
  readonly why: string;
}

function Verdict({ face: { tone, icon, word }, what, why }: VerdictProps): ReactNode {
  return (
    <>
      <p className={`what-if-word tone-${tone}`}>
        <Icon name={icon} size={14} />
        <b>{word}</b>
        <span className="mono dim">
          <Seen text={what} />
        </span>
      </p>
      <p className="dim">
        <Seen text={why} />
      </p>
    </>
  );
}

/** “Dropped as next”: each dropped key, how it stands to the host, and whether the plan is for it. */
import { useState, type ReactNode } from 'react';
import { putInOrOut } from '../store/rollover-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { dayText } from '../ui/time.ts';
import { TONE_ICON, type Tone } from '../ui/tone.ts';
import { visibleText } from '../ui/visible-text.ts';
import type { Candidate, Standing } from './candidates.ts';
import { LockedFiles } from './locked-files.tsx';
import { commonName, shortRecord } from './record-words.ts';
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { candidates: said } = words.rollover;

export interface CandidateListProps {
  readonly candidates: readonly Candidate[];
  readonly standings: ReadonlyMap<string, Standing>;
  readonly chosen: readonly Candidate[];
  readonly host: string | null;
  /** Plain sentences: what of the dropped files could not be used. */
  readonly problems: readonly string[];
}

/** Cards shown before the rest is asked for. */
const MAX_SHOWN = 4;
/** A certificate of a large hoster names hundreds. */
const MAX_NAMES = 3;

export function CandidateList(props: CandidateListProps): ReactNode {
  const { candidates, standings, chosen, host, problems } = props;
  const [all, setAll] = useState(false);
  const ordered = inOrder(candidates, standings);
  const shown = all ? ordered : ordered.slice(0, MAX_SHOWN);
  return (
    <section aria-labelledby="rollover-next-title">
      <h3 id="rollover-next-title">{said.title}</h3>
      {candidates.length === 0 && <p className="dim">{said.none}</p>}
      {host !== null && candidates.length > 0 && fitsNone(candidates, standings) && (
        <p className="note tone-warn">
          <Icon name="triangle" size={12} />
          <span>
            <Said parts={said.noneFits(<Seen text={host} />)} />
          </span>
        </p>
      )}
      <LockedFiles />
      <ul className="rollover-cards">
        {shown.map((candidate) => (
          <CandidateCard
            key={candidate.id}
            candidate={candidate}
            standing={standings.get(candidate.id) ?? null}
            isIn={chosen.includes(candidate)}
          />
        ))}
      </ul>
      {ordered.length > MAX_SHOWN && (
        <button
          type="button"
          className="text-link"
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? said.showFewer : said.showMore(ordered.length - MAX_SHOWN)}
        </button>
      )}
      <Problems problems={problems} />
    </section>
  );
}

interface CandidateCardProps {
  readonly candidate: Candidate;
  readonly standing: Standing | null;
  readonly isIn: boolean;
}

function CandidateCard({ candidate, standing, isIn }: CandidateCardProps): ReactNode {
  const { id, what, files, keyType, names, issuer, notAfter } = candidate;
  const record = `3 1 1 ${id}`;
  const facts = [
    keyType,
    said.kinds[what],
    ...(issuer === null ? [] : [commonName(issuer)]),
    ...(notAfter === null ? [] : [said.until(dayText(new Date(notAfter).toISOString()))]),
  ];
  return (
    <li>
      <label className={`card candidate${isIn ? ' is-in' : ''}`}>
        <input
          type="checkbox"
          checked={isIn}
          onChange={(event) => {
            putInOrOut(id, event.currentTarget.checked);
          }}
        />
        <span className="candidate-words">
          <span className="card-title" title={files.map(visibleText).join('\n')}>
            <Seen text={files[0] ?? names[0] ?? keyType} />
            {files.length > 1 && <span className="dim">{said.andMore(files.length - 1)}</span>}
          </span>
          <span className="card-facts">
            <Seen text={facts.join(' · ')} />
          </span>
          {names.length > 0 && (
            <span className="card-facts" title={names.map(visibleText).join('\n')}>
              <Seen text={names.slice(0, MAX_NAMES).join(', ')} />
              {names.length > MAX_NAMES && said.andMore(names.length - MAX_NAMES)}
            </span>
          )}
          <span className="card-record mono" title={record}>
            {shortRecord(record)}
          </span>
          {standing !== null && <Tags standing={standing} notAfter={notAfter} />}
        </span>
      </label>
    </li>
  );
}

interface Remark {
  readonly tone: Tone;
  readonly text: string;
}

function Tags({
  standing,
  notAfter,
}: {
  readonly standing: Standing;
  readonly notAfter: number | null;
}): ReactNode {
  return (
    <span className="candidate-tags">
      {remarksOf(standing, notAfter).map(({ tone, text }) => (
        <span key={text} className={`tag tone-${tone}`}>
          <Icon name={TONE_ICON[tone]} size={10} />
          {text}
        </span>
      ))}
    </span>
  );
}

function remarksOf({ key, name, validity }: Standing, notAfter: number | null): readonly Remark[] {
  const remarks: Remark[] = [];
  if (key === 'differs') remarks.push({ tone: 'ok', text: said.keyDiffers });
  if (key === 'same') {
    remarks.push({ tone: 'none', text: said.keySame });
  }
  if (name === 'fits') remarks.push({ tone: 'none', text: said.nameFits });
  if (name === 'misses') remarks.push({ tone: 'warn', text: said.nameMisses });
  if (validity === 'expired') {
    const day = notAfter === null ? null : dayText(new Date(notAfter).toISOString());
    remarks.push({ tone: 'warn', text: day === null ? said.expired : said.expiredOn(day) });
  }
  if (validity === 'not-yet') remarks.push({ tone: 'warn', text: said.notYet });
  return remarks;
}

/** What fits and is new, then the key in use, then what has ended or fits no host; the latest first. */
function inOrder(
  candidates: readonly Candidate[],
  standings: ReadonlyMap<string, Standing>,
): readonly Candidate[] {
  const rank = ({ id }: Candidate): number => {
    const standing = standings.get(id);
    if (standing?.name === 'misses') return 3;
    if (standing?.validity === 'expired') return 2;
    return standing?.key === 'same' ? 1 : 0;
  };
  return [...candidates].sort(
    (a, b) => rank(a) - rank(b) || (b.notBefore ?? 0) - (a.notBefore ?? 0),
  );
}

function fitsNone(
  candidates: readonly Candidate[],
  standings: ReadonlyMap<string, Standing>,
): boolean {
  return candidates.every(({ id }) => standings.get(id)?.name === 'misses');
}

/** Sentences shown before the rest is counted. */
const MAX_PROBLEMS = 3;

function Problems({ problems }: { readonly problems: readonly string[] }): ReactNode {
  if (problems.length === 0) return null;
  return (
    <ul className="rollover-problems">
      {problems.slice(0, MAX_PROBLEMS).map((problem) => (
        <li key={problem}>
          <Icon name="triangle" size={12} tone="warn" />
          <Seen text={problem} />
        </li>
      ))}
      {problems.length > MAX_PROBLEMS && (
        <li className="dim">{said.moreInGenerate(problems.length - MAX_PROBLEMS)}</li>
      )}
    </ul>
  );
}

/** One host and port: each wanted record beside what is published, each published one beside what it matches. */
import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import {
  compareWithWorld,
  type Comparison,
  type PublishedComparison,
  type WantedComparison,
} from '../../shared/publish/compare.ts';
import {
  wordsOfPublished,
  wordsOfWanted,
  wordsOfWorld,
} from '../../shared/publish/compare-words.ts';
import { publishedThatFit } from '../../shared/publish/coming.ts';
import { shownAnywhere } from '../../shared/rollover/question.ts';
import type { MaterialView } from '../store/material-view.ts';
import { keptDigests } from '../store/publish-digests.ts';
import { lookAtHost, useWorldView, type HostView } from '../store/world-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { instantText } from '../ui/time.ts';
import { TONE_ICON, type Tone } from '../ui/tone.ts';
import { shortRecord, type Target } from './targets.ts';
import { WhatIf } from './what-if.tsx';
import { words } from '../words/words.ts';

const { world: said } = words.generate;

export interface TargetCardProps {
  readonly target: Target;
  readonly view: MaterialView;
}

export function TargetCard({ target, view }: TargetCardProps): ReactNode {
  const { host, port } = target;
  const seen = useWorldView(host, port);
  const isLooking = seen?.phase === 'looking';
  const comparison = seen === null ? null : compare(target, view, seen);
  return (
    <article className="target-card" aria-label={said.target(host, port)}>
      <header>
        <h3 className="mono">
          <Seen text={host} /> <span className="dim">{said.port(port)}</span>
        </h3>
        <p className="dim" aria-live="polite">
          <Phase seen={seen} />
        </p>
        <Button
          size="xs"
          variant="default"
          disabled={isLooking}
          leftSection={isLooking ? <Loader size={10} color="var(--accent)" /> : undefined}
          aria-label={said.lookAt(lookLabel(seen), host, port)}
          onClick={() => void lookAtHost(host, port)}
        >
          {lookLabel(seen)}
        </Button>
      </header>
      {seen?.phase === 'refused' && (
        <p className="target-refusal" role="alert">
          <Icon name="question" tone="none" size={13} />
          <span>
            <Seen text={seen.message ?? ''} />
          </span>
        </p>
      )}
      {!GREETED_PORTS.has(port) && <p className="dim">{said.recordsOnly}</p>}
      {comparison !== null && <Compared comparison={comparison} />}
      {port === SMTP_PORT && <WhatIf target={target} view={view} />}
    </article>
  );
}

/** SMTP, where STARTTLS shows what a host presents. */
const GREETED_PORTS: ReadonlySet<number> = new Set([25, 587]);

/** Mail between servers: what inspections are about. */
const SMTP_PORT = 25;

function compare(
  target: Target,
  view: MaterialView,
  { report, sightings }: HostView,
): Comparison | null {
  const host = report?.hosts[0];
  if (host === undefined) return null;
  return compareWithWorld({
    wanted: target.records,
    fitting: publishedThatFit(view.arranged, shownAnywhere(host), keptDigests),
    host,
    sightings,
    safety: SAFETY,
  });
}

/** TTLs that old records are left for, as operators are advised (internet.nl how-to). */
const SAFETY = 2;

function lookLabel(seen: HostView | null): string {
  if (seen === null) return said.look;
  return seen.phase === 'looking' ? said.looking : said.lookAgain;
}

function Phase({ seen }: { readonly seen: HostView | null }): ReactNode {
  if (seen === null) return said.notYet;
  if (seen.phase === 'looking') return said.asking;
  return seen.seenAt === null ? '' : said.asOf(timeText(seen.seenAt));
}

function Compared({
  comparison: { refusal, wanted, published },
}: {
  readonly comparison: Comparison;
}): ReactNode {
  const sentence = wordsOfWorld(refusal);
  return (
    <>
      {sentence !== null && (
        <p className="target-refusal">
          <Icon name="triangle" tone="warn" size={13} />
          <span>
            <Seen text={sentence} />
          </span>
        </p>
      )}
      <h4>{said.yours}</h4>
      <ul className="compared">
        {wanted.map((each) => (
          <Line
            key={each.record}
            record={each.record}
            tone={WANTED_TONES[each.code]}
            sentence={wordsOfWanted(each)}
          />
        ))}
      </ul>
      <h4>{said.published}</h4>
      {published.length === 0 ? (
        <p className="dim">{refusal?.code === 'failed' ? said.couldNotTell : said.nothing}</p>
      ) : (
        <ul className="compared">
          {published.map((each) => (
            <Line
              key={each.record}
              record={each.record}
              tone={PUBLISHED_TONES[each.code]}
              sentence={wordsOfPublished(each, timeText)}
            />
          ))}
        </ul>
      )}
    </>
  );
}

const WANTED_TONES: Readonly<Record<WantedComparison['code'], Tone>> = {
  published: 'ok',
  'published-in-part': 'warn',
  'to-add': 'pending',
  'could-not-tell': 'none',
};

const PUBLISHED_TONES: Readonly<Record<PublishedComparison['code'], Tone>> = {
  'matches-now': 'ok',
  'matches-dropped': 'ok',
  'matches-nothing': 'warn',
  'could-not-tell': 'none',
};

function timeText(instant: number): string {
  return instantText(new Date(instant).toISOString());
}

interface LineProps {
  readonly record: string;
  readonly tone: Tone;
  readonly sentence: string;
}

function Line({ record, tone, sentence }: LineProps): ReactNode {
  return (
    <li>
      <Icon name={tone === 'pending' ? 'plus' : TONE_ICON[tone]} tone={tone} size={12} />
      <span className="mono" title={record}>
        {shortRecord(record)}
      </span>
      <span className={`tone-${tone}`}>
        <Seen text={sentence} />
      </span>
    </li>
  );
}

/** A visitor’s test as a page: where to send, the verdict, and each situation; the parts that change are told apart. */
import type { Situation, TestReport } from '../lab/test-report.ts';
import { conclusionSentence } from '../lab/words.ts';
import { html, markupOf, NOTHING, type Html } from './escape-html.ts';
import { badge, inlineIcon } from './html-icons.ts';
import { instant } from './instant.ts';
import {
  counted,
  episodesOf,
  resolversIn,
  sendersIn,
  situationsTold,
  verdictTold,
  type Episode,
  type SituationTold,
} from './outbound-told.ts';
import { RELOAD_SECONDS, visitorPage } from './visitor-frame.ts';
import { recipientsSection } from './visitor-recipients.ts';
import { VISITOR_TESTS } from './visitor-start.ts';

export interface VisitorTest {
  readonly report: TestReport;
  /** No other test was open at the same time. */
  readonly isAlone: boolean;
  /** ISO 8601, UTC. */
  readonly deletedAt: string;
}

/** One element of the page, by its `id`; `markup` is all of it. */
export interface VisitorPart {
  readonly id: string;
  readonly markup: string;
}

/** What may change while the test goes on: the same element as in the page. */
export function visitorParts(test: VisitorTest): readonly VisitorPart[] {
  const told = situationsTold(test.report);
  return [
    { id: 'verdict', markup: markupOf(verdictPart(test)) },
    ...told.map((each) => ({
      id: situationId(each),
      markup: markupOf(situationPart(each)),
    })),
  ];
}

export interface VisitorReading {
  readonly version: string;
  /** Where no script runs, the page shall not load itself anew. */
  readonly isStill: boolean;
}

export function visitorTestPage(test: VisitorTest, { version, isStill }: VisitorReading): string {
  const { report } = test;
  const { base, alias } = report;
  const told = situationsTold(report);
  const main = html`<h1>Does this mail server check DANE?</h1>
    <p id="news" class="unseen" role="status"></p>
    ${verdictPart(test)}${report.isFinal ? NOTHING : withoutScript(report, isStill)}
    ${recipientsSection(report)}
    <section aria-labelledby="situations">
      <h2 id="situations">What it does</h2>
      <p class="dim">
        Times are UTC. The first three are the addresses of HaveDane; the others go beyond them.
      </p>
      ${told.map(situationPart)}
    </section>
    <section>
      <h2>To keep</h2>
      <p>
        This page and all that was seen is deleted on ${instant(test.deletedAt)}. Print it, or save
        it <a href="${VISITOR_TESTS}/${alias}.json">as data (JSON)</a>, to keep it.
        <a href="/">Start another test</a>
      </p>
    </section>`;
  const live = { events: `${VISITOR_TESTS}/${alias}/events`, isStill };
  return visitorPage({
    ...{ title: `Does this mail server check DANE? ${base}`, base, version, main },
    ...(report.isFinal ? {} : { live }),
  });
}

function withoutScript({ alias }: TestReport, isStill: boolean): Html {
  const page = `${VISITOR_TESTS}/${alias}`;
  return isStill
    ? html`<noscript
        ><p class="dim">
          This page stands still. <a href="${page}">Look for what is new</a>
        </p></noscript
      >`
    : html`<noscript
        ><p class="dim">
          This page loads itself anew every ${RELOAD_SECONDS} seconds, which closes what you opened.
          <a href="${page}?still">Let it stand still</a>
        </p></noscript
      >`;
}

function verdictPart({ report, isAlone }: VisitorTest): Html {
  const { verdict, situations } = report;
  const { face } = verdictTold(report);
  const sentence = conclusionSentence(verdict);
  const decided = situations.filter(({ phase }) => phase === 'decided').length;
  return html`<section
    id="verdict"
    class="verdict edge-${face.tone}"
    data-news="${face.word}. ${sentence}"
  >
    <h2 class="outcome tone-${face.tone}">${inlineIcon(face)} ${face.word}</h2>
    <p>${sentence}</p>
    <p class="dim">
      ${decided} of ${counted(situations.length, 'situation')} decided. ${waiting(report)}
    </p>
    ${addresses('Mail came from', sendersIn(report))}
    ${addresses('The names were looked up by', resolversIn(report))}
    ${isAlone ? NOTHING : html`<p>${NOT_ALONE}</p>`}
  </section>`;
}

const NOT_ALONE =
  'Another test was open at the same time. Questions to the name server cannot be told apart then, and are not shown; nor are connections in which no recipient was named, unless their sender is known from this test alone. So some situations may stay open.';

function waiting({ isFinal, silentAt }: TestReport): string {
  return isFinal
    ? `Nothing more is waited for. What still arrives until ${instant(silentAt)} is added when this page is loaded again.`
    : `Silence counts from ${instant(silentAt)} on.`;
}

/** Addresses in one line; large senders have hundreds. */
const MAX_ADDRESSES = 8;

function addresses(label: string, all: readonly string[]): Html {
  if (all.length === 0) return NOTHING;
  const rest = all.length - MAX_ADDRESSES;
  return html`<p>
    ${label} <span class="data">${all.slice(0, MAX_ADDRESSES).join(', ')}</span>${
      rest > 0 ? ` and ${rest} more` : ''
    }
  </p>`;
}

function situationId({ scenario }: SituationTold): string {
  return `situation-${scenario.id}`;
}

function situationPart(told: SituationTold): Html {
  const { scenario, situation, face } = told;
  // Of what has not begun the face says all.
  const words = situation.phase === 'waiting' ? '' : situation.sentence;
  return html`<article
    id="${situationId(told)}"
    class="situation edge-${face.tone}"
    data-news="${scenario.title}: ${words} ${face.word}."
  >
    <div>
      <h3>${scenario.title} <code>${scenario.id}</code></h3>
      <p class="dim">${scenario.setting}</p>
    </div>
    <div class="deed">
      <p>${badge(face)}</p>
      ${words === '' ? NOTHING : html`<p>${words}</p>`}
    </div>
    <p>${scenario.duty} <span class="dim">${scenario.clause}</span></p>
    ${steps(situation)}
  </article>`;
}

/** Steps of one situation that are shown; all that is kept stands in the JSON. */
const MAX_STEPS = 40;

function steps({ seen, unshown, ...rest }: Situation): Html {
  if (seen.length === 0) return NOTHING;
  const left = unshown + Math.max(0, seen.length - MAX_STEPS);
  const episodes = episodesOf({ ...rest, unshown, seen: seen.slice(-MAX_STEPS) });
  return html`<details>
    <summary>What was seen: ${counted(seen.length + unshown, 'step')}</summary>
    ${left === 0 ? NOTHING : html`<p class="dim">The first ${left} are not shown.</p>`}
    ${episodes.map(episodeList)}
  </details>`;
}

function episodeList({ title, steps: own }: Episode): Html {
  return html`<p class="episode">${title}</p>
    <ol class="steps">
      ${own.map(({ time, text }) => html`<li><code>${time}</code> ${text}</li>`)}
    </ol>`;
}

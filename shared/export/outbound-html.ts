/** An outbound test as one HTML file that needs nothing else. */
import type { TestReport } from '../lab/test-report.ts';
import { html, NOTHING, type Html } from './escape-html.ts';
import { badge, inlineIcon } from './html-icons.ts';
import { htmlPage } from './html-page.ts';
import {
  counted,
  episodesOf,
  factsTold,
  situationsTold,
  verdictTold,
  type Episode,
  type SituationTold,
} from './outbound-told.ts';

export function testReportToHtml(report: TestReport, tool: { readonly version: string }): string {
  const told = situationsTold(report);
  const main = html`<article>
    ${verdictHead(report)}
    <section>
      <h3>Situations</h3>
      ${situationsTable(told)}
    </section>
    <section>
      <h3>Step by step</h3>
      <p class="dim">
        Times of steps are UTC. What decided the verdict, or is not as it should be, stands open.
      </p>
      ${told.map(stepsPart)}
    </section>
    <section>
      <h3>About this test</h3>
      <table class="facts">
        <tbody>
          ${factsTold(report, tool).map(
            ([label, value]) =>
              html`<tr>
                <th scope="row">${label}</th>
                <td>${value}</td>
              </tr> `,
          )}
        </tbody>
      </table>
    </section>
  </article> `;
  return htmlPage(`Outbound test ${report.base}`, main, tool.version);
}

function verdictHead(report: TestReport): Html {
  const { face, sentence, limits } = verdictTold(report);
  return html`<header class="verdict">
    <h2>Does this mail server check DANE?</h2>
    <p class="outcome tone-${face.tone}">
      ${inlineIcon(face)} <strong>${face.word}</strong>
      <span class="summary">${sentence}</span>
    </p>
    ${limits.map((limit) => html`<p>${limit}</p> `)}
  </header> `;
}

function situationsTable(told: readonly SituationTold[]): Html {
  return html`<table class="grid">
    <thead>
      <tr>
        <th>Situation</th>
        <th>What the sender did</th>
        <th>What it has to do</th>
      </tr>
    </thead>
    <tbody>
      ${told.map(situationRow)}
    </tbody>
  </table> `;
}

function situationRow({ scenario, situation, face }: SituationTold): Html {
  return html`<tr>
    <th scope="row">
      <strong>${scenario.title}</strong> <code class="dim">${scenario.id}</code><br />
      <span class="dim">${scenario.setting}</span>
    </th>
    <td>${badge(face)}<br />${situation.sentence}</td>
    <td>${scenario.duty} <span class="dim">${scenario.clause}</span></td>
  </tr> `;
}

function stepsPart({ scenario, situation, face, matters }: SituationTold): Html {
  const episodes = episodesOf(situation);
  const left =
    situation.unshown === 0
      ? NOTHING
      : html`<p class="dim">${counted(situation.unshown, 'earlier step')} left out.</p> `;
  return html`<section>
    <h4>${scenario.title} ${badge(face)}</h4>
    <p class="dim data">${situation.recipient}</p>
    ${episodes.length === 0 ? html`<p>Nothing was seen.</p> ` : NOTHING}
    ${left}${episodes.map((episode) => episodeDetails(episode, matters))}
  </section> `;
}

function episodeDetails({ title, steps }: Episode, open: boolean): Html {
  return html`<details${open ? html` open` : NOTHING}>
    <summary>${title}</summary>
    <table class="facts">
      <tbody>
        ${steps.map(
          ({ time, text }) =>
            html`<tr>
              <th scope="row"><code>${time}</code></th>
              <td>${text}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </details> `;
}

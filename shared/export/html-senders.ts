/** What senders do with mail to the domain, and what breaks next, as HTML. */
import type { Report } from '../inspection/report.ts';
import { html, NOTHING, type Html } from './escape-html.ts';
import { badge } from './html-icons.ts';
import {
  deadlinesTold,
  possibleWords,
  senderFace,
  sendersTold,
  type DeadlineTold,
} from './sender-faces.ts';

export function sendersSection(report: Report): Html {
  const { rows, resolvers, sentences, notes } = sendersTold(report);
  return html`<section>
    <h3>What senders do</h3>
    <table class="grid senders">
      <thead>
        <tr>
          <th>Sender and setting</th>
          ${resolvers.map((resolver) => html`<th>${resolver}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ sender, setting, cells }) =>
            html`<tr>
              <th scope="row">${sender}<br /><code class="dim">${setting}</code></th>
              ${cells.map((cell) => html`<td>${badge(senderFace(cell))}${below(possibleWords(cell))}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
    <ul>
      ${[...sentences, ...notes].map((sentence) => html`<li>${sentence}</li> `)}
    </ul>
  </section> `;
}

function below(words: string): Html {
  return words === '' ? NOTHING : html`<br /><span class="dim">${words}</span>`;
}

export function outlookSection(report: Report): Html {
  const { told, left } = deadlinesTold(report);
  if (told.length === 0) return NOTHING;
  return html`<section>
    <h3>What breaks next</h3>
    <table class="deadlines">
      <thead>
        <tr>
          <th>What</th>
          <th>Until</th>
          <th>What then happens</th>
          <th>Whose it is to see to</th>
        </tr>
      </thead>
      <tbody>
        ${told.map(deadlineRow)}
      </tbody>
    </table>
    ${left === 0 ? NOTHING : html`<p class="dim">${left} later ones are left out.</p>`}
  </section> `;
}

function deadlineRow({ what, face, until, consequence, mends, reference }: DeadlineTold): Html {
  return html`<tr>
    <td>${what}<br />${badge(face)}</td>
    <td>${until}</td>
    <td>${consequence} <span class="dim">${reference}</span></td>
    <td>${mends}</td>
  </tr> `;
}

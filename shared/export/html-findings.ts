/** The findings of a report as HTML: what, what it means for mail, and the text that mends it. */
import type { Finding } from '../findings/finding.ts';
import { html, lines, NOTHING, type Html } from './escape-html.ts';
import { severityFace } from './faces.ts';
import { badge, inlineIcon } from './html-icons.ts';

/** In the order given. */
export function findingsSection(findings: readonly Finding[]): Html {
  const told = findings.filter(({ severity }) => severity !== 'ok');
  const good = findings.filter(({ severity }) => severity === 'ok');
  return html`<section class="findings">
    <h3>Findings</h3>
    ${told.length === 0 ? html`<p>Nothing to mend was found.</p>` : told.map(findingCard)}
    ${good.length === 0 ? NOTHING : inOrder(good)}
  </section> `;
}

function findingCard(finding: Finding): Html {
  const face = severityFace(finding.severity);
  return html`<div class="finding edge-${face.tone}">
    <h4>${badge(face)} ${finding.title}</h4>
    <p>${finding.message}</p>
    ${finding.remedy === '' ? NOTHING : html`<pre>${lines(finding.remedy)}</pre>`}
    <p class="dim">
      About <code>${finding.subject}</code> · to mend by: ${finding.mends} ·
      <code>${finding.code}</code> · ${clause(finding.reference)}
    </p>
  </div> `;
}

function inOrder(findings: readonly Finding[]): Html {
  return html`<h4>In order</h4>
    <ul class="good">
      ${findings.map(
        (finding) =>
          html`<li>
            ${inlineIcon(severityFace('ok'))} ${finding.title}
            <span class="dim">${clause(finding.reference)}</span>
          </li> `,
      )}
    </ul>`;
}

/** A link for what is surely a clause of an RFC, else the text alone. */
function clause(reference: string): Html {
  const match = /^RFC (\d{1,5})(?: §([0-9A-Z](?:[0-9.]{0,20}[0-9])?))?$/.exec(reference);
  if (match === null) return html`${reference}`;
  const [, number = '', section] = match;
  const anchor = section === undefined ? '' : `#section-${section}`;
  return html`<a
    href="https://www.rfc-editor.org/rfc/rfc${number}${anchor}"
    rel="noreferrer noopener"
    >${reference}</a
  >`;
}

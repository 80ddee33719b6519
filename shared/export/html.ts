/** Reports as one HTML file that needs nothing else: no script, no font, no image is fetched; it prints well. */
import type { Report } from '../inspection/report.ts';
import { html, NOTHING, type Html } from './escape-html.ts';
import { outcomeFace } from './faces.ts';
import { worstFirst } from './finding-order.ts';
import { createEvidence, type Evidence } from './html-evidence.ts';
import { findingsSection } from './html-findings.ts';
import { hostsSection } from './html-hosts.ts';
import { badge, inlineIcon } from './html-icons.ts';
import { htmlPage } from './html-page.ts';
import { drawPicture } from './html-picture.ts';
import { policySection } from './html-policy.ts';
import { outlookSection, sendersSection } from './html-senders.ts';
import { serversSection } from './html-servers.ts';
import { askedSection, zonesSection } from './html-zones.ts';
import { instant } from './instant.ts';
import { OWN_TRUST } from './own-trust.ts';
import { picturesOf } from './picture.ts';

/** Domains told in full; a list of thousands would make a file that nothing opens. */
export const MAX_FULL_DOMAINS = 100;

export function reportsToHtml(reports: readonly Report[]): string {
  const evidence = createEvidence();
  const [only] = reports;
  const title =
    reports.length === 1 && only !== undefined ? only.domain : `${reports.length} domains`;
  const full = reports.slice(0, MAX_FULL_DOMAINS);
  const main = html`${reports.length > 1 ? overview(reports, full.length) : NOTHING}${full.map((report, index) => domainArticle(report, index, evidence))}`;
  return htmlPage(title, main, only?.tool.version ?? null);
}

function overview(reports: readonly Report[], full: number): Html {
  const rest =
    full === reports.length
      ? NOTHING
      : html`<p class="dim">
          The first ${full} are told in full below; ask for the others by themselves.
        </p>`;
  return html`<section class="overview">
    <h1>${reports.length} domains</h1>
    <table>
      <thead>
        <tr>
          <th>Domain</th>
          <th>Outcome</th>
          <th>What senders do</th>
          <th>First to mend</th>
        </tr>
      </thead>
      <tbody>
        ${reports.map((report, index) => overviewRow(report, index < full ? index : null))}
      </tbody>
    </table>
    ${rest}
  </section> `;
}

function overviewRow(report: Report, index: number | null): Html {
  const name =
    index === null ? report.domain : html`<a href="#domain-${index}">${report.domain}</a>`;
  return html`<tr>
    <td>${name}</td>
    <td>${badge(outcomeFace(report.outcome))}</td>
    <td>${report.summary}</td>
    <td>${firstToMend(report)}</td>
  </tr> `;
}

function firstToMend(report: Report): string {
  const [worst] = worstFirst(report);
  return worst !== undefined && (worst.severity === 'error' || worst.severity === 'warning')
    ? worst.title
    : '';
}

function domainArticle(report: Report, index: number, evidence: Evidence): Html {
  return html`<article id="domain-${index}">
    ${verdict(report)}
    <section>
      <h3>The chain</h3>
      ${picturesOf(report).map(drawPicture)}
    </section>
    ${findingsSection(worstFirst(report))}${sendersSection(report)}${outlookSection(report)}${hostsSection(report)}${serversSection(report)}${zonesSection(report)}${policySection(report)}${askedSection(report)}${evidence.section(report)}
  </article> `;
}

function verdict(report: Report): Html {
  const face = outcomeFace(report.outcome);
  const first = firstToMend(report);
  const duration = (report.durationMs / 1000).toFixed(1);
  return html`<header class="verdict">
    <h2>${report.domain}</h2>
    <p class="outcome tone-${face.tone}">
      ${inlineIcon(face)} <strong>${face.word}</strong>
      <span class="summary">${report.summary}</span>
    </p>
    <p class="dim">
      Asked on ${instant(report.startedAt)}, judged as of ${instant(report.at)}: ${report.queries}
      DNS queries, ${duration} s.
    </p>
    ${report.tool.ownTrust === true ? html`<p>${OWN_TRUST}</p>` : NOTHING}
    ${first === '' ? NOTHING : html`<p class="first">First to mend: <strong>${first}</strong></p>`}
  </header>`;
}

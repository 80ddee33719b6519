/** MTA-STS and TLS reporting as HTML (RFC 8461, RFC 8460). */
import type { MtaStsReport, Report, Security, TlsRptReport } from '../inspection/report.ts';
import { html, NOTHING, type Html } from './escape-html.ts';
import { securityFace } from './faces.ts';
import { badge } from './html-icons.ts';

export function policySection({ policy: { mtaSts, tlsRpt } }: Report): Html {
  if (!mtaSts.checked && !tlsRpt.checked) return NOTHING;
  return html`<section>
    <h3>Policy</h3>
    <table class="facts">
      <tbody>
        <tr>
          <th scope="row">MTA-STS</th>
          <td>${mtaStsWords(mtaSts)} ${statusOf(mtaSts.security)}</td>
        </tr>
        <tr>
          <th scope="row">TLS reports</th>
          <td>${tlsRptWords(tlsRpt)} ${statusOf(tlsRpt.security)}</td>
        </tr>
      </tbody>
    </table>
  </section> `;
}

function mtaStsWords({ record, problem, policy, uncovered }: MtaStsReport): Html {
  const text = record === null ? NOTHING : html`<br /><code class="data">${record}</code>`;
  if (problem !== null) return html`not usable: ${problem}${text}`;
  if (record === null) return html`none`;
  if (policy === null) return html`announced; the policy file was not looked at${text}`;
  const left = uncovered.length === 0 ? '' : `; leaves out ${uncovered.join(', ')}`;
  return html`${policy.mode}, for ${policy.maxAge} s:
    <code>${policy.mx.join(', ') || 'no hosts'}</code>${left}${text}`;
}

function tlsRptWords({ record, problem, rua }: TlsRptReport): Html {
  const text = record === null ? NOTHING : html`<br /><code class="data">${record}</code>`;
  if (problem !== null) return html`not usable: ${problem}${text}`;
  return record === null ? html`none` : html`<code>${rua.join(', ')}</code>${text}`;
}

function statusOf(security: Security | null): Html {
  return security === null ? NOTHING : badge(securityFace(security));
}

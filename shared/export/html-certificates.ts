/** The certificates that a host presented, each different chain once, decoded and in PEM. */
import type { CertificateReport, HostReport, ProbeReport } from '../inspection/report.ts';
import { html, lines, NOTHING, type Html } from './escape-html.ts';
import { instant } from './instant.ts';
import { presentedChains } from '../inspection/presented-chains.ts';

export function certificatesOf(host: HostReport): Html {
  const chains = presentedChains(host).flatMap(({ probe, addresses }) =>
    probe === null || probe.chain.length === 0 ? [] : chainPart(probe, addresses),
  );
  return chains.length === 0 ? NOTHING : html`${chains}`;
}

function chainPart(probe: ProbeReport, addresses: readonly string[]): Html {
  const missing = probe.chainShape?.missingIssuer ?? null;
  const notes = [
    missing === null ? '' : `The issuer “${missing}” was not sent.`,
    probe.chainShape?.ordered === false ? 'The certificates are not in order.' : '',
    probe.chainExact ? '' : 'The list is what the TLS library tells.',
  ].filter((note) => note !== '');
  return html`<p>Presented by <code>${addresses.join(', ')}</code>${['.', ...notes].join(' ')}</p>
    <table>
      <thead>
        <tr>
          <th>Depth</th>
          <th>Certificate</th>
          <th>Valid</th>
          <th>Key</th>
          <th>SHA-256</th>
        </tr>
      </thead>
      <tbody>
        ${probe.chain.map(certificateRow)}
      </tbody>
    </table>
    <details>
      <summary>Certificates in PEM</summary>
      <pre>${lines(probe.chain.map(({ pem }) => pem.trimEnd()).join('\n'))}</pre>
    </details> `;
}

function certificateRow(certificate: CertificateReport, depth: number): Html {
  const { subject, issuer, names, notBefore, notAfter, keyType, serial } = certificate;
  const kind = certificate.selfSigned ? 'self-signed' : `issued by ${issuer}`;
  return html`<tr>
    <td>${depth}</td>
    <td>
      ${subject || 'no subject'}<br /><span class="dim"
        >${kind}; serial ${serial}${certificate.isAuthority ? '; authority' : ''}</span
      >${names.length === 0 ? NOTHING : html`<br /><span class="dim">names</span> <code>${names.join(', ')}</code>`}
    </td>
    <td>${instant(notBefore)}<br />${instant(notAfter)}</td>
    <td>${keyType}</td>
    <td>
      <span class="dim">key</span> <code class="data">${certificate.spkiSha256}</code><br /><span
        class="dim"
        >certificate</span
      >
      <code class="data">${certificate.certSha256}</code>
    </td>
  </tr> `;
}

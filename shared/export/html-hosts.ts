/** The mail hosts of a report as HTML: records, addresses, certificates and conversations of each. */
import { printable } from '../findings/safe-text.ts';
import type {
  HostReport,
  LookUpReport,
  ProbeReport,
  Report,
  TlsaRecordReport,
} from '../inspection/report.ts';
import { html, lines, NOTHING, type Html } from './escape-html.ts';
import { hostFace, securityFace, verdictFace } from './faces.ts';
import { failureWords } from './failure-words.ts';
import { certificatesOf } from './html-certificates.ts';
import { badge } from './html-icons.ts';

export function hostsSection(report: Report): Html {
  return html`<section>
    <h3>Mail hosts</h3>
    <p>${mxSentence(report)}</p>
    ${lookUpsTable(report.mx.lookUp === null ? [] : [report.mx.lookUp])}
    ${report.hosts.map((host) => hostPart(host))}
  </section> `;
}

function mxSentence({ mx }: Report): Html {
  const status = badge(securityFace(mx.security));
  if (mx.null) return html`${status} Null MX (RFC 7505): takes no mail.`;
  if (mx.nonexistent) return html`${status} The name does not exist.`;
  if (mx.failed) return html`${status} The MX look-up gives no usable answer.`;
  if (mx.implicit) return html`${status} No MX records: the domain itself is the host.`;
  const records = mx.records.map(({ preference, exchange }) => `${preference} ${exchange}`);
  return html`${status} MX <code>${records.join(', ')}</code>`;
}

function hostPart(host: HostReport): Html {
  return html`<section class="host">
    <h4>
      ${host.name} <span class="dim">${host.preference}</span> ${badge(hostFace(host.outcome))}
    </h4>
    <p>${host.because}</p>
    ${aliasLine(host)}
    ${recordsTable(host)}${addressesTable(host)}${certificatesOf(host)}${lookUpsTable(lookUpsOf(host))}${conversations(host)}
  </section> `;
}

function aliasLine({ resolution }: HostReport): Html {
  const alias = resolution?.alias ?? null;
  return alias === null ? NOTHING : html`<p>Its name is an alias of <code>${alias}</code>.</p>`;
}

function recordsTable(host: HostReport): Html {
  const { tlsa } = host;
  const alias = tlsa.cname.length === 0 ? '' : `, an alias of ${tlsa.cname.join(', ')}`;
  const ttl = tlsa.ttl === null ? '' : `, TTL ${tlsa.ttl} s`;
  const heading = html`<p>
    TLSA at <code>${tlsa.name}</code>${alias}: ${badge(securityFace(tlsa.security))}
    ${tlsa.rcode ?? ''}${ttl}${tlsa.records.length === 0 ? ', no record' : `, rollover scheme ${tlsa.rolloverScheme}`}
  </p> `;
  if (tlsa.records.length === 0) return heading;
  return html`${heading}
    <table>
      <thead>
        <tr>
          <th>TLSA record</th>
          <th>Matches</th>
          <th>Role</th>
          <th>Why</th>
        </tr>
      </thead>
      <tbody>
        ${tlsa.records.map((record, index) => recordRow(record, reasonsFor(host, index)))}
      </tbody>
    </table> `;
}

/** What the comparison with each chain came to, each reason once. */
function reasonsFor({ addresses }: HostReport, index: number): readonly string[] {
  const probes = addresses.flatMap((address) => address.probes);
  const reasons = probes.flatMap(({ associations }) => associations[index]?.reason ?? []);
  return [...new Set(reasons)].filter((reason) => reason !== '');
}

function recordRow(record: TlsaRecordReport, reasons: readonly string[]): Html {
  const depth = record.matchedDepth;
  const where = depth === null ? '' : depth === 0 ? ' (the server’s own)' : ` (depth ${depth})`;
  const matches = record.usable ? (record.matches ? `yes${where}` : 'no') : 'unusable';
  return html`<tr>
    <td>
      <code class="data"
        >${record.usage} ${record.selector} ${record.matchingType} ${record.data}</code
      >
    </td>
    <td>${matches}</td>
    <td>${record.role}</td>
    <td>${[...reasons, ...identityWords(record)].join('; ')}</td>
  </tr> `;
}

function identityWords({ identity }: TlsaRecordReport): readonly string[] {
  if (identity === null) return [];
  const where = identity.host === null ? '' : ` of ${identity.host}, depth ${identity.depth ?? 0}`;
  const { subject, meant, record } = identity;
  return [
    `${identity.algorithm} of ${identity.kind}${where}`,
    ...(subject === null ? [] : [subject]),
    ...(meant === null ? [] : [`meant ${meant}`]),
    ...(record === null ? [] : [`right would be ${record}`]),
  ];
}

function addressesTable({ addresses }: HostReport): Html {
  if (addresses.length === 0) return NOTHING;
  return html`<table>
    <thead>
      <tr>
        <th>Address</th>
        <th>DNS</th>
        <th>Offer</th>
        <th>Verdict</th>
        <th>Session</th>
        <th>Remarks</th>
      </tr>
    </thead>
    <tbody>
      ${addresses.flatMap(({ address, security, probes }) => {
        const start = html`<td class="address"><code>${address}</code></td>
          <td>${badge(securityFace(security))}</td>`;
        if (probes.length === 0)
          return html`<tr>
            ${start}
            <td colspan="4">not spoken to</td>
          </tr> `;
        return probes.map(
          (probe) =>
            html`<tr>
              ${start}${probeCells(probe)}
            </tr> `,
        );
      })}
    </tbody>
  </table> `;
}

function probeCells(probe: ProbeReport): Html {
  const sni = probe.sni === null ? null : `SNI ${probe.sni}`;
  const parts = [probe.tlsVersion, probe.cipher, probe.keyType, sni];
  const session = parts.filter((part) => part !== null);
  const notes = [
    probe.error ?? (probe.ok ? '' : failureWords(probe.failure)),
    probe.stage === 'done' ? '' : `Last stage: ${probe.stage}.`,
    probe.pkix === null ? '' : `For senders without DANE: ${probe.pkix}`,
    probe.injected ? 'Plaintext behind the reply to STARTTLS was thrown away.' : '',
    probe.source === 'file' ? 'The chain was given as a file.' : '',
  ].filter((note) => note !== '');
  return html`<td>${probe.offer}</td>
    <td>${badge(verdictFace(probe.verdict))}</td>
    <td>${session.join(', ')}</td>
    <td>${notes.join(' ')}</td>`;
}

function lookUpsOf({ lookUps, tlsa }: HostReport): readonly LookUpReport[] {
  return tlsa.lookUp === null ? lookUps : [...lookUps, tlsa.lookUp];
}

function lookUpsTable(all: readonly LookUpReport[]): Html {
  if (all.length === 0) return NOTHING;
  return html`<details>
    <summary>Records as looked up</summary>
    <table>
      <thead>
        <tr>
          <th>Question</th>
          <th>Status</th>
          <th>Answer</th>
        </tr>
      </thead>
      <tbody>
        ${all.map(lookUpRow)}
      </tbody>
    </table>
  </details> `;
}

function lookUpRow({ name, type, rcode, security, answers, reason }: LookUpReport): Html {
  const records = answers.map(
    (answer) => `${answer.name} ${answer.ttl} ${answer.type} ${answer.data}`,
  );
  return html`<tr>
    <td><code>${name} ${type}</code></td>
    <td>${badge(securityFace(security))} ${rcode}${reason === null ? '' : `: ${reason}`}</td>
    <td>${records.map((record) => html`<code class="data">${record}</code><br />`)}</td>
  </tr> `;
}

function conversations({ addresses }: HostReport): Html {
  const parts = addresses.flatMap(({ address, probes }) =>
    probes.flatMap((probe) => (probe.transcript.length === 0 ? [] : conversation(address, probe))),
  );
  return parts.length === 0 ? NOTHING : html`${parts}`;
}

function conversation(address: string, probe: ProbeReport): Html {
  const rows = probe.transcript.map(({ from, text, atMs }) => {
    const time = String(Math.round(atMs)).padStart(6);
    return `${time} ms ${MARKS.get(from) ?? ''} ${printable(text)}`;
  });
  const offer = probe.offer === 'usual' ? '' : ` (${probe.offer})`;
  return html`<details>
    <summary>Conversation with ${address}${offer}</summary>
    <pre>${lines(rows.join('\n'))}</pre>
  </details>`;
}

const MARKS: ReadonlyMap<string, string> = new Map([
  ['server', '<'],
  ['client', '>'],
  ['note', '·'],
]);

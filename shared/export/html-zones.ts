/** The ladder of trust from the anchor down, and how it was asked, as HTML. */
import type { Report, ZoneReport } from '../inspection/report.ts';
import { html, NOTHING, type Html } from './escape-html.ts';
import { securityFace } from './faces.ts';
import { badge } from './html-icons.ts';
import { instant } from './instant.ts';

export function zonesSection({ zones, at }: Report): Html {
  if (zones.length === 0) return NOTHING;
  const line = timeLine(zones, at);
  return html`<section>
    <h3>Zones, from the root down</h3>
    <table>
      <thead>
        <tr>
          <th>Zone</th>
          <th>Status</th>
          <th>DS</th>
          <th>DNSKEY</th>
          <th>Signature over the keys</th>
        </tr>
      </thead>
      <tbody>
        ${zones.map((zone) => zoneRow(zone, line))}
      </tbody>
    </table>
  </section> `;
}

function zoneRow(zone: ZoneReport, line: TimeLine | null): Html {
  const ds = zone.ds.map(
    ({ keyTag, algorithm, digestType, digest }) => `${keyTag} ${algorithm} ${digestType} ${digest}`,
  );
  const keys = zone.dnskeys.map(
    ({ keyTag, algorithm, secureEntryPoint }) =>
      `${keyTag} ${algorithm}${secureEntryPoint ? ' SEP' : ''}`,
  );
  const servers = zone.servers.map(({ name, address }) => `${name} ${address}`);
  return html`<tr>
      <td><code>${zone.zone}</code></td>
      <td>${badge(securityFace(zone.security))}${zone.reason === null ? '' : ` ${zone.reason}`}</td>
      <td>${rows(ds)}</td>
      <td>
        ${rows(keys)}${zone.signedBy === null ? NOTHING : html`<span class="dim">signed by ${zone.signedBy}</span>`}
      </td>
      <td>${signature(zone, line)}</td>
    </tr>
    <tr class="under">
      <td></td>
      <td colspan="4" class="dim">
        Servers: ${servers.length === 0 ? 'none known' : servers.join(', ')}
      </td>
    </tr> `;
}

function rows(texts: readonly string[]): Html {
  return html`${texts.map((text) => html`<code class="data">${text}</code><br />`)}`;
}

interface TimeLine {
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

/** All signatures on one line, so that the next to expire is seen; null where no time is known. */
function timeLine(zones: readonly ZoneReport[], at: string): TimeLine | null {
  const times = zones.flatMap(({ signature: period }) =>
    period === null ? [] : [Date.parse(period.inception), Date.parse(period.expiration)],
  );
  const known = [...times, Date.parse(at)].filter((time) => !Number.isNaN(time));
  const now = Date.parse(at);
  if (known.length < 2 || Number.isNaN(now)) return null;
  const from = known.reduce((a, b) => Math.min(a, b));
  const to = known.reduce((a, b) => Math.max(a, b));
  return to > from ? { from, to, now } : null;
}

const BAR_WIDTH = 200;

function signature({ signature: period }: ZoneReport, line: TimeLine | null): Html {
  if (period === null) return html`none`;
  const text = html`${instant(period.inception)}<br />${instant(period.expiration)}`;
  const [from, to] = [Date.parse(period.inception), Date.parse(period.expiration)];
  if (line === null || Number.isNaN(from) || Number.isNaN(to)) return text;
  const place = (time: number): string =>
    (((time - line.from) / (line.to - line.from)) * BAR_WIDTH).toFixed(1);
  const width = Math.max(Number(place(to)) - Number(place(from)), 1).toFixed(1);
  const state = from <= line.now && line.now <= to ? 'valid at the time' : 'not valid at the time';
  return html`${text}<br /><svg
      class="bar"
      viewBox="0 0 ${BAR_WIDTH} 12"
      width="${BAR_WIDTH}"
      height="12"
      role="img"
      aria-label="${state}"
    >
      <rect x="${place(from)}" y="3" width="${width}" height="6" class="period" />
      <path class="now" d="M${place(line.now)} 0v12" />
    </svg>
    <span class="dim">${state}</span>`;
}

export function askedSection(report: Report): Html {
  const { tool } = report;
  const facts: readonly (readonly [string, string | number])[] = [
    ['Program', `DANE Inspector ${tool.version}`],
    ['Asked on', instant(report.startedAt)],
    ['Judged as of', instant(report.at)],
    [
      'Resolver',
      tool.resolver === 'iterative'
        ? 'none: the authoritative servers were asked, from the root, and every answer was validated here'
        : `${tool.resolver}; every answer was validated here`,
    ],
    ...(tool.dnsPort === undefined ? [] : [['DNS', `port ${tool.dnsPort}`] as const]),
    ['DNS queries', report.queries],
    ['Took', `${(report.durationMs / 1000).toFixed(1)} s`],
    ['SMTP', tool.smtp ? `port ${tool.smtpPort}` : 'mail servers were left out'],
    ...(tool.proxy === undefined ? [] : [['By way of', tool.proxy] as const]),
  ];
  return html`<section>
    <h3>How it was asked</h3>
    <table class="facts">
      <tbody>
        ${facts.map(
          ([name, value]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${value}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </section> `;
}

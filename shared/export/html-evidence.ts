/** The raw DNS messages behind a report, in hex, as many as a file that people mail to each other may hold. */
import type { Report, ServerQuestion } from '../inspection/report.ts';
import { html, lines, NOTHING, type Html } from './escape-html.ts';

export interface Evidence {
  section(report: Report): Html;
}

/** Octets of DNS messages in one file, all domains together; each octet takes three characters. */
export const MAX_EVIDENCE_OCTETS = 1024 * 1024;

/** One for each file. */
export function createEvidence(): Evidence {
  let left = MAX_EVIDENCE_OCTETS;
  return {
    section(report) {
      const messages = messagesOf(report);
      if (messages.length === 0) return NOTHING;
      const kept = messages.filter(({ question }) => {
        const octets = question.raw.length / 2;
        if (octets > left) return false;
        left -= octets;
        return true;
      });
      return messagesSection(kept, messages.length - kept.length);
    },
  };
}

interface RawMessage {
  readonly server: string;
  readonly address: string;
  readonly question: ServerQuestion;
}

/** The grids of several hosts show the same answers; each is kept once. */
function messagesOf(report: Report): readonly RawMessage[] {
  const messages = new Map<string, RawMessage>();
  const add = (server: string, address: string, question: ServerQuestion): void => {
    if (question.raw === '') return;
    const { name, type, transport } = question;
    messages.set(`${address} ${name} ${type} ${transport}`, { server, address, question });
  };
  for (const { servers } of report.surveys) {
    for (const { server, address, questions } of servers) {
      for (const question of questions) add(server, address, question);
    }
  }
  for (const { ancestors } of report.hosts) {
    for (const { server, address, questions } of ancestors) {
      for (const question of questions) add(server, address, question);
    }
  }
  return [...messages.values()];
}

function messagesSection(kept: readonly RawMessage[], leftOut: number): Html {
  const most = MAX_EVIDENCE_OCTETS / 1024;
  const note =
    leftOut === 0
      ? NOTHING
      : html`<p class="dim">
          ${leftOut} more were left out: one file holds ${most} KiB of messages at most. A case file
          holds them all.
        </p> `;
  return html`<section>
    <h3>Raw evidence</h3>
    <details>
      <summary>
        The answers of single name servers as they came: ${kept.length} messages in hex
      </summary>
      ${kept.map(messageDetails)}
    </details>
    ${note}
  </section>`;
}

function messageDetails({ server, address, question }: RawMessage): Html {
  const { name, type, transport, size, rcode, raw } = question;
  const cutOff = size !== null && raw.length / 2 < size ? `, the first ${raw.length / 2}` : '';
  return html`<details>
    <summary>
      <code>${name} ${type}</code> from ${server} ${address}, ${transport}: ${rcode}, ${size ?? 0}
      octets${cutOff}
    </summary>
    <pre>${lines(hexRows(raw))}</pre>
  </details> `;
}

/** Sixteen octets a row, with their place in front. */
function hexRows(raw: string): string {
  const rows: string[] = [];
  for (let start = 0; start < raw.length; start += 32) {
    const octets = raw.slice(start, start + 32).replaceAll(/(..)(?=.)/g, '$1 ');
    rows.push(`${(start / 2).toString(16).padStart(4, '0')}  ${octets}`);
  }
  return rows.join('\n');
}

/** What each name server says by itself, as grids: questions down, servers across; of many servers, who says what. */
import type {
  AncestorReport,
  HostReport,
  Report,
  ServerQuestion,
  ZoneSurvey,
} from '../inspection/report.ts';
import { html, NOTHING, type Html } from './escape-html.ts';
import { securityFace, type Face } from './faces.ts';
import { badge } from './html-icons.ts';

export function serversSection(report: Report): Html {
  const grids = [
    ...report.hosts.flatMap((host) => (host.ancestors.length === 0 ? [] : ancestorsGrid(host))),
    ...report.surveys.map(surveyGrid),
  ];
  const unasked = [...new Set(report.hosts.flatMap(({ tlsa }) => tlsa.unasked))];
  if (grids.length === 0 && unasked.length === 0) return NOTHING;
  return html`<section>
    <h3>Name servers</h3>
    ${unasked.length === 0 ? NOTHING : html`<p>Not asked: ${unasked.join(', ')}</p>`}
    ${grids.map(drawGrid)}
  </section> `;
}

interface Grid {
  readonly title: string;
  readonly cells: readonly Cell[];
}

interface Cell {
  /** What was asked. */
  readonly question: string;
  readonly server: string;
  readonly face: Face;
  readonly note: string;
}

/** Servers that a page has room for side by side. */
const MAX_COLUMNS = 5;

function drawGrid({ title, cells }: Grid): Html {
  const servers = [...new Set(cells.map(({ server }) => server))];
  const questions = [...new Set(cells.map(({ question }) => question))];
  const byQuestion = new Map(questions.map((question) => [question, new Map<string, Cell>()]));
  for (const cell of cells) byQuestion.get(cell.question)?.set(cell.server, cell);
  const table =
    servers.length > MAX_COLUMNS ? whoSaysWhat(byQuestion) : sideBySide(byQuestion, servers);
  return html`<h4>${title}</h4>
    ${table}`;
}

type ByQuestion = ReadonlyMap<string, ReadonlyMap<string, Cell>>;

/** What most servers give stands once, in front; a cell says only what is different there. */
function sideBySide(byQuestion: ByQuestion, servers: readonly string[]): Html {
  const rows = [...byQuestion].map(([question, cells]) => {
    const usual = mostCommon([...cells.values()].map(({ note }) => note));
    const columns = servers.map((server) => {
      const cell = cells.get(server);
      if (cell === undefined) return html`<td>–</td>`;
      return html`<td>${cellWords(cell.note === usual ? { ...cell, note: '' } : cell)}</td>`;
    });
    return html`<tr>
      <th scope="row"><code>${question}</code>${noteBelow(usual)}</th>
      ${columns}
    </tr> `;
  });
  return html`<table class="grid">
    <thead>
      <tr>
        <th>Asked for</th>
        ${servers.map((server) => html`<th>${server}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table> `;
}

/** What more than half of several servers say; empty when there is no such thing. */
function mostCommon(notes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const note of notes) counts.set(note, (counts.get(note) ?? 0) + 1);
  const [common] = [...counts].sort(([, a], [, b]) => b - a);
  if (common === undefined || notes.length === 1) return '';
  return common[1] * 2 > notes.length ? common[0] : '';
}

/** Equal answers stand once, with the servers that give them. */
function whoSaysWhat(byQuestion: ByQuestion): Html {
  const rows = [...byQuestion].flatMap(([question, cells]) => {
    const groups = new Map<string, { cell: Cell; servers: string[] }>();
    for (const cell of cells.values()) {
      const key = `${cell.face.tone} ${cell.face.word} ${cell.note}`;
      const group = groups.get(key) ?? { cell, servers: [] };
      group.servers.push(cell.server);
      groups.set(key, group);
    }
    return [...groups.values()].map(
      ({ cell, servers }) =>
        html`<tr>
          <th scope="row"><code>${question}</code></th>
          <td>${cellWords(cell)}</td>
          <td>${servers.length === cells.size ? `all ${servers.length}` : servers.join(', ')}</td>
        </tr> `,
    );
  });
  return html`<table class="grid">
    <thead>
      <tr>
        <th>Asked for</th>
        <th>Answer</th>
        <th>Servers</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table> `;
}

function cellWords({ face, note }: Cell): Html {
  return html`${badge(face)}${noteBelow(note)}`;
}

function noteBelow(note: string): Html {
  return note === '' ? NOTHING : html`<br /><span class="dim data">${note}</span>`;
}

function ancestorsGrid(host: HostReport): Grid {
  return {
    title: `From ${host.tlsa.name} up to ${host.tlsa.zone ?? 'its zone'}, as a resolver asks that minimises names`,
    cells: host.ancestors.map((ancestor) => ({
      question: ancestor.name,
      server: `${ancestor.server} ${ancestor.address}`,
      face: ancestorFace(ancestor),
      note: ancestor.ok ? '' : ancestorNote(ancestor),
    })),
  };
}

function ancestorNote({ reason, coveredNames }: AncestorReport): string {
  return coveredNames.length === 0 ? reason : `${reason}; denies ${coveredNames.join(', ')}`;
}

function ancestorFace({ ok, answer, rcode, proven }: AncestorReport): Face {
  const said = answer === 'none' ? rcode : answer === 'nxdomain' ? 'NXDOMAIN' : answer;
  const word = proven && answer !== 'answer' ? `${said}, proven` : said;
  return ok ? { tone: 'ok', shape: 'tick', word } : { tone: 'err', shape: 'octagon', word };
}

function surveyGrid({ zone, security, servers }: ZoneSurvey): Grid {
  return {
    title: `Zone ${zone} (${securityFace(security).word})`,
    cells: servers.flatMap(({ server, address, questions }) =>
      [...grouped(questions)].map(([question, asked]) => ({
        question,
        server: `${server} ${address}`,
        ...surveyAnswer(asked),
      })),
    ),
  };
}

function grouped(
  questions: readonly ServerQuestion[],
): ReadonlyMap<string, readonly ServerQuestion[]> {
  const groups = new Map<string, ServerQuestion[]>();
  for (const question of questions) {
    const key = `${question.name} ${question.type}`;
    groups.set(key, [...(groups.get(key) ?? []), question]);
  }
  return groups;
}

/** Records of one cell that are shown. */
const MAX_RECORDS = 6;

/** By what a resolver would go: the whole answer rather than one cut off or none. */
function surveyAnswer(asked: readonly ServerQuestion[]): Pick<Cell, 'face' | 'note'> {
  const best =
    asked.find(({ answer, truncated }) => answer !== 'none' && !truncated) ??
    asked.find(({ answer }) => answer !== 'none') ??
    asked[0];
  if (best === undefined)
    return { face: { tone: 'none', shape: 'ring', word: 'not asked' }, note: '' };
  const silent = asked
    .filter(({ answer }) => answer === 'none')
    .map(({ transport }) => `no ${transport.toUpperCase()}`);
  if (best.answer === 'none') {
    return { face: { tone: 'err', shape: 'octagon', word: best.rcode }, note: best.reason };
  }
  if (best.truncated) {
    const note = [best.reason, ...silent].filter((part) => part !== '').join(' · ');
    return { face: { tone: 'err', shape: 'octagon', word: 'cut off' }, note };
  }
  const bogus = asked.find(({ answer, security }) => answer !== 'none' && security === 'bogus');
  const more = best.records.length - MAX_RECORDS;
  const records =
    best.records.slice(0, MAX_RECORDS).join('; ') + (more > 0 ? ` and ${more} more` : '');
  const note = [records, (bogus ?? best).reason, ...silent]
    .filter((part) => part !== '')
    .join(' · ');
  const { tone, shape, word } = securityFace((bogus ?? best).security);
  const said =
    best.answer === 'nxdomain' ? 'NXDOMAIN' : best.answer === 'empty' ? 'no records' : best.answer;
  return { face: { tone, shape, word: `${said}, ${word}` }, note };
}

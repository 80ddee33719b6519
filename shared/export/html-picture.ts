/** Draws the chain picture as SVG: status by colour, dash, shape and word, so that it holds in black and white too. */
import type { Security } from '../inspection/report.ts';
import { html, NOTHING, type Html } from './escape-html.ts';
import { securityFace } from './faces.ts';
import { icon } from './html-icons.ts';
import { COLUMNS, layOut, LINE_HEIGHT, type Box, type RowLayout } from './picture-layout.ts';
import type { MatchLine } from './picture-records.ts';
import type { FoldLine, Picture, Row } from './picture.ts';
import { frame, group, label, middle, path, words } from './svg.ts';

export function drawPicture(picture: Picture): Html {
  const { width, height, domain, rows, folds } = layOut(picture);
  const boxes = picture.rows.flatMap((row, index) => {
    const place = rows[index];
    return place === undefined ? [] : { row, place };
  });
  const caption =
    picture.caption === '' ? NOTHING : html`<figcaption>${picture.caption}</figcaption>`;
  return html`<figure class="picture">
    <svg viewBox="0 0 ${width} ${Math.ceil(height)}" role="img" aria-label="${describe(picture)}">
      ${headings()} ${boxes.map(({ row, place }) => wiresOf(row, place, domain))}
      ${picture.folds.map((fold, index) => drawFold(fold, folds[index], domain))}
      ${drawDomain(picture, domain)} ${boxes.map(({ row, place }) => boxesOf(row, place))}
      ${footer(picture, height)}
    </svg>
    ${caption}
  </figure>`;
}

/** The same in a sentence, for those who do not see it. */
function describe({ domain, rows, folds, folded }: Picture): string {
  const hosts = rows.map(({ host }) => `${host.name}: ${host.note}`);
  const all = [
    `${domain.name}: ${domain.note}`,
    ...hosts,
    ...folds.map(({ text }) => text),
    folded,
  ];
  return all.filter((part) => part !== '').join('; ');
}

const TOP = 14;

function headings(): Html {
  return group(
    '',
    words(COLUMNS.domain.x, TOP, 'What DNS promises', 'strong'),
    words(COLUMNS.record.x + COLUMNS.record.width + 65, TOP, 'match', 'note', 'middle'),
    words(COLUMNS.chain.x, TOP, 'What the servers present', 'strong'),
  );
}

function drawDomain({ domain: { name, note, face } }: Picture, box: Box): Html {
  return group(
    name,
    frame(box, 'box'),
    label(box, 22, name, 'strong'),
    icon(face, box.x + 10, box.y + 30, 13),
    label(indented(box), 41, note, `note tone-${face.tone}`),
  );
}

function boxesOf(row: Row, place: RowLayout): Html {
  const parts = [
    drawHost(row.host, place.host),
    ...row.records.map((record, index) => drawRecord(record, place.records[index])),
    ...row.chains.map((chain, index) => drawChain(chain, place.chains[index])),
    ...row.addresses.map((address, index) => drawAddress(address, place.addresses[index])),
  ];
  return html`${parts}`;
}

function drawHost({ name, note, face, link }: Row['host'], box: Box): Html {
  const way = link === null || link === 'secure' ? '' : ` · ${securityFace(link).word}`;
  return group(
    name,
    frame(box, `box line-${face.tone}`),
    icon(face, box.x + 10, box.y + 10, 14),
    label(indented(box), 22, name, 'strong'),
    label(box, 41, note + way, `note tone-${face.tone}`),
  );
}

/** Hosts that the one above stands for: a sheet looks out behind the first. */
function drawFold(fold: FoldLine, box: Box | undefined, domain: Box): Html {
  if (box === undefined) return NOTHING;
  const behind = { ...box, x: box.x + 3, y: box.y + 3 };
  return group(
    fold.text,
    wire(domain, box, `wire ${linkClass(fold.link)}`),
    frame(behind, `box line-${fold.face.tone}`),
    frame(box, `box line-${fold.face.tone}`),
    icon(fold.face, box.x + 10, box.y + 8, 14),
    label(indented(box), 20, fold.text, 'strong'),
  );
}

function drawRecord(record: Row['records'][number], box: Box | undefined): Html {
  if (box === undefined) return NOTHING;
  const { text, title, note, tone, isRecord, looseEnd } = record;
  const shape = looseEnd === '' && isRecord ? 'chip' : 'chip loose';
  return group(
    title,
    frame(box, `${shape} line-${tone}`, LINE_HEIGHT / 2),
    label(beside(box, note), 19, text, isRecord ? 'mono' : 'note'),
    words(right(box) - 10, box.y + 19, note, 'note', 'end'),
    looseEnd === '' ? NOTHING : drawLooseEnd(box, looseEnd),
  );
}

/** A line that ends in the air. */
function drawLooseEnd(box: Box, text: string): Html {
  const line = path('wire loose', `M${right(box)} ${middle(box)}h34`);
  return html`${line}${words(right(box) - 6, box.y + 42, text, 'note tone-warn')}`;
}

function drawChain({ lines, tone }: Row['chains'][number], box: Box | undefined): Html {
  if (box === undefined) return NOTHING;
  const parts = lines.flatMap(({ title, note, depth }, index) => {
    const line = { ...box, y: box.y + index * LINE_HEIGHT, height: LINE_HEIGHT };
    return [
      index === 0 ? NOTHING : path('rule', `M${line.x} ${line.y}h${line.width}`),
      label(beside(line, note), 19, title, depth === 0 ? 'strong' : 'plain'),
      words(right(line) - 10, line.y + 19, note, 'note', 'end'),
    ];
  });
  return group('', frame(box, `box line-${tone}`), ...parts);
}

function drawAddress({ title, text }: Row['addresses'][number], box: Box | undefined): Html {
  if (box === undefined) return NOTHING;
  return group(title, frame(box, 'box'), label(box, 19, text, 'mono'));
}

function wiresOf(row: Row, place: RowLayout, domain: Box): Html {
  const promises = row.records.map((record, at) =>
    wire(place.host, place.records[at], `wire ${linkClass(record.link)}`),
  );
  const served = row.addresses.flatMap((address, at) =>
    address.chains.map((chain) => wire(place.chains[chain], place.addresses[at], 'wire')),
  );
  const alone = row.matches.filter(({ kind }) => kind === 'differs').length === 1;
  const matches = row.matches.map((match) => drawMatch(match, place, alone));
  const toHost = wire(domain, place.host, `wire ${linkClass(row.host.link)}`);
  return html`${toHost}${promises}${served}${matches}`;
}

function linkClass(link: Security | null): string {
  return `wire-${securityFace(link ?? 'indeterminate').word}`;
}

function drawMatch(match: MatchLine, place: RowLayout, alone: boolean): Html {
  const from = place.records[match.record];
  const box = place.chains[match.chain];
  if (from === undefined || box === undefined) return NOTHING;
  const to = { ...box, y: box.y + match.line * LINE_HEIGHT, height: LINE_HEIGHT };
  if (match.kind === 'differs') return drawCross(from, to, alone ? match.label : '');
  const label = words(right(from) + 8, middle(from) - 6, match.label, 'note tone-ok');
  return html`${wire(from, to, 'wire equal')}${label}`;
}

/** Half the cross, and the room around it. */
const CROSS = 7;
const CROSS_ROOM = 10;
/** Share of the way at which a cross stands; of several, behind the labels of those that match. */
const CROSS_ALONE = 0.5;
const CROSS_AMONG_OTHERS = 0.62;

function drawCross(from: Box, to: Box, text: string): Html {
  const start = { x: right(from), y: middle(from) };
  const share = text === '' ? CROSS_AMONG_OTHERS : CROSS_ALONE;
  const x = start.x + (to.x - start.x) * share;
  const y = start.y + (middle(to) - start.y) * share;
  const room = {
    x: x - CROSS_ROOM,
    y: y - CROSS_ROOM,
    width: 2 * CROSS_ROOM,
    height: 2 * CROSS_ROOM,
  };
  const parts = [
    path('wire differs', `M${start.x} ${start.y}L${to.x} ${middle(to)}`),
    frame(room, 'clear', 0),
    cross(x, y),
    text === '' ? NOTHING : words(x, y + 24, text, 'note tone-err', 'middle'),
  ];
  return html`${parts}`;
}

function cross(x: number, y: number): Html {
  const size = 2 * CROSS;
  const strokes = `M${x - CROSS} ${y - CROSS}l${size} ${size}M${x + CROSS} ${y - CROSS}l${-size} ${size}`;
  return path('wire differs cross', strokes);
}

const SAMPLE = 36;

/** What the lines mean, and what was left out. */
function footer({ folded }: Picture, height: number): Html {
  const y = height - 12;
  const samples = ['wire-secure', 'wire-insecure', 'wire-bogus', 'wire-unknown', 'equal'];
  const parts = samples.flatMap((kind, index) => {
    const x = index * 118;
    const word = kind === 'equal' ? 'matches' : kind.replace('wire-', '');
    return [path(`wire ${kind}`, `M${x} ${y}h${SAMPLE}`), words(x + 42, y + 4, word, 'note')];
  });
  const left = folded === '' ? NOTHING : words(COLUMNS.host.x, y - 28, folded, 'strong');
  return group('', left, ...parts, cross(602, y), words(616, y + 4, 'does not match', 'note'));
}

function wire(from: Box | undefined, to: Box | undefined, kind: string): Html {
  if (from === undefined || to === undefined) return NOTHING;
  const start = right(from);
  const bend = (to.x - start) / 2;
  const turns = `C${start + bend} ${middle(from)} ${to.x - bend} ${middle(to)}`;
  return path(kind, `M${start} ${middle(from)}${turns} ${to.x} ${middle(to)}`);
}

function right({ x, width }: Box): number {
  return x + width;
}

/** Behind an icon. */
function indented(box: Box): Box {
  return { ...box, x: box.x + 18, width: box.width - 18 };
}

/** What a note at the right leaves of the room. */
function beside(box: Box, note: string): Box {
  return note === '' ? box : { ...box, width: box.width - 16 - note.length * 6 };
}

/** The lines of the picture as shapes: from domain to hosts to records, and what records meet on the other side. */
import type { Security } from '../../shared/inspection/report.ts';
import { nodeKey } from '../store/node-id.ts';
import type { ChainGraph, HostRow, MatchEdge } from './graph.ts';
import { LINE_HEIGHT, type Box, type ChainLayout, type RowLayout } from './layout.ts';

export interface Wire {
  readonly key: string;
  readonly kind: WireKind;
  /** The `d` of an SVG path. */
  readonly path: string;
  readonly cross: string | null;
  readonly label: WireLabel | null;
}

export type WireKind = Security | 'unknown' | 'served' | 'equal' | 'differs';

export interface WireLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

export function wiresOf(graph: ChainGraph, layout: ChainLayout): readonly Wire[] {
  const { domain } = layout;
  const hosts = graph.rows.flatMap((row, index) => {
    const place = layout.rows[index];
    if (place === undefined) return [];
    const key = nodeKey(row.host.id);
    return [plain(key, row.host.link ?? 'unknown', domain, place.host), ...rowWires(row, place)];
  });
  const folds = graph.folds.flatMap((fold, index) => {
    const box = layout.folds[index];
    return box === undefined
      ? []
      : [plain(`fold|${fold.key}`, fold.link ?? 'unknown', domain, box)];
  });
  const [first, ...others] = layout.ghosts;
  const ghosts = first === undefined ? [] : [plain('ghost', 'unknown', domain, first)];
  const between = others.map((box, index) =>
    plain(`ghost|${index}`, 'unknown', layout.ghosts[index] ?? box, box),
  );
  return [...hosts, ...folds, ...ghosts, ...between];
}

function rowWires(row: HostRow, place: RowLayout): readonly Wire[] {
  const last = place.records.length - 1;
  const said = new Set<string>();
  return [
    ...row.records.flatMap(({ id, link }, index): readonly Wire[] => {
      const box = place.records[index];
      return box === undefined ? [] : [plain(nodeKey(id), link ?? 'unknown', place.host, box)];
    }),
    ...row.served.flatMap(({ chain, address }): readonly Wire[] => {
      const from = place.chains[chain];
      const to = place.addresses[address];
      const key = `served|${row.host.name}|${chain}|${address}`;
      return from === undefined || to === undefined ? [] : [plain(key, 'served', from, to)];
    }),
    ...row.matches.flatMap((match): readonly Wire[] => {
      // Records beyond those drawn share a box.
      const from = place.records[Math.min(match.record, last)];
      const chain = place.chains[match.chain];
      if (from === undefined || chain === undefined) return [];
      const to = { ...chain, y: chain.y + match.row * LINE_HEIGHT, height: LINE_HEIGHT };
      const key = `match|${row.host.name}|${match.record}|${match.chain}`;
      if (match.kind === 'equal') return [equal(key, match, from, to, said)];
      return [differs(key, match, from, to, countOf(row, match) === 1)];
    }),
  ];
}

/** Lines of one kind that end at one chain. */
function countOf(row: HostRow, { chain, kind }: MatchEdge): number {
  return row.matches.filter((edge) => edge.chain === chain && edge.kind === kind).length;
}

function plain(key: string, kind: WireKind, from: Box, to: Box): Wire {
  return { key, kind, path: curve(from, to), cross: null, label: null };
}

const LABEL_INSET = 9;
const LABEL_RISE = 7;
/** Pixels by which a line rises before a label at its beginning would be in its way. */
const STEEP = 12;

/** What was compared stands where the line begins; where it ends if it rises, or if another line of the record begins there. */
function equal(key: string, match: MatchEdge, from: Box, to: Box, said: Set<string>): Wire {
  const begin = `begin ${match.record}`;
  const same = `${begin} ${match.label}`;
  const isFirst = !said.has(begin);
  const isSaid = said.has(same);
  said.add(begin).add(same);
  const rises = middle(from) - middle(to) > STEEP;
  const beginning: WireLabel = {
    text: match.label,
    x: right(from) + LABEL_INSET,
    y: middle(from) - LABEL_RISE,
    anchor: 'start',
  };
  const ending: WireLabel = {
    text: match.label,
    x: to.x - LABEL_INSET,
    y: middle(to) - LABEL_RISE,
    anchor: 'end',
  };
  const label = isSaid ? null : isFirst && !rises ? beginning : ending;
  return { key, kind: 'equal', path: curve(from, to), cross: null, label };
}

/** Half the cross, and the room around it, in pixels. */
const CROSS = 7;
const CROSS_ROOM = 15;
/** Share of the way at which one of several crosses stands: nearer to the record, so that they stay apart. */
const CROSS_PLACE = 0.35;
const LABEL_DROP = 24;

function differs(key: string, match: MatchEdge, from: Box, to: Box, alone: boolean): Wire {
  const start = { x: right(from), y: middle(from) };
  const slope = (middle(to) - start.y) / Math.max(to.x - start.x, 1);
  const x = start.x + (to.x - start.x) * (alone ? 0.5 : CROSS_PLACE);
  const y = start.y + (x - start.x) * slope;
  const at = (along: number): string => `${x + along} ${y + along * slope}`;
  const size = 2 * CROSS;
  return {
    key,
    kind: 'differs',
    path: `M${start.x} ${start.y}L${at(-CROSS_ROOM)}M${at(CROSS_ROOM)}L${to.x} ${middle(to)}`,
    cross: `M${x - CROSS} ${y - CROSS}l${size} ${size}M${x + CROSS} ${y - CROSS}l${-size} ${size}`,
    label: alone ? { text: match.label, x, y: y + LABEL_DROP, anchor: 'middle' } : null,
  };
}

function curve(from: Box, to: Box): string {
  const x = right(from);
  const bend = (to.x - x) / 2;
  return `M${x} ${middle(from)}C${x + bend} ${middle(from)} ${to.x - bend} ${middle(to)} ${to.x} ${middle(to)}`;
}

function right({ x, width }: Box): number {
  return x + width;
}

function middle({ y, height }: Box): number {
  return y + height / 2;
}

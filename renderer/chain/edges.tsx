/** How each line is drawn: DNSSEC status by colour and dash, a match by a solid line, a fault by a cross. */
import { getBezierPath, type EdgeProps } from '@xyflow/react';
import type { ReactNode } from 'react';
import type { MatchFlowEdge, PromiseEdge, ServedFlowEdge } from './flow.ts';

function PromiseLine({ data, ...ends }: EdgeProps<PromiseEdge>): ReactNode {
  const [path] = getBezierPath(ends);
  return <path className={`wire wire-${data?.security ?? 'unknown'}`} d={path} />;
}

function ServedLine(ends: EdgeProps<ServedFlowEdge>): ReactNode {
  const [path] = getBezierPath(ends);
  return <path className="wire wire-served" d={path} />;
}

/** Half the cross, and the room around it, in pixels. */
const CROSS = 7;
const CROSS_ROOM = 15;
/** Share of the way at which one of several crosses stands. */
const CROSS_PLACE = 0.35;
const LABEL_INSET = 9;
const LABEL_RISE = 7;
const LABEL_DROP = 24;

function MatchLine({ data, ...ends }: EdgeProps<MatchFlowEdge>): ReactNode {
  const { sourceX, sourceY, targetX, targetY } = ends;
  const [path] = getBezierPath(ends);
  if (data?.kind !== 'differs') {
    return (
      <g>
        <path className="wire wire-equal" d={path} />
        <text className="wire-label" x={sourceX + LABEL_INSET} y={sourceY - LABEL_RISE}>
          {data?.label}
        </text>
      </g>
    );
  }
  const slope = (targetY - sourceY) / Math.max(targetX - sourceX, 1);
  // Nearer to the record, so that the crosses of several records for one chain stay apart.
  const middleX = sourceX + (targetX - sourceX) * (data.alone ? 0.5 : CROSS_PLACE);
  const middleY = sourceY + (middleX - sourceX) * slope;
  const before = { x: middleX - CROSS_ROOM, y: middleY - CROSS_ROOM * slope };
  const after = { x: middleX + CROSS_ROOM, y: middleY + CROSS_ROOM * slope };
  return (
    <g>
      <path className="wire wire-differs" d={`M${sourceX} ${sourceY}L${before.x} ${before.y}`} />
      <path className="wire wire-differs" d={`M${after.x} ${after.y}L${targetX} ${targetY}`} />
      <path
        className="wire wire-cross"
        d={`M${middleX - CROSS} ${middleY - CROSS}l${2 * CROSS} ${2 * CROSS}M${middleX + CROSS} ${middleY - CROSS}l${-2 * CROSS} ${2 * CROSS}`}
      />
      {data.alone && (
        <text
          className="wire-label is-err"
          x={middleX}
          y={middleY + LABEL_DROP}
          textAnchor="middle"
        >
          {data.label}
        </text>
      )}
    </g>
  );
}

export const edgeTypes = { promise: PromiseLine, match: MatchLine, served: ServedLine };

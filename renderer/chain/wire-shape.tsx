/** How a line is drawn: DNSSEC status by colour and dash, a match by a solid line, a fault by a cross. */
import { memo, type ReactNode } from 'react';
import type { Wire } from './wires.ts';

interface WireProps {
  readonly wire: Wire;
}

export const WireShape = memo(function WireShape({ wire }: WireProps): ReactNode {
  const { kind, path, cross } = wire;
  return (
    <>
      <path className={`wire wire-${kind}`} d={path} />
      {cross !== null && <path className="wire wire-cross" d={cross} />}
    </>
  );
});

/** Above all lines, so that none crosses them out. */
export const WireWords = memo(function WireWords({ wire: { kind, label } }: WireProps): ReactNode {
  if (label === null) return null;
  return (
    <text className={`wire-label is-${kind}`} x={label.x} y={label.y} textAnchor={label.anchor}>
      {label.text}
    </text>
  );
});

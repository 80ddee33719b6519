/** The plan as a picture: what stands in DNS above, what the server presents below, along one line of time. */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { utcText } from '../ui/local-time.tsx';
import { BAR_HEIGHT, layOut, type Bar, type Mark, type TimeLineFacts } from './time-line.ts';
import { words } from '../words/words.ts';

const { picture: said } = words.rollover;

export interface TimeLinePictureProps {
  readonly facts: TimeLineFacts;
  /** The same in words, for those who hear it. */
  readonly description: string;
  /** Of the arrow. */
  readonly waitLabel: string;
}

/** Pixels: narrower than this the picture is scrolled, not squeezed. */
const MIN_WIDTH = 520;

export function TimeLinePicture(props: TimeLinePictureProps): ReactNode {
  const { facts, description, waitLabel } = props;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const id = useId();
  const line = layOut(facts, Math.max(width, MIN_WIDTH));
  return (
    <div className="plan-line scroll" ref={frame}>
      <svg
        width={line.width}
        height={line.height}
        viewBox={`0 0 ${line.width} ${line.height}`}
        role="img"
        aria-labelledby={`${id}title ${id}text`}
      >
        <title id={`${id}title`}>{said.title}</title>
        <desc id={`${id}text`}>{description}</desc>
        <text className="plan-line-heading" x={4} y={line.recordsTop - 10}>
          {said.records}
        </text>
        <text className="plan-line-heading" x={4} y={line.servedTop - 10}>
          {said.served}
        </text>
        {line.marks.map((mark) => (
          <MarkLine key={mark.titles.join()} mark={mark} bottom={line.linesTo} />
        ))}
        {[...line.records, ...line.served].map((bar, index) => (
          <BarShape key={index} bar={bar} />
        ))}
        {line.marks
          .filter(({ isNow }) => isNow)
          .map(({ x }) => (
            <path key={x} className="plan-line-now" d={`M${x} 20V${line.linesTo}`} />
          ))}
        {[...line.records, ...line.served].map((bar, index) => (
          <BarLabel key={index} bar={bar} marks={line.marks} />
        ))}
        {line.marks.map((mark) => (
          <MarkWords key={mark.titles.join()} mark={mark} notesTop={line.notesTop} />
        ))}
        {line.wait !== null && (
          <WaitArrow from={line.wait.from} to={line.wait.to} y={line.wait.y} label={waitLabel} />
        )}
      </svg>
    </div>
  );
}

function MarkLine({ mark, bottom }: { readonly mark: Mark; readonly bottom: number }): ReactNode {
  return <path className="plan-line-mark" d={`M${mark.x} 20V${bottom}`} />;
}

/** Pixels between two lines of words. */
const LINE = 16;

function MarkWords({
  mark,
  notesTop,
}: {
  readonly mark: Mark;
  readonly notesTop: number;
}): ReactNode {
  return (
    <g>
      <title>{utcText(mark.at)}</title>
      <text className="plan-line-title" x={mark.x} y={12} textAnchor="middle">
        {mark.titles.join(' · ')}
      </text>
      {mark.notes.map((note, index) => (
        <text
          key={note}
          className="plan-line-note"
          x={mark.x}
          y={notesTop + index * LINE}
          textAnchor="middle"
        >
          {note}
        </text>
      ))}
    </g>
  );
}

function BarShape({ bar }: { readonly bar: Bar }): ReactNode {
  return (
    <rect
      className={`plan-line-bar is-${bar.look}`}
      x={bar.x}
      y={bar.y}
      width={bar.width}
      height={BAR_HEIGHT}
      rx={6}
    />
  );
}

/** Pixels of one letter of the monospaced face, and around a label. */
const LETTER = 7;
const PADDING = 12;

/** The words start where no line crosses them, as far as there is room. */
function BarLabel({
  bar,
  marks,
}: {
  readonly bar: Bar;
  readonly marks: readonly Mark[];
}): ReactNode {
  const needed = bar.label.length * LETTER + 2 * PADDING;
  const inside = marks.map(({ x }) => x).filter((x) => x > bar.x + 1 && x < bar.x + bar.width - 1);
  const starts = [bar.x, ...inside];
  const ends = [...inside, bar.x + bar.width];
  const free = starts.findIndex((start, index) => (ends[index] ?? 0) - start >= needed);
  const start = starts[free] ?? bar.x;
  return (
    <text className={`plan-line-label is-${bar.look}`} x={start + PADDING} y={bar.y + 16}>
      {bar.label}
    </text>
  );
}

interface WaitArrowProps {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly label: string;
}

function WaitArrow({ from, to, y, label }: WaitArrowProps): ReactNode {
  const tip = to - 3;
  return (
    <g className="plan-line-wait">
      <path d={`M${from} ${y}H${tip}`} />
      <path d={`m${tip - 7} ${y - 5} 8 5-8 5`} />
      <text x={(from + to) / 2} y={y - 7} textAnchor="middle">
        {label}
      </text>
    </g>
  );
}

function useWidth(frame: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [frame]);
  return width;
}

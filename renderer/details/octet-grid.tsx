/** The octets of a message in lines of sixteen; those of the selected field are marked, and each finds its field. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { MessageField } from '../../shared/dns/message-view-fields.ts';
import { fieldAt } from '../../shared/dns/message-view.ts';
import { words } from '../words/words.ts';
import { markOf } from './octet-marks.ts';

const said = words.details.raw;

export interface OctetGridProps {
  readonly bytes: Uint8Array;
  readonly fields: readonly MessageField[];
  readonly field: MessageField | null;
  readonly onSelect: (id: number) => void;
}

const OCTETS_A_LINE = 16;
/** Pixels of a line. */
const LINE_HEIGHT = 20;
const LINES_BEYOND = 12;

export function OctetGrid({ bytes, fields, field, onSelect }: OctetGridProps): ReactNode {
  const grid = useRef<HTMLDivElement>(null);
  const name = useId();
  const [moved, setMoved] = useState(0);
  const from = field?.from ?? 0;
  // Chosen elsewhere, it begins where the field does.
  const cursor = field !== null && (moved < from || moved >= field.to) ? from : moved;
  const count = Math.ceil(bytes.length / OCTETS_A_LINE);
  // No compiler memoizes what it returns.
  // oxlint-disable-next-line react/incompatible-library
  const list = useVirtualizer({
    count,
    getScrollElement: () => grid.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: LINES_BEYOND,
  });
  const line = Math.floor(cursor / OCTETS_A_LINE);
  useEffect(() => {
    list.scrollToIndex(line, { align: 'auto' });
    // The list is another one at each painting.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [line]);
  const go = (octet: number): void => {
    const to = Math.min(Math.max(octet, 0), bytes.length - 1);
    setMoved(to);
    const found = fieldAt(fields, to);
    if (found !== null) onSelect(found.id);
  };
  const onKey = (event: KeyboardEvent): void => {
    const to = MOVES[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to(cursor, bytes.length));
  };
  return (
    <div
      ref={grid}
      className="octets scroll mono"
      role="grid"
      aria-label={said.dump}
      title={said.dumpHint}
      aria-rowcount={count}
      aria-activedescendant={`${name}-${cursor}`}
      tabIndex={0}
      onKeyDown={onKey}
    >
      <div role="rowgroup" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            className="octet-line"
            role="row"
            aria-rowindex={index + 1}
            style={{ transform: `translateY(${start}px)` }}
          >
            <span className="octet-offset" role="rowheader">
              {offsetText(index * OCTETS_A_LINE)}
            </span>
            {octetsOf(bytes, index).map((octet, column) => {
              const at = index * OCTETS_A_LINE + column;
              return (
                // The grid has the focus and its keys; an octet is only clicked.
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
                <span
                  key={at}
                  id={`${name}-${at}`}
                  role="gridcell"
                  aria-selected={at === cursor}
                  aria-label={
                    at === cursor
                      ? said.octet(offsetText(at), hexText(octet), field?.label ?? '')
                      : undefined
                  }
                  className={`octet is-${markOf(field, at)}`}
                  onClick={() => {
                    go(at);
                  }}
                >
                  {hexText(octet)}
                </span>
              );
            })}
            <span className="octet-text dim" aria-hidden>
              {octetsOf(bytes, index).map(character).join('')}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}

const MOVES: Readonly<Record<string, (octet: number, length: number) => number>> = {
  ArrowRight: (octet) => octet + 1,
  ArrowLeft: (octet) => octet - 1,
  ArrowDown: (octet) => octet + OCTETS_A_LINE,
  ArrowUp: (octet) => octet - OCTETS_A_LINE,
  Home: () => 0,
  End: (_, length) => length - 1,
};

function octetsOf(bytes: Uint8Array, line: number): readonly number[] {
  return [...bytes.subarray(line * OCTETS_A_LINE, (line + 1) * OCTETS_A_LINE)];
}

function offsetText(offset: number): string {
  return offset.toString(16).padStart(4, '0');
}

function hexText(octet: number): string {
  return octet.toString(16).padStart(2, '0');
}

function character(octet: number): string {
  return octet >= 0x20 && octet <= 0x7e ? String.fromCharCode(octet) : '.';
}

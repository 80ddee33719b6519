/** The records in the chosen form: to read, to copy, to save. */
import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import type { SaveReply } from '../../shared/ipc/contract.ts';
import { formats } from '../../shared/publish/formats.ts';
import type { Wanted } from '../../shared/publish/wanted.ts';
import { readZone, usePublish } from '../store/publish-store.ts';
import { saveText } from '../store/save-store.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { FormatField } from './format-field.tsx';
import { words } from '../words/words.ts';

const { records: said } = words.generate;

export function RecordText({ wanted }: { readonly wanted: Wanted }): ReactNode {
  const format = usePublish((state) => state.format);
  const typedZone = usePublish((state) => state.zone);
  const text = useMemo(() => {
    if (wanted.records.length === 0) return '';
    return formats[format].write(wanted.records, { zone: readZone(typedZone).zone });
  }, [wanted, format, typedZone]);
  if (text === '') return null;
  const fits = text.length <= MAX_COPIED_CHARACTERS;
  return (
    <div className="published-text">
      <header>
        <h3>{formats[format].title}</h3>
        {fits ? (
          <CopyButton text={`${text}\n`} copy={copyText} what={said.what} />
        ) : (
          <span className="dim">{said.tooLong}</span>
        )}
        <SaveButton name={formats[format].fileName} text={`${text}\n`} />
      </header>
      <FormatField />
      {formats[format].namesWholeSets === true && (
        <p className="note">
          <Icon name="triangle" size={12} tone="warn" />
          {said.namesWholeSets}
        </p>
      )}
      <Lines text={text} />
    </div>
  );
}

/** As the process behind the window bounds it, less the end of the last line. */
const MAX_COPIED_CHARACTERS = 1024 * 1024 - 1;

function SaveButton({ name, text }: { readonly name: string; readonly text: string }): ReactNode {
  // What is said of one text is not said of the next.
  const [told, setTold] = useState({ of: '', message: '' });
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<Icon name="save" size={12} />}
        onClick={() =>
          void saveText(name, text, false).then((reply) => {
            setTold({ of: text, message: savedWords(reply) });
          })
        }
      >
        {said.save}
      </Button>
      <span className="dim published-saved" role="status">
        <Seen text={told.of === text ? told.message : ''} />
      </span>
    </>
  );
}

function savedWords(reply: SaveReply): string {
  switch (reply.kind) {
    case 'saved':
      return words.frame.savedAs(reply.path);
    case 'failed':
      return reply.message;
    case 'cancelled':
      return '';
  }
}

/** Pixels of a line. */
const LINE_HEIGHT = 18;
const LINES_BEYOND = 20;

/** Only the lines that are seen are drawn: a thousand certificates are thousands of lines. */
function Lines({ text }: { readonly text: string }): ReactNode {
  const scrolled = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => text.split('\n'), [text]);
  const widest = useMemo(
    () => lines.reduce((most, { length }) => Math.max(most, length), 0),
    [lines],
  );
  // No compiler memoizes what it returns.
  // oxlint-disable-next-line react/incompatible-library
  const list = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scrolled.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: LINES_BEYOND,
  });
  return (
    <div
      ref={scrolled}
      className="published-lines scroll mono"
      role="region"
      aria-label={said.text}
      // A region that scrolls must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <div style={{ height: list.getTotalSize(), minWidth: `${widest}ch` }}>
        {list.getVirtualItems().map(({ index, key, start }) => (
          <div key={key} style={{ transform: `translateY(${start}px)` }}>
            {lines[index]}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Where files may be let fall; the whole window takes them, and this says so. */
import { useRef, type ReactNode } from 'react';
import { clearMaterials, takeFiles, useMaterials } from '../store/material-store.ts';
import { words } from '../words/words.ts';

const { drop: said } = words.rollover;

export function DropRegion(): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const files = useMaterials((state) => state.files);
  const waiting = files.filter(({ phase }) => phase === 'waiting').length;
  return (
    <section className="rollover-drop" aria-label={said.region}>
      <b>{said.title}</b>
      {said.kinds}
      <span className="drop-actions">
        <button type="button" className="text-link" onClick={() => input.current?.click()}>
          {said.choose}
        </button>
        {files.length > 0 && (
          <>
            <span aria-live="polite">
              {waiting > 0 ? said.reading(waiting, files.length) : said.taken(files.length)}
            </span>
            <button
              type="button"
              className="text-link"
              aria-label={said.clearAll}
              onClick={clearMaterials}
            >
              {said.clear}
            </button>
          </>
        )}
      </span>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          takeFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </section>
  );
}

/** Where files may be let fall; the whole window takes them, and this says so. */
import { useRef, type ReactNode } from 'react';
import { clearMaterials, takeFiles, useMaterials } from '../store/material-store.ts';
import { countText } from '../ui/time.ts';

export function DropRegion(): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const files = useMaterials((state) => state.files);
  const waiting = files.filter(({ phase }) => phase === 'waiting').length;
  return (
    <section className="rollover-drop" aria-label="Files">
      <b>Drop certificates, keys or CSRs</b>
      PEM, DER, PKCS#7, PKCS#12, a folder, or paste
      <span className="drop-actions">
        <button type="button" className="text-link" onClick={() => input.current?.click()}>
          Choose files
        </button>
        {files.length > 0 && (
          <>
            <span aria-live="polite">
              {waiting > 0
                ? `reading ${waiting} of ${files.length}`
                : `${countText(files.length, 'file', 'files')} taken`}
            </span>
            <button
              type="button"
              className="text-link"
              aria-label="Clear all files"
              onClick={clearMaterials}
            >
              Clear
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

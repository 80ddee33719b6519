/** The ways in, open on every screen: files dropped anywhere on the window, chosen in a dialog, or pasted. */
import { useEffect, useState, type ReactNode } from 'react';
import { expectFiles, takeFiles, takeTransfer } from '../store/material-store.ts';
import { takeCases } from '../store/report-case.ts';
import { showScreen, useProgram } from '../store/settings-store.ts';
import { Icon } from '../ui/icon.tsx';
import { words } from '../words/words.ts';

const { input: said } = words.generate;

export function MaterialInput(): ReactNode {
  const over = useDroppedAnywhere();
  usePasted();
  return (
    <>
      <input
        type="file"
        multiple
        hidden
        data-material-files
        aria-label={said.field}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          if (!takeCases(files)) {
            takeFiles(files);
            showMaterial();
          }
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      {over && (
        <div className="drop-overlay" aria-hidden>
          <p>
            <Icon name="file-plus" size={18} />
            {said.drop}
          </p>
        </div>
      )}
    </>
  );
}

/** The dialog of the system; must be called while a key or a button is pressed. */
export function askForFiles(): void {
  document.querySelector<HTMLInputElement>('[data-material-files]')?.click();
}

/** Rollover shows what was dropped too: it stays. */
function showMaterial(): void {
  if (useProgram.getState().screen !== 'rollover') showScreen('generate');
}

/** True while files are held over the window. */
function useDroppedAnywhere(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onDragOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      // Without this the page would not be told of the drop.
      event.preventDefault();
      setOver(true);
      expectFiles();
    };
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      // A mail host in the picture takes saved chains for itself.
      if (event.defaultPrevented || event.dataTransfer === null || !hasFiles(event)) return;
      event.preventDefault();
      if (takeCases([...event.dataTransfer.files])) return;
      void takeTransfer(event.dataTransfer);
      showMaterial();
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return over;
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') === true;
}

/** Where a field has the focus, pasting is the field's, unless it could only go on showing it: keys are secret. */
function usePasted(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { clipboardData: data, target } = event;
      if (data === null || event.defaultPrevented) return;
      if (isField(target) && !(isOneLine(target) && isArmoured(data.getData('text')))) return;
      const { screen } = useProgram.getState();
      const wanted = screen === 'generate' || screen === 'rollover';
      if (!wanted && !data.types.includes('Files') && !isArmoured(data.getData('text'))) return;
      event.preventDefault();
      void takeTransfer(data);
      showMaterial();
    };
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('paste', onPaste);
    };
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;
}

/** A field that no PEM fits into; a password may be anything. */
function isOneLine(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type !== 'password';
}

/** On other screens a pasted word must not lead away. */
function isArmoured(text: string): boolean {
  return text.includes('-----BEGIN ');
}

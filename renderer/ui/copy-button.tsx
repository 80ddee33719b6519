/** Copies a text and says so for a moment. */
import { useEffect, useState, type ReactNode } from 'react';
import { words } from '../words/words.ts';

/** Milliseconds for which “Copied” stays: long enough to be read, short enough to copy again. */
const SAID_MS = 1600;

export interface CopyButtonProps {
  readonly text: string;
  readonly copy: (text: string) => Promise<void>;
  /** What is copied, for those who hear the button instead of seeing where it is. */
  readonly what: string;
  readonly label?: string;
}

export function CopyButton(props: CopyButtonProps): ReactNode {
  const { text, copy, what, label = words.frame.copy.copy } = props;
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => {
      setCopied(false);
    }, SAID_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  return (
    <button
      type="button"
      className="text-link copy-button"
      aria-label={words.frame.copy.aloud(label, what)}
      onClick={() => {
        void copy(text).then(() => {
          setCopied(true);
        });
      }}
    >
      <span aria-live="polite">{copied ? words.frame.copy.copied : label}</span>
    </button>
  );
}

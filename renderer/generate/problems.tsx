/** Sentences about what went wrong or is odd, in a box; never more than fit. */
import type { ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';

/** Lines of one box: a folder may hold a thousand unreadable files. */
const SHOWN = 4;

export function Problems({ texts }: { readonly texts: readonly string[] }): ReactNode {
  const told = [...new Set(texts)];
  if (told.length === 0) return null;
  return (
    <ul className="left-out" role="status">
      {told.slice(0, SHOWN).map((text) => (
        <li key={text}>
          <Icon name="triangle" tone="warn" size={12} />
          <span>
            <Seen text={text} />
          </span>
        </li>
      ))}
      {told.length > SHOWN && <li>{words.frame.andMore(told.length - SHOWN)}</li>}
    </ul>
  );
}

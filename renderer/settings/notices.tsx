/** What the person must know whichever screen is open: settings that could not be read or kept, words not understood. */
import type { ReactNode } from 'react';
import { dismissNotice, useFrame } from '../store/settings-frame.ts';
import { DismissButton } from '../ui/dismiss-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';

export function Notices(): ReactNode {
  const notices = useFrame((state) => state.notices);
  if (notices.length === 0) return null;
  return (
    <section className="notices" aria-label={words.settings.notices}>
      {notices.map((notice) => (
        <div key={notice} className="notice" role="alert">
          <Icon name="triangle" tone="warn" />
          <p>
            <Seen text={notice} />
          </p>
          <DismissButton
            dismiss={() => {
              dismissNotice(notice);
            }}
          />
        </div>
      ))}
    </section>
  );
}

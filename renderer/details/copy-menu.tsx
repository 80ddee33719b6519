/** The one way in which a pane is copied: as text, or as the commands that show the same elsewhere. */
import { Menu } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { copyText } from '../store/settings-store.ts';
import { Icon } from '../ui/icon.tsx';
import { words } from '../words/words.ts';

const said = words.details.copy;

export interface CopyChoice {
  readonly name: string;
  readonly about: string;
  /** Worked out only when it is chosen. */
  readonly text: () => string;
}

export interface CopyMenuProps {
  /** What is copied, for those who hear the button instead of seeing where it is. */
  readonly what: string;
  readonly choices: readonly CopyChoice[];
}

/** Milliseconds for which what came of it stays: long enough to be read. */
const SAID_MS = 1600;
/** As the process behind the window bounds it. */
const MAX_CHARACTERS = 1024 * 1024;

export function CopyMenu({ what, choices }: CopyMenuProps): ReactNode {
  const [told, setTold] = useState<string | null>(null);
  useEffect(() => {
    if (told === null) return;
    const timer = setTimeout(() => {
      setTold(null);
    }, SAID_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [told]);
  if (choices.length === 0) return null;
  const choose = ({ text }: CopyChoice): void => {
    const copied = text();
    if (copied.length > MAX_CHARACTERS) {
      setTold(said.tooLong);
      return;
    }
    void copyText(copied).then(() => {
      setTold(said.copied);
    });
  };
  return (
    <Menu
      position="bottom-end"
      offset={4}
      transitionProps={{ duration: 0 }}
      // It would be a child that no menu may have (WAI-ARIA 1.2, role menu).
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button type="button" className="copy-menu" aria-label={said.aloud(what)}>
          <span aria-live="polite">{told ?? said.copy}</span>
          <Icon name="down" size={9} />
        </button>
      </Menu.Target>
      <Menu.Dropdown className="copy-choices" aria-label={said.aloud(what)}>
        {choices.map((choice) => (
          <Menu.Item
            key={`${choice.name} ${choice.about}`}
            onClick={() => {
              choose(choice);
            }}
          >
            <span className="copy-choice">
              <span>{choice.name}</span>
              <span className="dim">{choice.about}</span>
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

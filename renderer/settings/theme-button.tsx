/** Goes to the other theme at one press; Settings can give the choice back to the system. */
import { useComputedColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { setTheme } from '../store/settings-store.ts';
import { Icon } from '../ui/icon.tsx';
import { words } from '../words/words.ts';

export function ThemeButton(): ReactNode {
  const other = useComputedColorScheme('light') === 'light' ? 'dark' : 'light';
  const label = words.frame.switchTo[other];
  return (
    <button
      type="button"
      className="theme-button"
      aria-label={label}
      title={label}
      onClick={() => void setTheme(other)}
    >
      <Icon name={other === 'dark' ? 'moon' : 'sun'} size={16} />
    </button>
  );
}

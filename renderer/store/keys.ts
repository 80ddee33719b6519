/** Which keys the window obeys; the menu shows the same. */
import type { MenuCommand } from '../../shared/ipc/contract.ts';

export function commandOfKey(key: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly defaultPrevented: boolean;
}): MenuCommand['command'] | null {
  if (key.defaultPrevented || key.altKey) return null;
  if (!key.ctrlKey && !key.metaKey) {
    if (key.key === 'Escape') return 'cancel';
    return key.key === 'F5' ? 'again' : null;
  }
  switch (key.key.toLowerCase()) {
    case 'l':
      return 'inspect';
    case 'r':
      return 'again';
    case 's':
      return 'report';
    case 'e':
      return 'open-case';
    case ',':
      return 'settings';
    case 'o':
      return key.shiftKey ? 'open-files' : 'outline';
    case '2':
      return 'generate';
    case '3':
      return 'rollover';
    case '4':
      return 'batch';
    case '6':
      return 'watch';
    case 'h':
      return 'history';
    default:
      return null;
  }
}

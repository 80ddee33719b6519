/** The application menu. The window handles its own keys, so the shortcuts here are only shown. */
import { app, Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';
import { printable } from '../../shared/findings/safe-text.ts';
import {
  COMMAND_NAMES,
  COMMANDS,
  SYSTEM_COMMANDS,
  type CommandGroup,
  type CommandName,
} from '../../shared/ipc/commands.ts';
import { tell } from './tell.ts';

export interface MenuParts {
  /** A page may open a file dialog only while a key or a button of its own is pressed. */
  readonly openFiles: () => void;
  readonly inspect: (domain: string) => void;
  /** Most recent first. */
  readonly recent: readonly string[];
}

/** The whole menu; set again when the recent domains change. */
export function setMenu(window: BrowserWindow, parts: MenuParts): void {
  const click = (name: CommandName): (() => void) =>
    name === 'open-files'
      ? parts.openFiles
      : () => {
          tell(window, 'menu:command', { command: name });
        };
  const command = (name: CommandName): MenuItemConstructorOptions => {
    const [accelerator] = COMMANDS[name].keys;
    return {
      label: COMMANDS[name].label,
      ...(accelerator === undefined ? {} : { accelerator }),
      registerAccelerator: false,
      click: click(name),
    };
  };
  const group = (wanted: CommandGroup): MenuItemConstructorOptions[] =>
    COMMAND_NAMES.filter((name) => COMMANDS[name].group === wanted).map(command);
  const { quit } = SYSTEM_COMMANDS;
  const fullScreen = SYSTEM_COMMANDS['full-screen'];
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: MENUS.inspection,
      submenu: [
        ...group('inspection'),
        recentMenu(parts),
        { type: 'separator' },
        { role: 'quit', label: quit.label, accelerator: quit.keys[0] },
      ],
    },
    { label: MENUS.records, submenu: group('records') },
    { label: MENUS.lists, submenu: group('lists') },
    { role: 'editMenu' },
    {
      label: MENUS.view,
      submenu: [
        ...group('view'),
        { role: 'togglefullscreen', label: fullScreen.label },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { label: MENUS.help, submenu: group('help') },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

const MENUS: Readonly<Record<CommandGroup, string>> = {
  inspection: '&Inspection',
  records: '&Records',
  lists: '&Lists',
  view: '&View',
  help: '&Help',
};

function recentMenu({ recent, inspect }: MenuParts): MenuItemConstructorOptions {
  return {
    label: 'Recent domains',
    enabled: recent.length > 0,
    submenu: recent.map((domain) => ({
      // An ampersand would be taken for a mark of the key.
      label: printable(domain).replaceAll('&', '&&'),
      click: () => {
        inspect(domain);
      },
    })),
  };
}

/** The application menu. The window handles its own keys, so the shortcuts here are only shown. */
import { app, Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../shared/ipc/contract.ts';
import { tell } from './tell.ts';

export function setMenu(window: BrowserWindow, openFiles: () => void): void {
  const command = (
    label: string,
    accelerator: string,
    name: MenuCommand['command'],
  ): MenuItemConstructorOptions => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => {
      tell(window, 'menu:command', { command: name });
    },
  });
  const template: MenuItemConstructorOptions[] = [
    {
      label: '&Inspection',
      submenu: [
        command('Inspect a domain…', 'CmdOrCtrl+L', 'inspect'),
        command('Inspect again', 'F5', 'again'),
        command('Cancel', 'Esc', 'cancel'),
        { type: 'separator' },
        command('Open a case…', 'CmdOrCtrl+E', 'open-case'),
        command('Save the report…', 'CmdOrCtrl+S', 'report'),
        { type: 'separator' },
        command('Settings', 'CmdOrCtrl+,', 'settings'),
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
    {
      label: '&Records',
      submenu: [
        {
          label: 'Open certificates, keys or requests…',
          accelerator: 'CmdOrCtrl+Shift+O',
          registerAccelerator: false,
          // A page may open a file dialog only while a key or a button of its own is pressed.
          click: openFiles,
        },
        { type: 'separator' },
        command('Generate', 'CmdOrCtrl+2', 'generate'),
        command('Rollover', 'CmdOrCtrl+3', 'rollover'),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        command('Chain or outline', 'CmdOrCtrl+O', 'outline'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Every command of the window with its words and keys: the menu, the keyboard and the list of shortcuts share them. */

export interface Command {
  readonly label: string;
  /** As Electron writes accelerators; the menu shows the first. */
  readonly keys: readonly string[];
  readonly group: CommandGroup;
}

export type CommandGroup = 'inspection' | 'records' | 'lists' | 'view' | 'help';

export type CommandName = (typeof COMMAND_NAMES)[number];

export const COMMAND_NAMES = [
  'inspect',
  'again',
  'cancel',
  'report',
  'print',
  'open-case',
  'settings',
  'open-files',
  'generate',
  'rollover',
  'batch',
  'outbound',
  'watch',
  'history',
  'outline',
  'zoom-in',
  'zoom-out',
  'zoom-reset',
  'shortcuts',
  'about',
] as const;

export const COMMANDS: Readonly<Record<CommandName, Command>> = {
  inspect: {
    label: 'Inspect a domain…',
    keys: ['CmdOrCtrl+L', 'CmdOrCtrl+1'],
    group: 'inspection',
  },
  again: { label: 'Inspect again', keys: ['F5', 'CmdOrCtrl+R'], group: 'inspection' },
  cancel: { label: 'Cancel', keys: ['Esc'], group: 'inspection' },
  report: { label: 'Save the report…', keys: ['CmdOrCtrl+S'], group: 'inspection' },
  print: { label: 'Print the report as PDF…', keys: ['CmdOrCtrl+P'], group: 'inspection' },
  'open-case': { label: 'Open a case…', keys: ['CmdOrCtrl+E'], group: 'inspection' },
  settings: { label: 'Settings', keys: ['CmdOrCtrl+,'], group: 'inspection' },
  'open-files': {
    label: 'Open certificates, keys or requests…',
    keys: ['CmdOrCtrl+Shift+O'],
    group: 'records',
  },
  generate: { label: 'Generate', keys: ['CmdOrCtrl+2'], group: 'records' },
  rollover: { label: 'Rollover', keys: ['CmdOrCtrl+3'], group: 'records' },
  batch: { label: 'Batch', keys: ['CmdOrCtrl+4'], group: 'lists' },
  outbound: { label: 'Outbound test', keys: ['CmdOrCtrl+5'], group: 'lists' },
  watch: { label: 'Watch', keys: ['CmdOrCtrl+6'], group: 'lists' },
  history: { label: 'History', keys: ['CmdOrCtrl+H'], group: 'lists' },
  outline: { label: 'Chain or outline', keys: ['CmdOrCtrl+O'], group: 'view' },
  'zoom-in': { label: 'Larger', keys: ['CmdOrCtrl+Plus'], group: 'view' },
  'zoom-out': { label: 'Smaller', keys: ['CmdOrCtrl+-'], group: 'view' },
  'zoom-reset': { label: 'Normal size', keys: ['CmdOrCtrl+0'], group: 'view' },
  shortcuts: { label: 'Keyboard shortcuts', keys: ['F1', '?'], group: 'help' },
  about: { label: 'About DANE Inspector', keys: [], group: 'help' },
};

/** Done by the system, and never by the page. */
export const SYSTEM_COMMANDS = {
  'full-screen': { label: 'Full screen', keys: ['F11'], group: 'view' },
  quit: { label: 'Quit', keys: ['CmdOrCtrl+Q'], group: 'inspection' },
} as const satisfies Readonly<Record<string, Command>>;

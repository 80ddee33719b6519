/** The list of all keys, made of the table that the keyboard and the menu go by. */
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { COMMANDS, SYSTEM_COMMANDS, type Command } from '../../shared/ipc/commands.ts';
import { showShortcuts, useFrame } from '../store/settings-frame.ts';
import { words } from '../words/words.ts';

type Line = Pick<Command, 'label' | 'keys'>;

export function ShortcutSheet(): ReactNode {
  const opened = useFrame((state) => state.shortcuts);
  const { title, groups } = words.settings.shortcuts;
  return (
    <Modal
      opened={opened}
      onClose={() => {
        showShortcuts(false);
      }}
      title={title}
      size="auto"
      centered
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': words.frame.close }}
    >
      <div className="shortcuts">
        {GROUPS.map(({ name, lines }) => (
          <section key={name} aria-label={groups[name]}>
            <h3>{groups[name]}</h3>
            <dl>
              {lines.map((line) => (
                <div key={line.label}>
                  <dt>{line.label}</dt>
                  <dd>
                    <Keys keys={line.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

const ALL: readonly Command[] = [...Object.values(COMMANDS), ...Object.values(SYSTEM_COMMANDS)];

const GROUPS: readonly {
  readonly name: keyof typeof words.settings.shortcuts.groups;
  readonly lines: readonly Line[];
}[] = [
  ...(['inspection', 'records', 'lists', 'view', 'help'] as const).map((name) => ({
    name,
    lines: ALL.filter(({ group, keys }) => group === name && keys.length > 0),
  })),
  { name: 'picture', lines: words.settings.shortcuts.picture },
  { name: 'anywhere', lines: words.settings.shortcuts.anywhere },
];

function Keys({ keys }: { readonly keys: readonly string[] }): ReactNode {
  return keys.map((accelerator, index) => (
    <span key={accelerator} className="shortcut">
      {index > 0 && <span className="dim">{words.settings.shortcuts.or}</span>}
      {keyNames(accelerator).map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </span>
  ));
}

/** As they stand on the keys of this computer. */
function keyNames(accelerator: string): readonly string[] {
  const { ctrl, command } = words.settings.shortcuts.keys;
  const isApple = navigator.platform.startsWith('Mac');
  return accelerator.split('+').map((part) => {
    if (part === 'CmdOrCtrl') return isApple ? command : ctrl;
    return part === 'Plus' ? '+' : part;
  });
}

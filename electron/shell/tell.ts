/** Sends the window a message of the contract, typed; a window that is gone is told nothing. */
import type { BrowserWindow } from 'electron';
import type { EventChannel, Events } from '../../shared/ipc/contract.ts';

export function tell<C extends EventChannel>(
  window: BrowserWindow,
  channel: C,
  payload: Events[C],
): void {
  if (!window.isDestroyed()) window.webContents.send(channel, payload);
}

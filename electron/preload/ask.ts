/** How the page's questions reach the process behind the window, and its messages the page. */
import { ipcRenderer, type IpcRendererEvent } from 'electron';
import type { EventChannel, RequestChannel } from '../../shared/ipc/contract.ts';

export type Listener = (payload: unknown) => void;

/** Payloads are parsed where they arrive: here they only pass through. */
export function ask(channel: RequestChannel, payload: unknown): Promise<unknown> {
  return ipcRenderer.invoke(channel, payload);
}

/** Gives back how to stop listening. The event object, which could send messages, stays here. */
export function listen(channel: EventChannel, listener: Listener): () => void {
  const forward = (_: IpcRendererEvent, payload: unknown): void => {
    listener(payload);
  };
  ipcRenderer.on(channel, forward);
  return () => {
    ipcRenderer.removeListener(channel, forward);
  };
}

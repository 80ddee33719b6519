/** One connection at a time to an address: what a mail server's operator may expect of a visitor. */
import type { Network } from '../net/network.ts';

/** The end of the queue for each address; kept by network, since addresses mean nothing without one. */
const queues = new WeakMap<Network, Map<string, Promise<void>>>();

/** Resolves when nobody else is connected there; call the result when the connection is gone. */
export async function takeTurn(
  network: Network,
  address: string,
  signal: AbortSignal,
): Promise<() => void> {
  const queue = queues.get(network) ?? new Map<string, Promise<void>>();
  queues.set(network, queue);
  const before = queue.get(address) ?? Promise.resolve();
  let release: () => void = () => undefined;
  const mine = new Promise<void>((resolve) => {
    release = resolve;
  });
  const end = before.then(() => mine);
  queue.set(address, end);
  void end.then(() => {
    if (queue.get(address) === end) queue.delete(address);
  });
  try {
    await unlessAborted(before, signal);
    return release;
  } catch (reason) {
    release();
    throw reason;
  }
}

function unlessAborted(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    void wait.then(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
}

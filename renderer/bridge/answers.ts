/** The preload's methods, and the parsing of all that comes from there. */
import type { EventChannel, Events, RequestChannel, Requests } from '../../shared/ipc/contract.ts';
import { parseEvent, parseReply } from '../../shared/ipc/parse.ts';
import type { PreloadApi, PreloadListener } from './preload-api.ts';

export const preload: PreloadApi = found(window.daneInspector);

function found(api: PreloadApi | undefined): PreloadApi {
  if (api === undefined) throw new Error('This page runs only inside DANE Inspector.');
  return api;
}

export async function answered<C extends RequestChannel>(
  channel: C,
  reply: Promise<unknown>,
): Promise<Requests[C]['reply']> {
  const parsed = parseReply(channel, await reply);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
}

export function told<C extends EventChannel>(
  channel: C,
  listener: (payload: Events[C]) => void,
): PreloadListener {
  return (payload) => {
    const parsed = parseEvent(channel, payload);
    if (!parsed.ok) throw new Error(parsed.problem);
    listener(parsed.value);
  };
}

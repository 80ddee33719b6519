/** What the window may ask about the test of a sender. */
import { ask, listen, type Listener } from './ask.ts';

export const outboundMethods = {
  readOutbound: () => ask('outbound:read', null),
  startOutbound: (wish: unknown) => ask('outbound:start', wish),
  repeatOutbound: () => ask('outbound:again', null),
  stopOutbound: () => ask('outbound:stop', null),
  checkResolvers: (resolver: unknown) => ask('outbound:check', resolver),
  onOutboundChanged: (listener: Listener) => listen('outbound:changed', listener),
};

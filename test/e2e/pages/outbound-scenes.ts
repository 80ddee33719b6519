/** The Outbound screen before a test, where it cannot listen, at the beginning of a test and at its end. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { pid } from 'node:process';
import { expect } from '@playwright/test';
import { sendTo } from '../plain-sender.ts';
import { OutboundPage, type Place } from './outbound-page.ts';
import type { Scene, Stage } from './scenes.ts';

/** Suites run side by side, each on a network of its own. */
const NETWORK = `127.${64 + (pid % 100)}.${Math.floor(pid / 100) % 250}`;
const SMTP_PORT = 2525;
const DNS_PORT = 5300;
/** Long enough to be sent to; after it nothing more is waited for. */
const MINUTES = 0.05;

const PLACE: Place = {
  nameServer: `${NETWORK}.53#${DNS_PORT}`,
  addresses: `${NETWORK}.1-${NETWORK}.20`,
  smtpPort: String(SMTP_PORT),
  listenPort: String(SMTP_PORT),
  minutes: '10',
};

/** What holds the port of the name server while that is to be seen. */
let holder: Server | null = null;

export const OUTBOUND_SCENES: readonly Scene[] = [
  {
    name: 'outbound stopped',
    isAlike: true,
    async show(stage) {
      const outbound = await stopped(stage);
      await outbound.unfoldPlace();
    },
  },
  {
    name: 'outbound cannot listen',
    async show(stage) {
      const outbound = await stopped(stage);
      holder ??= createServer();
      if (!holder.listening) {
        holder.listen(DNS_PORT, `${NETWORK}.53`);
        await once(holder, 'listening');
      }
      await outbound.fillIn(PLACE);
      await outbound.startButton.click();
      await expect(outbound.trouble).toBeVisible();
    },
    leave() {
      holder?.close();
      holder = null;
      return Promise.resolve();
    },
  },
  {
    name: 'outbound begins',
    async show(stage) {
      const outbound = await stopped(stage);
      await outbound.start(PLACE);
      await outbound.openStep('Resolver');
    },
  },
  {
    name: 'outbound',
    async show(stage) {
      const outbound = await stopped(stage);
      await outbound.start({ ...PLACE, minutes: String(MINUTES) });
      // The one that began before it goes on by itself.
      await outbound.again();
      const recipients = await outbound.recipients();
      const sent = recipients.filter((address) => /@(do|dont|wrong|strip)\./.test(address));
      await sendTo(sent, { nameServer: `${NETWORK}.53:${DNS_PORT}`, port: SMTP_PORT });
      await outbound.concludes('does-not-check');
      await outbound.unfold('wrong');
      await outbound.isFinal();
    },
  },
];

async function stopped({ launched }: Stage): Promise<OutboundPage> {
  const outbound = new OutboundPage(launched.page);
  await outbound.open();
  await outbound.stop();
  return outbound;
}

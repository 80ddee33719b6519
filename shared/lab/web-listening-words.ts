/** Why the page for visitors cannot be opened where it should, and what to do about it. */
import { NODE_MAY_LISTEN, oneOf, type Advice } from './listening-words.ts';

export interface WebTrouble {
  readonly address: string;
  readonly port: number;
  /** The system’s: EACCES, EADDRINUSE, EADDRNOTAVAIL… */
  readonly code: string;
}

/** Ports below it are for those who may do everything, unless the system is told otherwise. */
const FIRST_FREE_PORT = 1024;
const OTHER_PORT = 8080;

export function webListeningAdvice({ address, port, code }: WebTrouble): Advice {
  const place = `${address}, port ${port}`;
  const other = `use another port (--web ${address}#${port === OTHER_PORT ? OTHER_PORT + 1 : OTHER_PORT}), or go without the page (--web none).`;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return {
        trouble: `The page for visitors may not be on ${place}: the system keeps ports below ${FIRST_FREE_PORT} for itself.`,
        ways: oneOf([NODE_MAY_LISTEN, { text: other, commands: [] }]),
      };
    case 'EADDRINUSE':
      return {
        trouble: `Another program listens on ${place} already: a web server, most likely.`,
        ways: [{ text: `U${other.slice(1)}`, commands: [] }],
      };
    case 'EADDRNOTAVAIL':
      return {
        trouble: `This machine has no address ${address}, where the page for visitors should be.`,
        ways: [
          {
            text: 'Name one that it has with --web; where the provider translates addresses, say with --nat PUBLIC=OWN what is behind it.',
            commands: [],
          },
        ],
      };
    default:
      return { trouble: `The page for visitors cannot be on ${place} (${code}).`, ways: [] };
  }
}

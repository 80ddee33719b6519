// Runs the listener that never accepts and fills its queue, so that whoever connects next waits for ever (RFC 9293 §3.10.7.4: a SYN may be dropped).
import { connect, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Endpoint } from './bind.ts';
import type { Close } from './dns-transport.ts';
import { settled, startServer, type ProcessIdentity } from './processes.ts';

const PROGRAM = fileURLToPath(new URL('full-backlog.mjs', import.meta.url));
const START_TIMEOUT = 10_000;
/** More than a backlog of one holds. */
const FILLERS = 4;

export async function startFullBacklog(
  listen: Endpoint,
  logFile: string,
): Promise<{ readonly process: ProcessIdentity; readonly close: Close }> {
  const listener = startServer(
    process.execPath,
    [PROGRAM, listen.address, String(listen.port)],
    logFile,
  );
  const isUp = await settled(
    () => readFileSync(logFile, 'utf8').includes('listening'),
    START_TIMEOUT,
  );
  if (!isUp) throw new Error(`nothing listens at ${listen.address}; see ${logFile}`);
  const fillers = Array.from({ length: FILLERS }, () => fill(listen));
  return {
    process: listener,
    close: async () => {
      for (const filler of fillers) filler.destroy();
    },
  };
}

function fill({ address, port }: Endpoint): Socket {
  const socket = connect(port, address);
  socket.on('error', () => undefined);
  socket.unref();
  return socket;
}

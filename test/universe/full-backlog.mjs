// A process that listens and never accepts: once its queue is full the kernel lets connection attempts wait (listen(2)).
// Plain JavaScript, since it runs by itself: the process that made it must not be the one that stands still.
import { createServer } from 'node:net';
import { argv, exit, stdout } from 'node:process';

const [, , address = '', port = ''] = argv;
const server = createServer();
server.on('error', () => exit(1));
server.listen({ host: address, port: Number(port), backlog: 1 }, () => {
  stdout.write('listening\n', () => {
    // Nothing wakes it again but a signal.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
});

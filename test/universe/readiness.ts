// Asks whether a server answers yet: a DNS query for the root's SOA (RFC 1035 §4.1), an SMTP greeting (RFC 5321 §4.2).
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

const PATIENCE = 500;

/** The header of a query with one question: . SOA IN. */
const ROOT_SOA = Buffer.from('abcd000000010000000000000000060001', 'hex');

/** Any answer will do, a refusal too: the server is there. */
export function answersDns(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    const finish = (result: boolean): void => {
      clearTimeout(timer);
      socket.close();
      resolve(result);
    };
    const timer = setTimeout(() => finish(false), PATIENCE);
    socket.once('message', () => finish(true));
    socket.once('error', () => finish(false));
    socket.send(ROOT_SOA, port, address);
  });
}

export function answersSmtp(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    const finish = (result: boolean): void => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(PATIENCE * 4, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('data', (bytes) => finish(bytes.toString('latin1').startsWith('220')));
  });
}

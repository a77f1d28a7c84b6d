import { connect, createServer } from 'node:net';

/**
 * Ports that no system hands out by itself (Linux begins at 32768, macOS and Windows at 49152, gVisor at 16000). One that
 * it does may become the near end of somebody's connection between our look and the server's start, and is then taken for
 * as long as that connection lasts. They begin behind the last one that browsers and fetch refuse to talk to (10080).
 */
const FIRST = 10_100;
const COUNT = 5_900;

// Each process begins elsewhere and asks for no port twice, so that two that start servers at once do not meet.
let asked = Math.floor(Math.random() * COUNT);

/** A TCP port of 127.0.0.1 that nothing listens on now. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < COUNT; tries++) {
    const port = FIRST + (asked++ % COUNT);
    if (await isFree(port)) return port;
  }
  throw new Error('No free TCP port was found');
}

/** Whether a server may listen on this port of 127.0.0.1. */
export async function isFree(port: number): Promise<boolean> {
  // Both ways: something may listen on all addresses, which still lets us bind one of them.
  return !(await answers(port)) && (await canListen(port));
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

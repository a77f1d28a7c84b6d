import type { IncomingMessage } from 'node:http';
import { CloseCode, type Server } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import type { Log } from '../activities/log.ts';

/** What one socket is carried with. */
export interface Transport {
  log: Log;
  /** Milliseconds between pings; a socket that has not answered by the next one is dead. */
  pingEvery: number;
}

/**
 * Carries one socket: its messages to the protocol, pings, and its end. Stands in for the library's own transport,
 * which writes what goes wrong to the console.
 */
export function carrySocket<Extra extends { socket: WebSocket; request: IncomingMessage }>(
  server: Server<Extra>,
  extra: Extra,
  { log, pingEvery }: Transport,
): void {
  const { socket } = extra;
  const failed = (error: unknown): void => {
    log.error({ err: error }, 'A message on a socket could not be handled');
    socket.close(CloseCode.InternalServerError, 'Internal error');
  };
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (text) => send(socket, text),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) => socket.on('message', (data) => void handle(textOf(data)).catch(failed)),
    },
    extra,
  );
  const stopPings = keepAlive(socket, pingEvery);
  // A message too large or not well-formed; the socket closes itself with the right code.
  socket.on('error', (error) => log.debug({ err: error }, 'A socket failed'));
  socket.once('close', (code, reason) => {
    stopPings();
    closed(code, String(reason)).catch(failed);
  });
}

function textOf(data: RawData): string {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
  return bytes.toString('utf8');
}

function send(socket: WebSocket, text: string): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  return new Promise((resolve, reject) => {
    socket.send(text, (error) => (error ? reject(error) : resolve()));
  });
}

function keepAlive(socket: WebSocket, every: number): () => void {
  let alive = true;
  socket.on('pong', () => (alive = true));
  const timer = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, every);
  return () => clearInterval(timer);
}

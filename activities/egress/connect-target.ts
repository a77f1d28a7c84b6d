import { connect, type Socket } from 'node:net';
import type { Target } from './create-egress.ts';

/** A TCP connection to the checked address. Aborting the signal destroys it, now or later. Throws what connecting throws. */
export function connectTarget(target: Target, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host: target.address, port: target.port, family: target.family, signal });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.removeListener('error', reject);
      resolve(socket);
    });
  });
}

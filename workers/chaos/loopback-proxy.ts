import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A TCP proxy on this machine, whose connections can be cut, slowed and held up. */
export interface LoopbackProxy {
  port: number;
  /** Breaks off all connections; new ones are taken. Gives how many there were. */
  cut(): number;
  /** From now on each piece of data comes later, and no faster than this; null ends it. */
  slow(to: { latencyMs: number; bytesPerSecond: number } | null): void;
  /** While true nothing comes through, and nobody is told: connections stay, new ones get no answer. */
  dark(on: boolean): void;
  /** Cuts everything and listens no more. */
  close(): Promise<void>;
}

/** Starts a proxy on a free port of 127.0.0.1 before another port of it. Nothing need listen there yet. */
export async function openLoopbackProxy(targetPort: number): Promise<LoopbackProxy> {
  const pairs = new Set<[Socket, Socket]>();
  const line = new Line();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const target = connect({ host: '127.0.0.1', port: targetPort, allowHalfOpen: true, noDelay: true });
    const pair: [Socket, Socket] = [client, target];
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.on('error', end);
    void Promise.all([carry(client, target, line), carry(target, client, line)]).then(end, end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    const count = pairs.size;
    for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy();
    pairs.clear();
    return count;
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    slow: (to) => (line.pace = to),
    dark: (on) => line.setDark(on),
    close: async () => {
      line.setDark(false);
      server.close();
      cut();
      await once(server, 'close');
    },
  };
}

/** How the line is now, for all connections. */
class Line {
  pace: { latencyMs: number; bytesPerSecond: number } | null = null;
  #whenLit: Promise<void> | null = null;
  #turnOn: () => void = () => undefined;

  setDark(on: boolean): void {
    if (on && this.#whenLit === null) this.#whenLit = new Promise((resolve) => (this.#turnOn = resolve));
    if (on) return;
    this.#turnOn();
    this.#whenLit = null;
  }

  /** Resolves when so many bytes may be passed on. */
  async passes(bytes: number): Promise<void> {
    await this.#untilLit();
    if (this.pace === null) return;
    const { latencyMs, bytesPerSecond } = this.pace;
    await pause(latencyMs + (bytes / bytesPerSecond) * 1_000);
    await this.#untilLit();
  }

  async #untilLit(): Promise<void> {
    while (this.#whenLit !== null) await this.#whenLit;
  }
}

async function carry(from: Socket, to: Socket, line: Line): Promise<void> {
  // The other direction may go on when this one has come to its end.
  for await (const chunk of from.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    await line.passes(chunk.length);
    // What a client said that has gone meanwhile is lost, as on a real line.
    if (to.destroyed || from.destroyed) return;
    if (!to.write(chunk)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
  }
  await line.passes(0);
  to.end();
}

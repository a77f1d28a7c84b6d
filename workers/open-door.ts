import { fastify } from 'fastify';
import type { WorkerMetrics } from './metrics.ts';

/** Where the worker tells how it is. */
export interface Door {
  url: string;
  close(): Promise<void>;
}

/** What the door needs. `isRunning` is asked for each call of `/healthz`. */
export interface DoorParts {
  host: string;
  /** 0 takes a free one. */
  port: number;
  metrics: Pick<WorkerMetrics, 'render'>;
  isRunning: () => boolean;
}

/**
 * Opens the worker's HTTP door: `/healthz` (200 while it takes tasks, else 503) and `/metrics` (Prometheus). Throws when
 * the port is taken.
 */
export async function openDoor({ host, port, metrics, isRunning }: DoorParts): Promise<Door> {
  const door = fastify({ logger: false, forceCloseConnections: true });
  door.get('/healthz', (_, reply) => {
    const isUp = isRunning();
    return reply.code(isUp ? 200 : 503).send({ status: isUp ? 'ok' : 'not running' });
  });
  door.get('/metrics', async (_, reply) => {
    const { contentType, body } = await metrics.render();
    return reply.type(contentType).send(body);
  });
  const url = await door.listen({ host, port });
  return { url, close: () => door.close() };
}

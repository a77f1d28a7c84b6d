import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../prisma/database.ts';
import type { ClientEventKind, Vital } from '../workflows/telemetry/model.ts';
import type { RateKind } from './rate-limited.ts';

/** What the API counts about itself, for Prometheus. */
export interface Metrics {
  /** Notes one finished request. `operation` comes from the schema or the routes, never from the client. */
  observe(request: { operation: string; code: string; seconds: number }): void;
  /** Notes a request that was refused because there were too many. `limit` names what was counted. */
  rateLimited(limit: RateKind): void;
  /** Notes what a browser told of, and how often it came. */
  clientFault(kind: ClientEventKind, count: number): void;
  /** Notes a figure of a page: milliseconds; for CLS a score. */
  clientVital(figure: { name: Vital; value: number }): void;
  socketOpened(): void;
  socketClosed(): void;
  /** The page for Prometheus. */
  render(): Promise<{ contentType: string; body: string }>;
}

/** The most messages that the backlog gauge counts. */
const MAX_BACKLOG = 1_000;

/** Makes the metrics of one app. Those of Node itself are among them. */
export function createMetrics(database: Database): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'levqor_api_requests_total',
    help: 'Finished requests by operation and code (OK or the code of the first error).',
    labelNames: ['operation', 'code'],
    registers,
  });
  const durations = new Histogram({
    name: 'levqor_api_request_seconds',
    help: 'How long requests took, by operation.',
    labelNames: ['operation'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const limited = new Counter({
    name: 'levqor_api_rate_limited_total',
    help: 'Requests refused because there were too many, by what was counted.',
    labelNames: ['limit'],
    registers,
  });
  const browsers = browserMetrics(registers);
  const sockets = new Gauge({ name: 'levqor_api_sockets', help: 'Open WebSockets.', registers });
  new Gauge({
    name: 'levqor_outbox_due',
    help: `Committed messages for Temporal that are due and not delivered, up to ${MAX_BACKLOG}. NaN: the database is away.`,
    registers,
    async collect() {
      // Missing data is shown as missing, and the rest of the page still comes.
      const due = await database.lookup.dueOutbox(MAX_BACKLOG).catch(() => null);
      this.set(due?.length ?? Number.NaN);
    },
  });
  return {
    observe: ({ operation, code, seconds }) => {
      requests.inc({ operation, code });
      durations.observe({ operation }, seconds);
    },
    rateLimited: (limit) => limited.inc({ limit }),
    ...browsers,
    socketOpened: () => sockets.inc(),
    socketClosed: () => sockets.dec(),
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

/** What browsers tell of. Pages are no label: whoever calls could make up as many as they like. */
function browserMetrics(registers: Registry[]): Pick<Metrics, 'clientFault' | 'clientVital'> {
  const faults = new Counter({
    name: 'levqor_web_client_faults_total',
    help: 'Faults that browsers told of, by kind: error, rejection, request, policy.',
    labelNames: ['kind'],
    registers,
  });
  const times = new Histogram({
    name: 'levqor_web_vital_seconds',
    help: 'Times of pages in browsers, by figure: FCP, INP, LCP, TTFB. A share of the visits.',
    labelNames: ['vital'],
    buckets: [0.05, 0.1, 0.2, 0.5, 0.8, 1.8, 2.5, 4, 8],
    registers,
  });
  const shifts = new Histogram({
    name: 'levqor_web_layout_shift',
    help: 'How much pages moved while they were looked at (CLS). A share of the visits.',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1],
    registers,
  });
  return {
    clientFault: (kind, count) => faults.inc({ kind }, count),
    clientVital: ({ name, value }) =>
      name === 'CLS' ? shifts.observe(value) : times.observe({ vital: name }, value / 1_000),
  };
}

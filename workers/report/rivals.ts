/** What others published, or what was measured of them for this project: never on the machine of a report's own run. */
export interface Rival {
  /** The figure beside which it stands. */
  figure: string;
  who: string;
  numbers: string;
  /** Workload and machine: without them a number says nothing. */
  conditions: string;
  /** Null: measured for this project in its planning, on a machine with two cores; not published. */
  source: { text: string; url: string } | null;
}

const N8N_HERE = 'n8n 2.39, one process, two cores; its runs are not durable step by step';

const WINDMILL = {
  text: 'windmilldocs, benchmarks, JavaScript',
  url: 'https://github.com/windmill-labs/windmilldocs/blob/HEAD/docs/misc/3_benchmarks/competitors/results/js/index.mdx',
};
const RESTATE = {
  text: 'docs-restate, server changelog',
  url: 'https://github.com/restatedev/docs-restate/blob/HEAD/docs/changelog/server.mdx',
};

/** Numbers of rivals by figure. */
export const RIVALS: readonly Rival[] = [
  {
    ...{ figure: 'seq-pure', who: 'Windmill, dedicated worker', source: WINDMILL },
    numbers: '2.125 s',
    conditions:
      '40 serial tasks of fibo(10) in JavaScript, one worker, docker-compose, AWS m4.large (2 vCPU)',
  },
  {
    ...{ figure: 'seq-pure', who: 'Temporal, as measured by Windmill', source: WINDMILL },
    numbers: '3.063 s',
    conditions: 'the same tasks as 40 activities, untuned docker-compose, the same machine',
  },
  {
    ...{ figure: 'seq-pure', who: 'Kestra, as measured by Windmill', source: WINDMILL },
    numbers: '9.050 s',
    conditions: 'the same tasks, the same machine',
  },
  {
    ...{ figure: 'seq-pure', who: 'n8n', numbers: '0.165 s', source: null },
    conditions: `40 serial nodes of fib(10); ${N8N_HERE}`,
  },
  ...['rate-3', 'rate-9'].map((figure) => ({
    ...{ figure, who: 'n8n', source: null },
    numbers: `p50 ${figure === 'rate-3' ? 20 : 22} ms, p99 31 to 99 ms over both flows`,
    conditions: `the same number of steps at 20 requests a second; ${N8N_HERE}`,
  })),
  {
    ...{ figure: 'rate-3', who: 'Restate', numbers: 'p50 15 ms, p99 69 ms', source: RESTATE },
    conditions: '3-step workflow, 549 requests a second, three nodes with threefold replication',
  },
  {
    ...{ figure: 'rate-9', who: 'Restate', numbers: 'p50 31 ms', source: RESTATE },
    conditions: '9-step workflow, 303 requests a second, three nodes with threefold replication',
  },
  {
    ...{ figure: 'hook', who: 'Activepieces', numbers: '96.0 a second, p50 254 ms, p99 337 ms, 0 failed' },
    conditions:
      'webhook → return response, ab -c 25 -n 5000, code-only sandbox, Ryzen 7 8845HS (8 cores), 16 GB',
    source: {
      text: 'Activepieces, performance',
      url: 'https://github.com/activepieces/activepieces/blob/HEAD/docs/about/performance.mdx',
    },
  },
  {
    ...{ figure: 'hook', who: 'n8n', numbers: 'up to 220 a second' },
    conditions:
      'webhook → set, single instance with Postgres, AWS c5a.large, 4 GB; counts as answered within 100 s',
    source: {
      text: 'n8n-docs, performance and benchmarking',
      url: 'https://github.com/n8n-io/n8n-docs/blob/HEAD/docs/hosting/scaling/performance-benchmarking.md',
    },
  },
  {
    ...{ figure: 'hook', who: 'n8n', numbers: '32 a second, p99 1,120 ms', source: null },
    conditions: `webhook → set → respond, 25 connections; ${N8N_HERE}, as shipped`,
  },
  {
    ...{ figure: 'hook', who: 'n8n', numbers: '90 a second, p99 320 to 420 ms', source: null },
    conditions: `the same with its old expression engine; ${N8N_HERE}`,
  },
  {
    ...{
      figure: 'mixed-25',
      who: 'Hatchet 0.55.26',
      numbers: '100 a second at 40 ms, 2,000 at 220 ms on average',
    },
    conditions: 'runs of one task started by events; Amazon RDS m7g.2xlarge, two engines on c7i.4xlarge',
    source: {
      text: 'Hatchet, benchmarking',
      url: 'https://github.com/hatchet-dev/hatchet/blob/HEAD/frontend/docs/content/docs/self-hosting/benchmarking.mdx',
    },
  },
  {
    ...{ figure: 'idle-memory', who: 'n8n', numbers: '500 MB', source: null },
    conditions: `idle, its process alone without a database; ${N8N_HERE}`,
  },
];

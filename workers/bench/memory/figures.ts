import type { Bar } from '../model.ts';

interface MemoryFigure {
  name: string;
  title: string;
  bars: Bar[];
  bound: string;
}

/** What `npm run bench -- memory` measures. */
export const MEMORY_FIGURES = {
  warmStart: {
    name: 'warm-start',
    title: 'npm start on data that are there, until /readyz answers 200',
    bars: [{ of: 'warm start', statistic: 'max', relation: '≤', limit: 25 }],
    bound:
      'Starting Node four times and compiling TypeScript and the workflow bundle as they load; PostgreSQL and Temporal answer within two seconds.',
  },
  idle: {
    name: 'idle-memory',
    title: 'The whole platform, idle for a minute after its start',
    bars: [{ of: 'all, PSS', statistic: 'median', relation: '≤', limit: 900 }],
    bound:
      'Three Node processes with their libraries (launcher, API, worker), of which the worker also holds the workflow sandbox and the native core of Temporal; and Temporal itself. PostgreSQL needs little while its buffers are empty.',
  },
  steady: {
    name: 'steady-memory',
    title: 'The whole platform under 10 mixed runs a second',
    bars: [
      { of: 'failures', statistic: 'max', relation: '≤', limit: 0 },
      { of: 'growth', statistic: 'max', relation: '≤', limit: 10 },
    ],
    bound:
      'The worker keeps finished and open runs cached up to a number that its heap sets, PostgreSQL fills its shared buffers (128 MB) and Temporal its caches: all have a limit, so that memory stops growing within the first minutes.',
  },
} as const satisfies Record<string, MemoryFigure>;

import type { FigureDefinition } from '../model.ts';

/** What `npm run bench -- memory` measures. */
export const MEMORY_FIGURES = {
  warmStart: {
    name: 'warm-start',
    title: 'npm start on data that are there, until /readyz answers 200',
    bars: [{ of: 'warm start', statistic: 'max', relation: '≤', limit: 25 }],
    picture: {
      kind: 'bars',
      labels: [
        'warm start',
        'warm start, until the worker takes runs',
        'warm start, until the web app answers',
        'first start',
      ],
    },
    bound:
      'Starting Node five times and compiling TypeScript and the workflow bundle as they load; PostgreSQL and Temporal answer within two seconds. The web app comes last.',
  },
  idle: {
    name: 'idle-memory',
    title: 'The whole platform, idle for a minute after its start',
    bars: [{ of: 'all, PSS', statistic: 'median', relation: '≤', limit: 900 }],
    picture: {
      kind: 'bars',
      labels: [
        'all, PSS',
        'npm, PSS',
        'launcher, PSS',
        'postgres, PSS',
        'temporal, PSS',
        'api, PSS',
        'worker, PSS',
        'web, PSS',
      ],
    },
    bound:
      'Four Node processes with their libraries (launcher, API, worker, web app; npm and its start file are two small ones more), of which the worker also holds the workflow sandbox and the native core of Temporal; and Temporal itself. PostgreSQL needs little while its buffers are empty.',
  },
  steady: {
    name: 'steady-memory',
    title: 'The whole platform under 10 mixed runs a second',
    bars: [
      { of: 'failures', statistic: 'max', relation: '≤', limit: 0 },
      { of: 'growth', statistic: 'max', relation: '≤', limit: 10 },
    ],
    picture: {
      kind: 'lines',
      labels: [
        'all by minute, PSS',
        'worker by minute, PSS',
        'api by minute, PSS',
        'temporal by minute, PSS',
        'postgres by minute, PSS',
        'launcher by minute, PSS',
        'web by minute, PSS',
      ],
    },
    bound:
      'The worker keeps finished and open runs cached up to a number that its heap sets, PostgreSQL fills its shared buffers (128 MB) and Temporal its caches: all have a limit, so that memory stops growing within the first minutes.',
  },
} as const satisfies Record<string, FigureDefinition>;

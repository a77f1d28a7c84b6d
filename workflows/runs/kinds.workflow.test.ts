import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timeSkippingEnvironment } from '../../temporal/testing.ts';
import type { Step } from '../definitions/model.ts';
import { FakeWorld, TrialBench, type Trial } from './testing.ts';

let bench: TrialBench;
beforeAll(async () => {
  bench = await TrialBench.open(timeSkippingEnvironment);
}, 60_000);
afterAll(() => bench?.environment.teardown());

const step = (value: unknown) => value as Step;
const transform = (id: string, value: unknown, more = {}) =>
  step({ id, kind: 'transform', with: { value }, ...more });
const http = (id: string, more = {}) =>
  step({ id, kind: 'http', with: { url: 'https://example.org/', body: 1, method: 'POST' }, ...more });
const fail = (id: string, message = 'no', more = {}) =>
  step({ id, kind: 'fail', with: { message, ...more } });

async function run(trial: Trial, world = new FakeWorld()) {
  const end = await bench.run(world, trial);
  return { world, end, output: end.output && world.read(end.output), status: end.status, error: end.error };
}

const broken = {
  error: { code: 'HTTP_STATUS', message: 'It answered 503.', details: { status: 503 }, retryable: true },
};
const refused = {
  error: { code: 'HTTP_STATUS', message: 'It answered 404.', details: { status: 404 }, retryable: false },
};

describe('a run', () => {
  it('gives the output of its last step, or of its own output template', async () => {
    const steps = [
      transform('a', '{{ input.n * 2 }}'),
      transform('b', { twice: '{{ steps.a.output }}', text: 'n={{ input.n }}' }),
    ];
    expect((await run({ steps, input: { n: 21 } })).output).toEqual({ twice: 42, text: 'n=21' });
    expect((await run({ steps, input: { n: 1 }, flow: { output: '{{ steps.a.output + 1 }}' } })).output).toBe(
      3,
    );
  });

  it('is succeeded and empty without steps', async () => {
    expect(await run({ steps: [] })).toMatchObject({ status: 'SUCCEEDED', output: null });
  });

  it('skips a step whose `when` is not true, and its result is null', async () => {
    const { world, output } = await run({
      steps: [transform('a', 1, { when: '{{ input.go }}' }), transform('b', '{{ steps.a.output = null }}')],
      input: { go: false },
    });
    expect(output).toBe(true);
    expect(world.history()).toContain('a SKIPPED');
  });

  it('fails with the code, message, step and path of the failure', async () => {
    const { status, error } = await run({
      steps: [
        step({
          id: 'each',
          kind: 'forEach',
          items: [1, 2],
          as: 'n',
          steps: [fail('stop', 'at {{ n }}', { code: 'TOO_BAD' })],
        }),
      ],
    });
    expect(status).toBe('FAILED');
    expect(error).toEqual({
      code: 'TOO_BAD',
      message: 'at 1',
      stepId: 'stop',
      path: 'each[0]/stop',
      details: null,
    });
  });

  it('goes on after a failure when onError is continue, and shows the error by name', async () => {
    const { output } = await run({
      steps: [{ ...fail('a', 'oops'), onError: 'continue' }, transform('b', '{{ steps.a.error.message }}')],
    });
    expect(output).toBe('oops');
  });

  it('reports expression errors with the expression', async () => {
    const { error } = await run({ steps: [transform('a', '{{ $number("x") }}')] });
    expect(error).toMatchObject({
      code: 'EXPRESSION_FAILED',
      path: 'a',
      details: { expression: expect.stringContaining('$number') },
    });
    const hungry = await run({ steps: [transform('a', '{{ [1..9999].[1..9999] }}')] });
    expect(hungry.error).toMatchObject({ code: 'EXPRESSION_LIMIT', path: 'a' });
  });

  it('times out as a whole and runs the clean-up of `finally`', async () => {
    const { world, status, error } = await run({
      flow: { limits: { timeoutSeconds: 60 } },
      steps: [
        step({
          id: 'safe',
          kind: 'try',
          steps: [step({ id: 'w', kind: 'wait', with: { seconds: 3600 } })],
          finally: [http('clean')],
        }),
      ],
    });
    expect(status).toBe('TIMED_OUT');
    expect(error).toMatchObject({ code: 'RUN_TIMED_OUT', details: { timeoutSeconds: 60 } });
    expect(world.effects.map((effect) => effect.path)).toEqual(['safe/clean']);
  });

  it('shows WAITING while it waits and RUNNING after', async () => {
    const { world } = await run({
      steps: [step({ id: 'w', kind: 'wait', with: { seconds: 60 } }), http('h')],
    });
    expect(world.statuses[0]).toBe('WAITING');
    expect(world.statuses).toContain('RUNNING');
  });

  it('stores the events of 40 pure steps in few batches', async () => {
    const { world } = await run({ steps: Array.from({ length: 40 }, (_, i) => transform(`s${i}`, i)) });
    expect(world.events).toHaveLength(80);
    expect(world.batches.length).toBeLessThanOrEqual(3);
  });
});

describe('effects', () => {
  it('get an idempotency key of run and path, the same for each attempt', async () => {
    let calls = 0;
    const { world, output } = await run({
      steps: [http('call', { retry: { attempts: 5, firstDelaySeconds: 10 } })],
      effect: () => (++calls < 3 ? broken : { output: { value: 'ok' } }),
    });
    expect(output).toBe('ok');
    expect(world.effects.map((effect) => effect.attempt)).toEqual([1, 2, 3]);
    expect(new Set(world.effects.map((effect) => effect.idempotencyKey)).size).toBe(1);
    expect(world.effects[0]?.idempotencyKey).toMatch(/^run_[0-9a-f]{32}\/call$/);
    expect(world.history().filter((line) => line === 'call RETRYING')).toHaveLength(2);
  });

  it('are not tried again without `retry`, nor for a failure that will not pass, nor past the last attempt', async () => {
    const retry = { attempts: 2, firstDelaySeconds: 1 };
    expect((await run({ steps: [http('a')], effect: () => broken })).world.effects).toHaveLength(1);
    expect((await run({ steps: [http('a', { retry })], effect: () => refused })).world.effects).toHaveLength(
      1,
    );
    const twice = await run({ steps: [http('a', { retry })], effect: () => broken });
    expect(twice.world.effects).toHaveLength(2);
    expect(twice.error).toMatchObject({ code: 'HTTP_STATUS', path: 'a' });
  });

  it('wait for their delay: first, times the factor, up to the most', async () => {
    const { world } = await run({
      steps: [http('a', { retry: { attempts: 4, firstDelaySeconds: 10, factor: 3, maxDelaySeconds: 50 } })],
      effect: () => broken,
    });
    const waits = world.events
      .filter((event) => event.kind === 'RETRYING')
      .map((event) => ((event.until ?? 0) - event.at) / 1000);
    expect(waits).toEqual([10, 30, 50]);
  });
});

describe('branch', () => {
  const steps = [
    step({
      id: 'size',
      kind: 'branch',
      cases: [
        { when: '{{ input.n > 100 }}', steps: [transform('large', 'L')] },
        {
          when: '{{ input.n > 10 }}',
          steps: [transform('middle', 'M'), transform('never', 'x', { when: '{{ false }}' })],
        },
      ],
      otherwise: [],
    }),
    transform('end', '{{ steps.size.output }}'),
  ];
  it.each([
    [500, 'L'],
    [50, 'M'],
    [5, null],
  ])('takes the first true case: %p gives %p', async (n, expected) => {
    expect((await run({ steps, input: { n } })).output).toBe(expected);
  });
});

describe('parallel', () => {
  it('gives an object by branch id', async () => {
    const { output } = await run({
      steps: [
        step({
          id: 'p',
          kind: 'parallel',
          branches: [
            { id: 'left', steps: [transform('l', 1)] },
            { id: 'right', steps: [http('r')] },
            { id: 'none', steps: [] },
          ],
        }),
      ],
      effect: () => ({ output: { value: 2 } }),
    });
    expect(output).toEqual({ left: 1, right: 2, none: null });
  });

  it('ends with the first failure, after the others were cancelled and cleaned up', async () => {
    const { world, error } = await run({
      steps: [
        step({
          id: 'p',
          kind: 'parallel',
          branches: [
            { id: 'bad', steps: [step({ id: 'w', kind: 'wait', with: { seconds: 10 } }), fail('f')] },
            {
              id: 'slow',
              steps: [
                step({
                  id: 't',
                  kind: 'try',
                  steps: [step({ id: 'long', kind: 'wait', with: { seconds: 864_000 } })],
                  finally: [http('undo')],
                }),
              ],
            },
          ],
        }),
      ],
    });
    expect(error).toMatchObject({ code: 'FAILED', path: 'p/bad/f' });
    expect(world.effects.map((effect) => effect.path)).toEqual(['p/slow/t/undo']);
    expect(world.history()).toContain('p/slow/t/long CANCELLED');
  });
});

describe('forEach', () => {
  it.each([
    ['null is none', null, []],
    ['a single value is one', 7, [7]],
    ['a list', [1, 2, 3], [1, 2, 3]],
  ])('%s', async (_, items, expected) => {
    const steps = [
      step({ id: 'each', kind: 'forEach', items, as: 'n', steps: [transform('same', '{{ n }}')] }),
    ];
    expect((await run({ steps })).output).toEqual(expected);
  });

  it('keeps the order of the items and its limit, and shows each iteration its own results first', async () => {
    let open = 0;
    let most = 0;
    const { world, output } = await run({
      steps: [
        step({
          id: 'each',
          kind: 'forEach',
          items: '{{ [1..12] }}',
          as: 'n',
          concurrency: 4,
          steps: [http('call'), transform('pair', '{{ [index, n, steps.call.output] }}')],
        }),
      ],
      effect: async () => {
        most = Math.max(most, ++open);
        await new Promise((resolve) => setTimeout(resolve, 5));
        open--;
        return { output: { value: 'x' } };
      },
    });
    expect(output).toEqual(Array.from({ length: 12 }, (_, i) => [i, i + 1, 'x']));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
    expect(new Set(world.effects.map((effect) => effect.path))).toEqual(
      new Set(Array.from({ length: 12 }, (_, i) => `each[${i}]/call`)),
    );
  });

  it('takes 10,000 items at most', async () => {
    const { error } = await run({
      steps: [step({ id: 'each', kind: 'forEach', items: '{{ input }}', as: 'n', steps: [] })],
      input: Array.from({ length: 10_001 }, () => 0),
    });
    expect(error).toMatchObject({ code: 'LIMIT_REACHED', path: 'each' });
  });

  it('goes through a list that is stored outside the history', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => ({ i, filler: 'x'.repeat(400) }));
    const { world, output } = await run(
      {
        steps: [
          http('rows'),
          step({
            id: 'each',
            kind: 'forEach',
            items: '{{ steps.rows.output.list }}',
            as: 'row',
            concurrency: 7,
            steps: [transform('t', '{{ row.i }}')],
          }),
        ],
        effect: () => {
          world0.stored.set('big', { list: rows });
          return { output: { ref: 'big', bytes: 130_000 } };
        },
      },
      world0,
    );
    expect(world.events.some((event) => event.kind === 'FAILED')).toBe(false);
    expect(output).toEqual(rows.map((row) => row.i));
  });
  const world0 = new FakeWorld();
});

describe('while', () => {
  it('sees the results of the last iteration in its condition, and gives its output', async () => {
    const { output, world } = await run({
      steps: [
        step({
          id: 'loop',
          kind: 'while',
          condition: '{{ steps.n.output != 3 }}',
          maxIterations: 10,
          steps: [transform('n', '{{ index + 1 }}')],
        }),
      ],
    });
    expect(output).toBe(3);
    expect(world.history().filter((line) => line.endsWith('SUCCEEDED'))).toEqual([
      'loop[0]/n SUCCEEDED',
      'loop[1]/n SUCCEEDED',
      'loop[2]/n SUCCEEDED',
      'loop SUCCEEDED',
    ]);
  });

  it('stops at maxIterations with LIMIT_REACHED', async () => {
    const { error } = await run({
      steps: [step({ id: 'loop', kind: 'while', condition: '{{ true }}', maxIterations: 5, steps: [] })],
    });
    expect(error).toMatchObject({ code: 'LIMIT_REACHED', path: 'loop' });
  });
});

describe('try', () => {
  const tryStep = (parts: object) => step({ id: 't', kind: 'try', steps: [], ...parts });
  it('gives the output of the part that finished; catch sees the error', async () => {
    expect(
      (
        await run({
          steps: [
            tryStep({ steps: [transform('a', 1)], catch: [transform('b', 2)], finally: [transform('c', 3)] }),
          ],
        })
      ).output,
    ).toBe(1);
    const caught = await run({
      steps: [
        tryStep({ steps: [fail('a', 'boom', { code: 'BOOM' })], catch: [transform('b', '{{ error }}')] }),
      ],
    });
    expect(caught.output).toMatchObject({ code: 'BOOM', message: 'boom', stepId: 'a', details: null });
  });

  it('runs finally after a failure that nobody caught, and after one in catch', async () => {
    const uncaught = await run({ steps: [tryStep({ steps: [fail('a')], finally: [http('c')] })] });
    expect(uncaught.error).toMatchObject({ path: 't/a' });
    expect(uncaught.world.effects).toHaveLength(1);
    const again = await run({
      steps: [tryStep({ steps: [fail('a')], catch: [fail('b', 'second')], finally: [http('c')] })],
    });
    expect(again.error).toMatchObject({ path: 't/b', message: 'second' });
    expect(again.world.effects).toHaveLength(1);
  });

  it('is tried again as a whole when it asks; the steps inside count their attempts on', async () => {
    let calls = 0;
    const { world, output } = await run({
      steps: [tryStep({ retry: { attempts: 3, firstDelaySeconds: 1 }, steps: [http('h')] })],
      effect: () => (++calls < 3 ? refused : { output: { value: 'ok' } }),
    });
    expect(output).toBe('ok');
    expect(world.effects.map((effect) => effect.attempt)).toEqual([1, 2, 3]);
  });
});

describe('wait', () => {
  it('waits for seconds and until a time', async () => {
    const { world } = await run({
      steps: [step({ id: 'w', kind: 'wait', with: { seconds: '{{ 2 * 86400 }}' } })],
    });
    const [waiting, done] = world.events.filter((event) => event.path === 'w' && event.kind !== 'STARTED');
    expect((done?.at ?? 0) - (waiting?.at ?? 0)).toBeGreaterThanOrEqual(2 * 86_400_000);
    expect(
      (await run({ steps: [step({ id: 'w', kind: 'wait', with: { until: '2001-01-01T00:00:00Z' } })] }))
        .status,
    ).toBe('SUCCEEDED');
    expect(
      (await run({ steps: [step({ id: 'w', kind: 'wait', with: { until: '{{ "soon" }}' } })] })).error,
    ).toMatchObject({ code: 'EXPRESSION_FAILED' });
  });

  it('takes an event that came early, each event once, and by name', async () => {
    const world = new FakeWorld();
    const trial: Trial = {
      steps: [
        step({ id: 'pause', kind: 'wait', with: { event: 'go' } }),
        step({ id: 'first', kind: 'wait', with: { event: 'paid' } }),
        step({ id: 'second', kind: 'wait', with: { event: 'paid', timeoutSeconds: 60 } }),
      ],
    };
    const end = await bench.run(world, trial, async (handle) => {
      await handle.signal('event', { id: '1', name: 'paid', payload: { sum: 5 } });
      await handle.signal('event', { id: '1', name: 'paid', payload: { sum: 5 } });
      await handle.signal('event', { id: '2', name: 'go', payload: null });
    });
    expect(end.error).toMatchObject({ code: 'WAIT_TIMED_OUT', path: 'second' });
    expect(
      world.events.find((event) => event.path === 'first' && event.kind === 'SUCCEEDED')?.output,
    ).toEqual({ value: { sum: 5 } });
  });
});

describe('time limits', () => {
  it('end a container, cancel what is in it, and can be caught', async () => {
    const slow = step({
      id: 'slow',
      kind: 'try',
      timeoutSeconds: 5,
      steps: [step({ id: 'w', kind: 'wait', with: { seconds: 600 } })],
    });
    const { error, world } = await run({ steps: [slow] });
    expect(error).toMatchObject({ code: 'STEP_TIMED_OUT', path: 'slow' });
    expect(world.history()).toContain('slow/w CANCELLED');
    const outer = step({
      id: 'outer',
      kind: 'try',
      steps: [slow],
      catch: [transform('c', '{{ error.code }}')],
    });
    expect((await run({ steps: [outer] })).output).toBe('STEP_TIMED_OUT');
  });
});

describe('callWorkflow', () => {
  const child = { flow: 'v1' as const, steps: [transform('twice', '{{ input.n * 2 }}')] };
  const call = (more = {}) =>
    step({
      id: 'call',
      kind: 'callWorkflow',
      with: { workflow: 'double', input: { n: '{{ input.n }}' }, ...more },
    });
  it('gives the output of the called run', async () => {
    expect((await run({ steps: [call()], input: { n: 4 }, children: { double: child } })).output).toBe(8);
  });
  it('gives the id of the run when it does not wait', async () => {
    expect(
      (await run({ steps: [call({ wait: false })], input: { n: 4 }, children: { double: child } })).output,
    ).toEqual({ runId: expect.stringMatching(/^run_/) });
  });
  it('fails with CHILD_FAILED and the cause', async () => {
    const failing = { flow: 'v1' as const, steps: [fail('f', 'inside', { code: 'INNER' })] };
    const { error } = await run({ steps: [call()], input: { n: 4 }, children: { double: failing } });
    expect(error).toMatchObject({
      code: 'CHILD_FAILED',
      path: 'call',
      details: { status: 'FAILED', error: { code: 'INNER', message: 'inside' } },
    });
    expect((await run({ steps: [call()], input: { n: 4 } })).error).toMatchObject({ code: 'CHILD_FAILED' });
  });
});

describe('respond', () => {
  it('sets the answer of the run and goes on; the first one stands', async () => {
    const respond = (id: string, body: unknown) =>
      step({ id, kind: 'respond', with: { status: 201, headers: { 'x-n': '{{ 1 }}' }, body } });
    const { end, output } = await run({
      steps: [respond('r', { ok: '{{ true }}' }), respond('again', 'no'), transform('t', 1)],
    });
    expect(end.response).toEqual({ status: 201, headers: { 'x-n': '1' }, body: { ok: true } });
    expect(output).toBe(1);
  });
});

describe('large values', () => {
  it('leave the history and are read by later steps', async () => {
    const { world, output } = await run({
      steps: [
        transform(
          'big',
          '{{ $map([1..2000], function($i){ { "i": $i, "text": "some longer text of no meaning" } }) }}',
        ),
        transform('count', '{{ $count(steps.big.output) }}'),
      ],
    });
    expect(output).toBe(2000);
    expect(world.stored.size).toBe(1);
  });
});

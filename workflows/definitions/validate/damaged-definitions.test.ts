import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { referenceRun } from '../../runs/testing/reference-run.ts';
import { ISSUE_CODES } from '../issue-codes.ts';
import { flowSchema, type Flow } from '../model.ts';
import { damaged } from '../testing/damage.ts';
import { refundFlow } from '../testing/flows.ts';
import { randomFlow } from '../testing/random-flow.ts';
import { validateDefinition } from '../validate-definition.ts';

/** One more than the list may hold says that there are more. */
const MOST_ISSUES = 201;
/** A loop of more rounds is not walked here: it is allowed, and takes its time. */
const MOST_ROUNDS = 50;

/** Validates anything; gives the issues, all of which have a known code, a place and words. */
function checked(value: unknown) {
  const issues = validateDefinition(value);
  expect(issues.length).toBeLessThanOrEqual(MOST_ISSUES);
  for (const { code, path, message, stepId } of issues) {
    expect(Object.keys(ISSUE_CODES)).toContain(code);
    expect(path).toMatch(/^(\/.*)?$/s);
    expect(message).not.toBe('');
    expect(stepId === null || typeof stepId === 'string').toBe(true);
  }
  return issues;
}

const isTooDeep = (issues: { code: string }[]) => issues.some(({ code }) => code === 'NESTED_TOO_DEEP');

/** Walks a valid definition by the plain reference: it ends in some way, and nothing else is thrown. */
async function walked(flow: Flow): Promise<void> {
  const rounds = JSON.stringify(flow).matchAll(/"maxIterations":([\d.e+]+)/g);
  if ([...rounds].some(([, most]) => Number(most) > MOST_ROUNDS)) return;
  const { status } = await referenceRun({
    ...{ flow, input: {}, stage: 'post-launch', children: {}, startedAt: '2030-01-01T00:00:00.000Z' },
    first: (_, failures) => failures[0]!,
  });
  expect(['SUCCEEDED', 'FAILED']).toContain(status);
}

describe('a damaged definition', () => {
  it('gives issues with known codes and never an exception, and what is still valid can be walked', async () => {
    const counts = { valid: 0, faulty: 0 };
    const sound = fc.oneof(
      randomFlow.map(({ flow }) => flow),
      fc.constant(null).map(() => refundFlow()),
    );
    await fc.assert(
      fc.asyncProperty(damaged(sound), async (value) => {
        const issues = checked(value);
        counts[issues.length === 0 ? 'valid' : 'faulty'] += 1;
        // What validation has measured, the schema alone can take too.
        const parsed = isTooDeep(issues) ? null : flowSchema.safeParse(value);
        if (issues.length > 0) return;
        expect(parsed).toMatchObject({ success: true });
        await walked(value as Flow);
      }),
      { numRuns: 300 },
    );
    expect(counts.valid).toBeGreaterThan(10);
    expect(counts.faulty).toBeGreaterThan(100);
  }, 60_000);

  it('is told of a hole in a list, which JSON cannot hold', () => {
    const [first, , third] = refundFlow().steps;
    const steps = [first];
    steps[2] = third;
    expect(checked({ flow: 'v1', steps })).toMatchObject([{ code: 'WRONG_TYPE', path: '/steps/1' }]);
  });

  it('does so for anything that is no definition at all', () => {
    const value = fc.oneof(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withNullPrototype: true,
        withSparseArray: true,
      }),
      fc.jsonValue({ maxDepth: 6 }).map((steps) => ({ flow: 'v1', steps })),
      fc.array(fc.jsonValue()).map((steps) => ({ flow: 'v1', steps })),
    );
    fc.assert(
      fc.property(value, (any) => {
        checked(any);
        flowSchema.safeParse(any);
      }),
      { numRuns: 1_000, interruptAfterTimeLimit: 2_000 },
    );
  });
});

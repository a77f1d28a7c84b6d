import { describe, expect, it } from '@jest/globals';
import type { Step } from '../definitions/model.ts';
import { MemoryBench } from './testing/memory-bench.ts';
import { ScriptedWorld } from './testing/scripted-world.ts';

const respond = (id: string, body: string) => ({ id, kind: 'respond', with: { body } }) as Step;

describe('a second answer', () => {
  it('does not count, and fails as the first would when it cannot be made', async () => {
    const steps = [respond('first', '{{ run.attempt }}'), respond('second', '{{ "a" + 1 }}')];
    const end = await new MemoryBench({ pick: () => 0 }).run(new ScriptedWorld(), { steps });
    expect(end).toMatchObject({ status: 'FAILED', error: { code: 'EXPRESSION_FAILED', path: 'second' } });
    expect(end.response).toMatchObject({ body: 1 });
  });
});

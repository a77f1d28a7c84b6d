import { expect, it } from '@jest/globals';
import type { Engine } from '../engine.ts';
import { ContinueInNewHistory } from '../step-error.ts';
import { settleAll } from './settle-all.ts';

class Cancelled extends Error {}

const engine = {
  ports: {
    openScope: <T>(body: () => Promise<T>) => ({ result: body(), cancel: () => undefined }),
    isCancellation: (error: unknown) => error instanceof Cancelled,
  },
} as unknown as Engine;

it('ends as cancelled when one body was cancelled and another had left for a new history, whichever comes first', async () => {
  const cancelled = () => Promise.reject(new Cancelled());
  const leaving = () => Promise.reject(new ContinueInNewHistory());
  await expect(settleAll(engine, [leaving, cancelled])).rejects.toThrow(Cancelled);
  await expect(settleAll(engine, [cancelled, leaving])).rejects.toThrow(Cancelled);
  await expect(settleAll(engine, [leaving, leaving])).rejects.toThrow(ContinueInNewHistory);
});

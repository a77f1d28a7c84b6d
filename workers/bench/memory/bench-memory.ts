import { findTemporalServer } from '../../../temporal/dev-server.ts';
import { CACHE } from '../../local/home.ts';
import { describeMachine, loadNow } from '../machine.ts';
import type { FigureResult, Results } from '../model.ts';
import { tellFigure } from '../tell.ts';
import { startWeb } from '../web.ts';
import { measureStarts, measureSteady, type MemoryPlan } from './measure-memory.ts';
import { copyPlatform } from './started-copy.ts';

/** What to measure. `command` is how a person would ask for the same. */
export interface MemoryBench extends Omit<MemoryPlan, 'webUrl'> {
  command: string;
  say: (line: string) => void;
  /** Ends everything early. */
  signal: AbortSignal;
}

/** Measures what `npm start` needs, in a copy of this repository. Throws when it was ended early. */
export async function benchMemory({ command, say, signal, ...plan }: MemoryBench): Promise<Results> {
  const date = new Date().toISOString();
  const load = loadNow();
  const web = await startWeb();
  const platform = await copyPlatform([web.port]);
  const stop = () => void platform.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const figures: FigureResult[] = [];
    const tell = (figure: FigureResult) => {
      figures.push(figure);
      for (const line of ['', ...tellFigure(figure)]) say(line);
    };
    say(`  Starting the platform ${plan.rounds + 1} times, in a copy of this folder`);
    for (const figure of await measureStarts(platform, { ...plan, webUrl: web.url })) tell(figure);
    say(`\n  ${plan.minutes} minutes of ${plan.rate} mixed runs a second`);
    tell(await measureSteady(platform, { ...plan, webUrl: web.url }));
    const machine = await describeMachine(load, {
      postgres: await platform.postgresVersion(),
      temporal: await findTemporalServer({ cacheDir: CACHE, say }),
    });
    return { kind: 'memory', date, command, machine, figures };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    await platform.remove();
    await web.stop();
  }
}

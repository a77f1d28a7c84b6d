import type { Figure, Size } from './figure.ts';
import { judge } from './judge.ts';
import { describeMachine, loadNow } from './machine.ts';
import type { FigureResult, Results } from './model.ts';
import { openStage, type Stage } from './stage.ts';
import { tellFigure } from './tell.ts';

/** What to measure. `command` is how a person would ask for the same. */
export interface EngineBench {
  figures: readonly Figure[];
  rounds: number;
  size: Size;
  command: string;
  say: (line: string) => void;
  /** Ends everything early. */
  signal?: AbortSignal;
}

/** Measures figures one after the other on one platform, and tells each as it comes. Throws when it was ended early. */
export async function benchEngine({
  figures,
  rounds,
  size,
  command,
  say,
  signal,
}: EngineBench): Promise<Results> {
  const date = new Date().toISOString();
  const load = loadNow();
  say('  Starting PostgreSQL, Temporal, API, worker and the baseline');
  const stage = await openStage();
  const stop = () => void stage.stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    signal?.throwIfAborted();
    const results: FigureResult[] = [];
    for (const figure of figures) {
      const result = await measure(figure, stage, { rounds, size });
      results.push(result);
      for (const line of ['', ...tellFigure(result)]) say(line);
    }
    const [row] = await stage.platform.sql<{ server_version: string }>('SHOW server_version');
    const machine = await describeMachine(load, {
      postgres: row?.server_version ?? 'unknown',
      temporal: stage.servers.temporalProgram,
    });
    return { kind: 'engine', date, command, machine, figures: results };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await stage.stop();
  }
}

async function measure(
  figure: Figure,
  stage: Stage,
  how: { rounds: number; size: Size },
): Promise<FigureResult> {
  const { name, title, bars } = figure;
  const { series, failures, notes = [] } = await figure.run(stage, how);
  await stage.settle();
  return { name, title, series, failures, notes, verdicts: bars.map((bar) => judge(bar, series)) };
}

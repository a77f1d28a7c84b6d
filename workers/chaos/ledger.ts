import type { LedgerRun, Made, Mutation, Scenario } from './model.ts';

/** What the API acknowledged to the load's client, and what it was asked for. Lives in memory only. */
export class Ledger {
  readonly runs: LedgerRun[] = [];
  readonly made: Made[] = [];
  readonly #byRunId = new Map<string, LedgerRun>();

  /** Notes a run that will be asked for. */
  open(scenario: Scenario): LedgerRun {
    const run: LedgerRun = { scenario, runId: null, startedAt: 0, mutations: [], problem: null };
    this.runs.push(run);
    return run;
  }

  /** Notes that the start of the run was acknowledged. */
  started(run: LedgerRun, runId: string): void {
    run.runId = runId;
    run.startedAt = Date.now();
    this.#byRunId.set(runId, run);
  }

  /** The run with this id, unless its start is not acknowledged yet. */
  find(runId: string): LedgerRun | null {
    return this.#byRunId.get(runId) ?? null;
  }

  /** Does a change of a run and notes whether it was acknowledged. Gives what `ask` gives, and throws what it throws. */
  async change<T>(
    run: LedgerRun,
    what: Omit<Mutation, 'acknowledged' | 'decision'> & Partial<Pick<Mutation, 'decision'>>,
    ask: () => Promise<T>,
  ): Promise<T> {
    const mutation: Mutation = { decision: null, ...what, acknowledged: false };
    run.mutations.push(mutation);
    const answer = await ask();
    mutation.acknowledged = true;
    return answer;
  }
}

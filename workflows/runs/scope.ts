import type { ApprovalClass } from '../approvals/model.ts';
import type { Held, HeldScope, HeldStep } from './model.ts';

/** What every scope of a run has in common. */
export interface ScopeRoot {
  input: Held;
  run: HeldScope['run'];
}

/**
 * What the steps of one body can see: their own results first, then those of the bodies around.
 * Each body of a container has a scope of its own, so that a finished container leaves only its own result.
 */
export class Scope {
  readonly #root: ScopeRoot;
  readonly #parent: Scope | null;
  readonly #vars: Record<string, Held>;
  readonly #steps = new Map<string, HeldStep>();
  /** The class of approval that was given in this body. */
  #granted: ApprovalClass | null = null;

  private constructor(root: ScopeRoot, parent: Scope | null, vars: Record<string, Held>) {
    this.#root = root;
    this.#parent = parent;
    this.#vars = vars;
  }

  static root(root: ScopeRoot): Scope {
    return new Scope(root, null, {});
  }

  /** A scope for the body of a container, with its loop variables. */
  child(vars: Record<string, Held> = {}): Scope {
    return new Scope(this.#root, this, vars);
  }

  set(stepId: string, result: HeldStep): void {
    this.#steps.set(stepId, result);
  }

  /** The results of this body alone, without those around it. */
  ownSteps(): Record<string, HeldStep> {
    return Object.fromEntries(this.#steps);
  }

  /** Remembers that an approval of this class was given; it covers what follows in this body. */
  grant(given: ApprovalClass): void {
    if (this.#granted === null || given > this.#granted) this.#granted = given;
  }

  /** The class that was given in this very body, or null. */
  get ownGrant(): ApprovalClass | null {
    return this.#granted;
  }

  /** The highest class that was given here or in a body around. Classes compare as letters. */
  get granted(): ApprovalClass | null {
    const outer = this.#parent?.granted ?? null;
    if (this.#granted === null) return outer;
    return outer === null || this.#granted > outer ? this.#granted : outer;
  }

  /** What an expression that names these steps and roots can see. `'all'` gives every visible step. */
  select(steps: ReadonlySet<string> | 'all', roots: ReadonlySet<string> | 'all'): HeldScope {
    const ids = steps === 'all' ? this.visibleIds() : steps;
    const selected: HeldScope = { ...this.#root, steps: {}, vars: {} };
    for (const id of ids) {
      const result = this.find(id);
      if (result) selected.steps[id] = result;
    }
    if (roots !== 'all' && !roots.has('input')) selected.input = { value: null };
    this.collectVars(selected.vars, roots);
    return selected;
  }

  private find(id: string): HeldStep | undefined {
    return this.#steps.get(id) ?? this.#parent?.find(id);
  }

  private visibleIds(): Set<string> {
    return new Set([...(this.#parent?.visibleIds() ?? []), ...this.#steps.keys()]);
  }

  private collectVars(into: Record<string, Held>, roots: ReadonlySet<string> | 'all'): void {
    this.#parent?.collectVars(into, roots);
    for (const [name, held] of Object.entries(this.#vars))
      if (roots === 'all' || roots.has(name)) into[name] = held;
  }
}

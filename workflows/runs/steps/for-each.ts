import { DEFINITION_LIMITS, type Step } from '../../definitions/model.ts';
import type { ForEachStep } from '../../definitions/nodes/for-each.ts';
import type { Engine, Position } from '../engine.ts';
import { childNode, finishNode, openStep } from '../journal.ts';
import { FOR_EACH_ITEMS, type Held } from '../model.ts';
import { failedStep, stepError, type Place } from '../step-error.ts';
import { elementOf, ItemOutputs } from './item-outputs.ts';
import { settleAll } from './settle-all.ts';

/**
 * Runs the body for each item, at most `concurrency` at once, started in item order. Null is no item, a single value
 * is one. Gives the list of the outputs in item order. The items are journaled: they are evaluated once.
 */
export async function runForEach(engine: Engine, step: ForEachStep<Step>, at: Position): Promise<Held> {
  const place = { stepId: step.id, path: at.path };
  const open = openStep(at.node);
  open.items ??= await engine.evaluator.render(step.items, at.scope, place);
  const { id: stepId, kind: stepKind } = step;
  const attempt = at.node.attempts ?? 1;
  // Shown as the step's input, and what a run again from inside the loop begins with.
  engine.recorder.add({ path: at.path, stepId, stepKind, attempt, kind: 'STARTED', input: open.items });
  const count = (open.count ??= await countItems(engine, open.items, place));
  if (count > FOR_EACH_ITEMS)
    throw stepError(
      place,
      'LIMIT_REACHED',
      `A forEach takes ${FOR_EACH_ITEMS} items at most; there are ${count}.`,
      { items: count },
    );

  const items = new Items(engine, { held: open.items, count }, place);
  const outputs = new ItemOutputs(engine, at, count);
  let next = 0;
  const newLane = () => {
    // Kept, so that a lane that is entered once more begins with the item that it had open.
    let index = -1;
    return async () => {
      if (index < 0) index = next++;
      for (; index < count; index = next++)
        if (!outputs.has(index))
          await outputs.set(index, await runItem(engine, { step, at }, { index, items }));
    };
  };
  const lanes = Math.min(step.concurrency ?? 1, count, DEFINITION_LIMITS.forEachConcurrency);
  await settleAll(engine, Array.from({ length: lanes }, newLane));
  return outputs.list();
}

interface Iteration {
  index: number;
  items: Items;
}

async function runItem(
  engine: Engine,
  { step, at }: { step: ForEachStep<Step>; at: Position },
  { index, items }: Iteration,
): Promise<Held> {
  const segment = `[${index}]`;
  const node = childNode(at.node, segment);
  if (node.done) return node.done.output;
  const scope = at.scope.child({ [step.as]: await items.at(index), index: { value: index } });
  const output = await engine.runSteps(engine, step.steps, { ...at, path: at.path + segment, node, scope });
  finishNode(node, { output }, at.again);
  return output;
}

async function countItems(engine: Engine, items: Held, place: Place): Promise<number> {
  if ('value' in items) return items.value === null ? 0 : Array.isArray(items.value) ? items.value.length : 1;
  const scope = {
    input: { value: null },
    steps: {},
    vars: { items },
    run: { id: '', startedAt: '', attempt: 1 },
  };
  const counted = await engine.ports.evaluateStored({
    path: place.path,
    template: '{{ $type(items) = "array" ? $count(items) : 1 }}',
    scope,
  });
  if ('error' in counted) throw failedStep(place, counted.error);
  return 'value' in counted.output && typeof counted.output.value === 'number' ? counted.output.value : 1;
}

/** How many items of a stored list are brought into the history at a time. */
const WINDOW = 25;

/** The items one by one. Those of a stored list come in windows; a window that is too large stays stored. */
class Items {
  readonly #engine: Engine;
  readonly #held: Held;
  readonly #count: number;
  readonly #place: Place;
  readonly #windows = new Map<number, Promise<Held>>();

  constructor(engine: Engine, list: { held: Held; count: number }, place: Place) {
    this.#engine = engine;
    this.#held = list.held;
    this.#count = list.count;
    this.#place = place;
  }

  async at(index: number): Promise<Held> {
    if ('value' in this.#held)
      return {
        value: Array.isArray(this.#held.value) ? (this.#held.value[index] ?? null) : this.#held.value,
      };
    if (this.#count === 1) return this.#window(0).then((window) => elementOf(window, 0));
    const start = index - (index % WINDOW);
    return elementOf(await this.#window(start), index - start);
  }

  #window(start: number): Promise<Held> {
    let window = this.#windows.get(start);
    if (!window) {
      this.#windows.clear();
      this.#windows.set(start, (window = this.#load(start)));
    }
    return window;
  }

  async #load(start: number): Promise<Held> {
    const { ref, bytes } = this.#held as { ref: string; bytes: number };
    const length = Math.min(WINDOW, this.#count - start);
    const list = Array.from({ length }, (_, i) => ({ ref, bytes, at: start + i }));
    return this.#engine.evaluator.list(list, this.#place);
  }
}

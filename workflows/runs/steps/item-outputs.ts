import type { Engine, Position } from '../engine.ts';
import { forgetChild, openStep } from '../journal.ts';
import type { Held } from '../model.ts';
import { placeAt } from '../step-error.ts';

/** This many neighbouring items are packed into one list once all of them are done. */
const PACK = 100;

/**
 * The outputs of the items of a loop. Those of a long one are packed: the journal then holds a list for a hundred
 * items, which can be stored outside, instead of a node for each.
 */
export class ItemOutputs {
  readonly #engine: Engine;
  readonly #at: Position;
  readonly #outputs: Held[];
  readonly #left: number[];

  constructor(engine: Engine, at: Position, count: number) {
    this.#engine = engine;
    this.#at = at;
    this.#outputs = new Array<Held>(count);
    const packs = count > PACK ? Math.ceil(count / PACK) : 0;
    this.#left = Array.from({ length: packs }, (_, pack) => Math.min(PACK, count - pack * PACK));
    for (const [pack, list] of Object.entries(openStep(at.node).packed ?? {}))
      for (let i = 0; i < (this.#left[Number(pack)] ?? 0); i++)
        this.#outputs[Number(pack) * PACK + i] = elementOf(list, i);
  }

  /** True for an item whose output a pack holds already. */
  has(index: number): boolean {
    return this.#outputs[index] !== undefined;
  }

  async set(index: number, output: Held): Promise<void> {
    this.#outputs[index] = output;
    const pack = Math.floor(index / PACK);
    const left = this.#left[pack];
    if (left === undefined) return;
    this.#left[pack] = left - 1;
    if (left === 1) await this.#pack(pack);
  }

  /** All outputs as one list, in item order. */
  list(): Promise<Held> {
    return this.#engine.evaluator.list(this.#outputs, placeAt(this.#at.path));
  }

  async #pack(pack: number): Promise<void> {
    const { node, path, again } = this.#at;
    const start = pack * PACK;
    const parts = this.#outputs.slice(start, start + PACK);
    const list = await this.#engine.evaluator.pack(parts, placeAt(path));
    if (!list) return;
    (openStep(node).packed ??= {})[pack] = list;
    for (const i of parts.keys()) {
      forgetChild(node, `[${start + i}]`, again);
      this.#outputs[start + i] = elementOf(list, i);
    }
  }
}

/** An element of a held list, without reading the list when it is stored. */
export function elementOf(list: Held, index: number): Held {
  if ('value' in list) return { value: Array.isArray(list.value) ? (list.value[index] ?? null) : list.value };
  return { ref: list.ref, bytes: list.bytes, at: index };
}

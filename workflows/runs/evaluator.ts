import { createExpressions, ExpressionError, type Expressions } from '../expressions/index.ts';
import type { Json, JsonObject } from '../json.ts';
import { jsonBytes } from '../json-bytes.ts';
import { expressionView, heldIn } from './expression-view.ts';
import { INLINE_BYTES, type Held, type HeldScope } from './model.ts';
import type { Ports } from './ports.ts';
import type { Scope } from './scope.ts';
import { failedStep, stepError, type Place } from './step-error.ts';
import { templateFacts, type TemplateFacts } from './template-facts.ts';

/** A template with what it reads, ready for an activity because some of that is stored outside the history. */
export interface StoredTemplate {
  with: Held;
  scope: HeldScope;
}

/** Above this many bytes of inline values the journal hands the next ones to storage. */
const CARRIED_BYTES = 768 * 1024;
/** Values of so many bytes are not worth storing. */
const SMALL_BYTES = 256;
/** The same for outputs that came as they are: in a long loop they are packed soon. */
const KEPT_BYTES = 1024;
/** About what a reference to a stored value takes. */
const REF_BYTES = 128;

/** Evaluates templates: inside the workflow when all they read is at hand, else in an activity. */
export class Evaluator {
  readonly #ports: Ports;
  readonly #expressions: Expressions = createExpressions();
  readonly #facts = new Map<Json, TemplateFacts>();
  readonly #journalBytes: () => number;
  #carried: number;

  /** `journalBytes` measures what the journal holds now; it is asked only when the running estimate is high. */
  constructor(ports: Ports, journalBytes: () => number) {
    this.#ports = ports;
    this.#journalBytes = journalBytes;
    this.#carried = journalBytes();
  }

  /** The cost of the expressions since `resetSpent`. */
  get spent(): number {
    return this.#expressions.spent;
  }

  resetSpent(): void {
    this.#expressions.resetSpent();
  }

  /** The template's value, held. Throws StepError. */
  async render(template: Json, scope: Scope, place: Place): Promise<Held> {
    const facts = this.#factsOf(template, place);
    if (facts.constant) return this.hold(template, place);
    const selected = scope.select(facts.steps, facts.roots);
    const passed = facts.outputOf === null ? undefined : selected.steps[facts.outputOf];
    if (passed) return passed.output;
    if (readsStored(selected))
      return this.#unwrap(
        await this.#ports.evaluateStored({ path: place.path, template, scope: selected }),
        place,
      );
    return this.hold(this.#evaluate(template, selected, place), place);
  }

  /** The template's value itself; a text or a number that a step works with. Throws StepError when it is too large. */
  async value(template: Json, scope: Scope, place: Place): Promise<Json> {
    const held = await this.render(template, scope, place);
    if ('value' in held) return held.value;
    throw stepError(
      place,
      'OUTPUT_TOO_LARGE',
      `This field may hold ${INLINE_BYTES} bytes at most; its value has ${held.bytes}.`,
    );
  }

  /** True unless the value is null, false, 0, empty text, an empty list or an empty object. */
  async isTrue(template: string, scope: Scope, place: Place): Promise<boolean> {
    const held = await this.render(template, scope, place);
    if (!('value' in held)) return true;
    const { value } = held;
    if (value === null || typeof value !== 'object') return Boolean(value);
    return Object.keys(value).length > 0;
  }

  /** An effect's `with`: its value, or the template with what it reads when some of that is stored. Throws StepError. */
  async prepare(template: Json, scope: Scope, place: Place): Promise<StoredTemplate | { with: Held }> {
    const facts = this.#factsOf(template, place);
    const selected = scope.select(facts.steps, facts.roots);
    if (readsStored(selected)) return { with: { value: template }, scope: selected };
    return { with: await this.render(template, scope, place) };
  }

  /** Holds a value: inline when small and the journal has room, else stored. Throws StepError past the limit. */
  async hold(value: Json, place: Place): Promise<Held> {
    const bytes = jsonBytes(value);
    const journalIsFull = this.#fills(bytes);
    if (bytes <= INLINE_BYTES && !journalIsFull) return { value };
    this.#carried -= bytes;
    return this.#store({ value }, place, journalIsFull);
  }

  /** An output that came as it is: moved out of the history when the journal is full. Throws StepError. */
  async keep(output: Held, place: Place): Promise<Held> {
    const bytes = isInline(output) ? jsonBytes(output.value) : REF_BYTES;
    const full = this.#fills(bytes, KEPT_BYTES);
    if (!isInline(output) || !full || !this.#ports.changed('kept-outputs')) return output;
    this.#carried -= bytes;
    return this.#store(output, place, true);
  }

  /** Many held parts as one list that takes less room in the journal; null when they may as well stay as they are. */
  async pack(parts: Held[], place: Place): Promise<Held | null> {
    if (parts.every(isInline)) return this.keep({ value: parts.map((part) => part.value) }, place);
    const full = this.#fills(parts.length * REF_BYTES) && this.#ports.changed('kept-outputs');
    return full ? this.#store({ list: parts }, place, true) : null;
  }

  // Small values are let in without measuring: that takes as long as the journal is large.
  #fills(bytes: number, small = SMALL_BYTES): boolean {
    this.#carried += bytes;
    if (this.#carried <= CARRIED_BYTES || bytes <= small) return false;
    this.#carried = this.#journalBytes() + bytes;
    return this.#carried > CARRIED_BYTES;
  }

  /** One held list of many held parts. */
  async list(parts: Held[], place: Place): Promise<Held> {
    if (parts.every(isInline))
      return this.hold(
        parts.map((part) => part.value),
        place,
      );
    return this.#store({ list: parts }, place, false);
  }

  /** One held object of held fields. */
  async fields(parts: Record<string, Held>, place: Place): Promise<Held> {
    const entries = Object.entries(parts);
    if (!entries.every(([, part]) => isInline(part))) return this.#store({ fields: parts }, place, false);
    const value: JsonObject = {};
    for (const [name, part] of entries) if (isInline(part)) value[name] = part.value;
    return this.hold(value, place);
  }

  async #store(
    value: Held | { list: Held[] } | { fields: Record<string, Held> },
    place: Place,
    outside: boolean,
  ): Promise<Held> {
    return this.#unwrap(
      await this.#ports.storeValue({ path: place.path, value, ...(outside ? { outside } : {}) }),
      place,
    );
  }

  #unwrap(outcome: Awaited<ReturnType<Ports['storeValue']>>, place: Place): Held {
    if ('error' in outcome) throw failedStep(place, outcome.error);
    return outcome.output;
  }

  #evaluate(template: Json, selected: HeldScope, place: Place): Json {
    return expressionErrorsAt(place, () =>
      this.#expressions.render(template, expressionView(selected, inlineValue)),
    );
  }

  #factsOf(template: Json, place: Place): TemplateFacts {
    let facts = this.#facts.get(template);
    if (facts) return facts;
    const factsOf = (expression: string) => this.#expressions.facts(expression);
    facts = expressionErrorsAt(place, () => templateFacts(template, factsOf));
    this.#facts.set(template, facts);
    return facts;
  }
}

const isInline = (held: Held): held is { value: Json } => 'value' in held;

// Asked only for scopes whose values are all inline.
const inlineValue = (held: Held): Json => (isInline(held) ? held.value : null);

function readsStored(scope: HeldScope): boolean {
  return heldIn(scope).some((held) => !isInline(held));
}

function expressionErrorsAt<T>(place: Place, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw stepError(place, error.code, error.message, { expression: error.expression, reason: error.reason });
  }
}

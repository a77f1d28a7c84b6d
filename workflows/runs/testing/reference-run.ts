import type { ApprovalClass } from '../../approvals/model.ts';
import type { Step, StepByKind } from '../../definitions/model.ts';
import { definitionJson, isJsonObject, type Json, type JsonObject } from '../../json.ts';
import {
  failed,
  Failure,
  innerScope,
  notApproved,
  type Note,
  type Place,
  type ReferenceEnd,
  type ReferenceWorld,
  type Scope,
} from './reference-model.ts';
import { actionClass, higher, mayPass, stepsAfter } from './reference-steps.ts';
import { asText, isTruthy, templateValue } from './reference-template.ts';
import { addressOf, comes, decisionOn, DECIDERS, effectAnswer, payloadOf } from './scripted-world.ts';

/**
 * The plain reading of a definition: a walk over the tree, one step after another, with nothing to wait for. Shares no
 * code with the interpreter. Work side by side is done in order, and what a failure may have stopped is marked.
 */
export async function referenceRun(world: ReferenceWorld): Promise<ReferenceEnd> {
  const walk = new Walk(world);
  try {
    return { status: 'SUCCEEDED', output: await walk.flow(), error: null, notes: walk.notes };
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return { status: 'FAILED', output: null, error: failure.error, notes: walk.notes };
  }
}

interface Ran {
  output: Json;
  skipped?: true;
}

class Walk {
  readonly notes: Note[] = [];
  readonly #world: ReferenceWorld;

  constructor(world: ReferenceWorld) {
    this.#world = world;
  }

  async flow(): Promise<Json> {
    const { flow, input, startedAt } = this.#world;
    const names = { input, run: { startedAt, attempt: 1 } };
    const scope: Scope = { names, steps: {}, granted: null };
    const last = await this.#list(flow.steps, '', scope);
    return flow.output === undefined ? last : this.#value(flow.output, scope, ['', 'output']);
  }

  async #list(steps: Step[], body: string, scope: Scope): Promise<Json> {
    let last: Json = null;
    for (const step of steps) {
      const path = body === '' ? step.id : `${body}/${step.id}`;
      const ran = await this.#step(step, path, scope);
      if (!ran.skipped) last = ran.output;
    }
    return last;
  }

  async #step(step: Step, path: string, scope: Scope): Promise<Ran> {
    for (let attempt = 1; ; attempt++) {
      try {
        const ran = await this.#attempt(step, path, scope);
        this.#note({ what: 'step', path, status: ran.skipped ? 'SKIPPED' : 'SUCCEEDED', output: ran.output });
        scope.steps[step.id] = { output: ran.output };
        return ran;
      } catch (failure) {
        if (!(failure instanceof Failure)) throw failure;
        if (attempt < (step.retry?.attempts ?? 1) && mayPass(step, failure)) continue;
        this.#note({ what: 'step', path, status: 'FAILED', code: failure.error.code });
        if (step.onError !== 'continue') throw failure;
        scope.steps[step.id] = { output: null, error: failure.error };
        return { output: null };
      }
    }
  }

  async #attempt(step: Step, path: string, scope: Scope): Promise<Ran> {
    const place: Place = [step.id, path];
    if (step.when !== undefined && !isTruthy(await this.#value(step.when, scope, place)))
      return { output: null, skipped: true };
    return { output: await this.#kind(step, path, scope) };
  }

  #kind(step: Step, path: string, scope: Scope): Promise<Json> {
    const place: Place = [step.id, path];
    switch (step.kind) {
      case 'transform':
        return this.#value(step.with.value, scope, place);
      case 'http':
      case 'postgres':
      case 'email':
        return this.#effect(step, path, scope);
      case 'branch':
        return this.#branch(step, path, scope);
      case 'parallel':
        return this.#parallel(step, path, scope);
      case 'forEach':
        return this.#forEach(step, path, scope);
      case 'while':
        return this.#while(step, path, scope);
      case 'try':
        return this.#try(step, path, scope);
      case 'wait':
        return this.#wait(step, path, scope);
      case 'approval':
        return this.#approval(step, path, scope);
      case 'callWorkflow':
        return this.#call(step, path, scope);
      case 'respond':
        return this.#respond(step, path, scope);
      case 'fail':
        return this.#fail(step, path, scope);
    }
  }

  async #effect(step: StepByKind['http' | 'postgres' | 'email'], path: string, scope: Scope): Promise<Json> {
    const given = await this.#value(definitionJson(step.with), scope, [step.id, path]);
    const needed = this.#staged(actionClass(step));
    if (needed !== null && needed !== 'A' && !(scope.granted !== null && scope.granted >= needed)) {
      // The address of an action is the title of its request.
      this.#note({ what: 'ask', path });
      const decision = decisionOn(JSON.stringify(step.with));
      if (decision !== 'APPROVE') throw notApproved(decision, [step.id, path]);
    }
    this.#note({ what: 'call', path });
    const times = this.notes.filter((note) => note.what === 'call' && note.path === path).length;
    const answer = effectAnswer(step.kind, given, times);
    if ('output' in answer) return answer.output;
    const { code, message, retryable } = answer.error;
    throw new Failure({ code, message, stepId: step.id, path }, retryable);
  }

  async #branch(step: StepByKind['branch'], path: string, scope: Scope): Promise<Json> {
    let taken = step.otherwise ?? [];
    for (const one of step.cases)
      if (isTruthy(await this.#value(one.when, scope, [step.id, path]))) {
        taken = one.steps;
        break;
      }
    const inner = innerScope(scope);
    const output = await this.#list(taken, path, inner);
    scope.granted = inner.granted;
    return output;
  }

  async #parallel(step: StepByKind['parallel'], path: string, scope: Scope): Promise<Json> {
    const outputs = await this.#sideBySide(
      path,
      step.branches.map(
        (branch) => () => this.#list(branch.steps, `${path}/${branch.id}`, innerScope(scope)),
      ),
    );
    return Object.fromEntries(step.branches.map(({ id }, i) => [id, outputs[i] ?? null]));
  }

  async #forEach(step: StepByKind['forEach'], path: string, scope: Scope): Promise<Json> {
    const given = await this.#value(step.items, scope, [step.id, path]);
    const items = given === null ? [] : Array.isArray(given) ? given : [given];
    const bodies = items.map((item, index) => () => {
      const names = { [step.as]: item, index };
      return this.#list(step.steps, `${path}[${index}]`, innerScope(scope, names));
    });
    if ((step.concurrency ?? 1) > 1) return this.#sideBySide(path, bodies);
    const outputs: Json[] = [];
    for (const body of bodies) outputs.push(await body());
    return outputs;
  }

  async #while(step: StepByKind['while'], path: string, scope: Scope): Promise<Json> {
    const place: Place = [step.id, path];
    let round: JsonObject = Object.fromEntries(step.steps.map(({ id }) => [id, { output: null }]));
    let output: Json = null;
    for (let index = 0; ; index++) {
      const seen = innerScope(scope, { index });
      Object.assign(seen.steps, round);
      if (!isTruthy(await this.#value(step.condition, seen, place))) return output;
      if (index >= step.maxIterations) throw failed('LIMIT_REACHED', place);
      const inner = innerScope(scope, { index });
      output = await this.#list(step.steps, `${path}[${index}]`, inner);
      round = inner.steps;
    }
  }

  async #try(step: StepByKind['try'], path: string, scope: Scope): Promise<Json> {
    let output: Json = null;
    let failure: Failure | null = null;
    let { granted } = scope;
    const attempt = async (steps: Step[], names: JsonObject) => {
      failure = null;
      const inner = innerScope(scope, names);
      try {
        output = await this.#list(steps, path, inner);
        granted = inner.granted;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        failure = error;
      }
    };
    await attempt(step.steps, {});
    const { error } = (failure ?? {}) as Partial<Failure>;
    if (error && step.catch) await attempt(step.catch, { error: { ...error } });
    if (step.finally) await this.#list(step.finally, path, innerScope(scope));
    if (failure) throw failure as Failure;
    // What was approved inside counts for what follows the whole.
    scope.granted = granted;
    return output;
  }

  async #wait(step: StepByKind['wait'], path: string, scope: Scope): Promise<Json> {
    const place: Place = [step.id, path];
    if ('seconds' in step.with) await this.#number(step.with.seconds, scope, place);
    else if ('until' in step.with) await this.#value(step.with.until, scope, place);
    else {
      const name = asText(await this.#value(step.with.event, scope, place));
      if (comes(name)) return payloadOf(name);
      throw failed(step.timeoutSeconds === undefined ? 'WAIT_TIMED_OUT' : 'STEP_TIMED_OUT', place);
    }
    return null;
  }

  async #approval(step: StepByKind['approval'], path: string, scope: Scope): Promise<Json> {
    const place: Place = [step.id, path];
    const title = asText(await this.#value(step.with.title, scope, place));
    await this.#value(step.with.details ?? null, scope, place);
    const classes = [step.with.class ?? 'B', ...stepsAfter(this.#world.flow.steps, step.id).map(actionClass)];
    const needed = this.#staged(classes.reduce(higher, null)) ?? 'A';
    this.#note({ what: 'ask', path });
    const decision = needed === 'A' ? 'APPROVE' : decisionOn(title);
    if (decision === 'APPROVE') scope.granted = higher(scope.granted, needed);
    else if (step.with.onDenied !== 'continue') throw notApproved(decision, place);
    const deciders =
      decision === null || needed === 'A' ? 0 : decision === 'APPROVE' && needed === 'C' ? 2 : 1;
    return {
      decision: decision === null ? 'expired' : decision === 'DENY' ? 'denied' : 'approved',
      class: needed,
      decidedBy: DECIDERS.slice(0, deciders).map(addressOf),
      reason: deciders > 0 ? 'seen' : null,
      decidedAt: '',
      answers: null,
    };
  }

  async #call(step: StepByKind['callWorkflow'], path: string, scope: Scope): Promise<Json> {
    const place: Place = [step.id, path];
    const input = await this.#value(step.with.input ?? null, scope, place);
    const flow = this.#world.children[step.with.workflow];
    if (!flow) throw failed('CHILD_FAILED', place);
    if (step.with.wait === false) return { runId: '' };
    const { stage: _, ...world } = this.#world;
    const called = { ...world, flow, input, stage: 'post-launch' as const };
    const { status, output, error } = await referenceRun({
      ...called,
      first: (_path, [one]) => one as Failure,
    });
    if (status === 'SUCCEEDED') return output;
    throw failed(
      'CHILD_FAILED',
      place,
      `The called workflow ${step.with.workflow} failed: ${error?.message}`,
    );
  }

  async #respond(step: StepByKind['respond'], path: string, scope: Scope): Promise<Json> {
    const place: Place = [step.id, path];
    const { status = 200, headers = {}, body = null } = step.with;
    const code = await this.#number(status, scope, place);
    if (!Number.isInteger(code) || code < 200 || code > 599) throw failed('EXPRESSION_FAILED', place);
    const fields = await this.#value(headers, scope, place);
    const texts = Object.entries(isJsonObject(fields) ? fields : {}).map(([name, one]) => [
      name,
      asText(one),
    ]);
    const answer = {
      status: code,
      headers: Object.fromEntries(texts) as JsonObject,
      body: await this.#value(body, scope, place),
    };
    this.#note({ what: 'answer', path, output: answer });
    return null;
  }

  async #fail(step: StepByKind['fail'], path: string, scope: Scope): Promise<never> {
    const place: Place = [step.id, path];
    const message = asText(await this.#value(step.with.message, scope, place));
    throw failed(step.with.code ?? 'FAILED', place, message);
  }

  /** All bodies run to their end or failure. One failure fails the whole; what went on beside it may have been cut. */
  async #sideBySide(path: string, bodies: (() => Promise<Json>)[]): Promise<Json[]> {
    const outputs: Json[] = [];
    const failures: Failure[] = [];
    const parts: { from: number; failure: Failure | null }[] = [];
    for (const body of bodies) {
      const part: (typeof parts)[number] = { from: this.notes.length, failure: null };
      parts.push(part);
      try {
        outputs.push(await body());
      } catch (failure) {
        if (!(failure instanceof Failure)) throw failure;
        failures.push((part.failure = failure));
      }
    }
    if (failures.length === 0) return outputs;
    const first = this.#world.first(path, failures);
    for (const [i, { from, failure }] of parts.entries())
      if (failure !== first) for (const note of this.notes.slice(from, parts[i + 1]?.from)) note.cut = true;
    throw first;
  }

  async #value(template: Json, scope: Scope, place: Place): Promise<Json> {
    try {
      return await templateValue(template, { ...scope.names, steps: scope.steps });
    } catch {
      throw failed('EXPRESSION_FAILED', place);
    }
  }

  async #number(template: Json, scope: Scope, place: Place): Promise<number> {
    const value = await this.#value(template, scope, place);
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    throw failed('EXPRESSION_FAILED', place);
  }

  #staged(own: ApprovalClass | null): ApprovalClass | null {
    return own === 'A' && this.#world.stage === 'pre-launch' ? 'B' : own;
  }

  #note(note: Omit<Note, 'cut'>): void {
    this.notes.push({ ...note, cut: false });
  }
}

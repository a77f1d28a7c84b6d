import { stepLists, type Flow, type Step } from '../definitions/model.ts';
import { classifyAction } from './classify-action.ts';
import type { GuardedAction } from './model.ts';

const SUMMARY_LENGTH = 120;

/**
 * The actions that can go on once a gate is passed, as they are written: what follows it in its own list, then what
 * follows its container, and so on outwards. Empty when the flow has no such step.
 */
export function guardedActions(flow: Flow, gateStepId: string): GuardedAction[] {
  return (stepsAfter(flow.steps, gateStepId) ?? []).flatMap(actionsIn);
}

/** The steps that run after a step, innermost list first; null when it is not in the list or deeper. */
function stepsAfter(steps: Step[], id: string): Step[] | null {
  for (const [i, step] of steps.entries()) {
    const inside = step.id === id ? [] : insideAfter(step, id);
    if (inside) return [...inside, ...steps.slice(i + 1)];
  }
  return null;
}

function insideAfter(step: Step, id: string): Step[] | null {
  for (const list of stepLists(step)) {
    const after = stepsAfter(list.steps, id);
    if (after) return after;
  }
  return null;
}

/** What a step does outside, without the steps inside it; null when it changes nothing there. */
export function ownAction(step: Step): GuardedAction | null {
  const own = classifyAction(step);
  return own === null ? null : { stepId: step.id, kind: step.kind, summary: summaryOf(step), class: own };
}

/** The actions of a step and of all steps inside it. */
function actionsIn(step: Step): GuardedAction[] {
  const own = ownAction(step);
  const inside = stepLists(step).flatMap((list) => list.steps.flatMap(actionsIn));
  return own === null ? inside : [own, ...inside];
}

/** What a step does in one line of plain text, such as `POST /refunds through shop`. */
export function summaryOf(step: Step): string {
  const text = describe(step).replace(/\s+/g, ' ').trim();
  const characters = Array.from(text);
  return characters.length <= SUMMARY_LENGTH ? text : `${characters.slice(0, SUMMARY_LENGTH - 1).join('')}…`;
}

function describe(step: Step): string {
  switch (step.kind) {
    case 'http': {
      const { method = 'GET', url, path, connection } = step.with;
      return url === undefined ? `${method} ${path ?? '/'} through ${connection ?? ''}` : `${method} ${url}`;
    }
    case 'email':
      return `e-mail to ${[step.with.to].flat().join(', ')}`;
    case 'postgres':
      return `write to ${step.with.connection}: ${step.with.sql}`;
    default:
      return step.kind;
  }
}

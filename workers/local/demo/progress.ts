import { paint, type Colour } from '../terminal.ts';
import type { ShownRun, ShownStep } from './demo-run.ts';

const MARKS: Record<string, [string, Colour]> = {
  SUCCEEDED: ['✓', 'green'],
  FAILED: ['✗', 'red'],
  RUNNING: ['▸', 'blue'],
  WAITING: ['…', 'yellow'],
  RETRYING: ['↻', 'yellow'],
  SKIPPED: ['-', 'dim'],
  CANCELLED: ['✗', 'dim'],
};
const NAME_WIDTH = 26;
const STATE_WIDTH = 11;
const TIME_WIDTH = 9;

/** The progress of a run in a few lines: one for each step of the definition; the items of a loop are counted. */
export function progressLines(run: ShownRun, now: number): string[] {
  const title = `  Run ${run.id}  ${run.status.toLowerCase()}`;
  const header = paint(
    'dim',
    `    ${'step'.padEnd(NAME_WIDTH)}${'state'.padEnd(STATE_WIDTH)}${'time'.padEnd(TIME_WIDTH)}attempt`,
  );
  return [title, header, ...rows(run.steps, now)];
}

/** What changed since an earlier look, one line each: for output that nobody draws over. */
export function changedLines(run: ShownRun, seen: Map<string, string>, now: number): string[] {
  const lines: string[] = [];
  for (const step of run.steps.filter((one) => !one.path.includes('['))) {
    const state = `${step.status} ${step.attempt}`;
    if (seen.get(step.path) === state) continue;
    seen.set(step.path, state);
    lines.push(row(step, now));
  }
  return lines;
}

function rows(steps: ShownStep[], now: number): string[] {
  const outer = steps.filter((step) => !step.path.includes('['));
  return outer.flatMap((step) => [row(step, now), ...inner(step, steps)]);
}

// The items of a loop: how many stand where, and which of their steps wait or are tried again.
function inner(loop: ShownStep, steps: ShownStep[]): string[] {
  const inside = steps.filter((step) => step.path.startsWith(`${loop.path}[`));
  if (inside.length === 0) return [];
  const ids = [...new Set(inside.map((step) => step.stepId))];
  return ids.map((id) => {
    const same = inside.filter((step) => step.stepId === id);
    const counts = [...new Set(same.map((step) => step.status))].sort().map((status) => {
      const [, colour] = MARKS[status] ?? ['?', 'dim'];
      return paint(colour, `${same.filter((step) => step.status === status).length} ${status.toLowerCase()}`);
    });
    const most = Math.max(...same.map((step) => step.attempt));
    return `      ${id.padEnd(NAME_WIDTH - 2)}${counts.join(', ')}${most > 1 ? paint('yellow', `, up to attempt ${most}`) : ''}`;
  });
}

function row(step: ShownStep, now: number): string {
  const [mark, colour] = MARKS[step.status] ?? ['?', 'dim'];
  const state = step.status.toLowerCase().padEnd(STATE_WIDTH);
  const name = `${'  '.repeat(step.path.split('/').length - 1)}${step.stepId}`.padEnd(NAME_WIDTH);
  const why = step.error
    ? `  ${step.error.code}: ${step.error.message}`
    : step.waitingFor
      ? `  for ${step.waitingFor}`
      : '';
  return `  ${paint(colour, mark)} ${name}${paint(colour, state)}${duration(step, now).padEnd(TIME_WIDTH)}${step.attempt}${why}`;
}

/** How long a step took, or takes so far, such as `1.2 s` or `3 min`. */
export function duration(step: Pick<ShownStep, 'startedAt' | 'finishedAt'>, now: number): string {
  if (step.startedAt === null) return '';
  const end = step.finishedAt === null ? now : Date.parse(step.finishedAt);
  const seconds = Math.max(0, end - Date.parse(step.startedAt)) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

import { graphql, type ResultOf } from '../client/index.ts';
import type { Output } from './output.ts';
import { RUN_FIELDS, type ShownRun } from './run-view.ts';
import type { Session } from './session.ts';
import { plainText } from './table.ts';

const EVENT_FIELDS = graphql(`
  fragment EventFields on RunEvent {
    sequence
    at
    kind
    path
    stepKind
    attempt
    data
  }
`);

const EVENTS = graphql(
  `
    query RunEvents($id: ID!, $first: Int!, $after: Int) {
      run(id: $id) {
        events(first: $first, after: $after) {
          ...EventFields
        }
      }
    }
  `,
  [EVENT_FIELDS],
);

const FOLLOW = graphql(
  `
    subscription FollowRun($id: ID!) {
      runEvents(runId: $id) {
        run {
          ...RunFields
        }
        event {
          ...EventFields
        }
      }
    }
  `,
  [RUN_FIELDS, EVENT_FIELDS],
);

/** Something that happened in a run. */
export type ShownEvent = ResultOf<typeof EVENT_FIELDS>;

const EVENTS_PER_PAGE = 1000;

/** All events of a run up to now, oldest first, page by page. */
export async function* readEvents(session: Session, id: string): AsyncGenerator<ShownEvent> {
  let after: number | null = null;
  for (;;) {
    const answer: ResultOf<typeof EVENTS> = await session.request(EVENTS, {
      id,
      first: EVENTS_PER_PAGE,
      after,
    });
    const events = answer.run?.events ?? [];
    yield* events;
    const last = events.at(-1);
    if (events.length < EVENTS_PER_PAGE || last === undefined) return;
    after = last.sequence;
  }
}

/** What is told while a run is followed. */
export interface Followed {
  onEvent?: (event: ShownEvent) => void;
  /** Called with each new status. */
  onStatus?: (run: ShownRun) => void;
}

/** Follows a run by subscription until it is over; gives how it ended, or null when the news broke off. */
export async function followRun(
  session: Session,
  id: string,
  { onEvent, onStatus }: Followed,
): Promise<ShownRun | null> {
  const told = new Set<string>();
  let last: ShownRun | null = null;
  for await (const { runEvents } of session.client().subscribe(FOLLOW, { id })) {
    const { run, event } = runEvents;
    // After a break the server tells everything again.
    const key = event && [event.path, event.attempt, event.kind].join('\n');
    if (event && key !== null && !told.has(key)) {
      told.add(key);
      onEvent?.(event);
    }
    if (run.status !== last?.status) onStatus?.(run);
    last = run;
  }
  return last;
}

/** Prints an event: a line for people, a JSON line for programs. */
export function printEvent(out: Output, event: ShownEvent): void {
  if (out.json) return out.jsonLine(event);
  const { at, kind, path, stepKind, attempt, data } = event;
  const again = attempt > 1 ? ` (attempt ${attempt})` : '';
  const more = data === null ? '' : `  ${plainText(JSON.stringify(data))}`;
  out.line(`${out.time(at)}  ${kind.padEnd(9)}  ${plainText(path)} ${stepKind}${again}${more}`);
}

import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXPORT_FORMATS, exportedEvent, FRAMES, type ExportFormat } from './export-text.ts';
import { loadEvents, type AuditFilter } from './loaders.ts';

const EVENTS_A_PAGE = 100;
const PATIENCE = 20;

/** The form that an address asks for; null for one that there is not. */
export function exportFormat(text: string | null): ExportFormat | null {
  return EXPORT_FORMATS.find((format) => format === text) ?? null;
}

/**
 * The events of the log as the pieces of a file, a page at a time. Throws when the API refuses, so that a download that
 * is not whole fails and does not look like one.
 */
export async function* exportEvents(format: ExportFormat, filter: AuditFilter): AsyncGenerator<string> {
  const { before, between, after: end } = FRAMES[format];
  yield before;
  let after: string | undefined;
  for (let page = 0; ; page += 1) {
    const { edges, pageInfo } = await patiently({ first: EVENTS_A_PAGE, after, filter });
    const text = edges.map(({ node }) => exportedEvent(node, format)).join(between);
    yield page === 0 || text === '' ? text : between + text;
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor ?? undefined;
  }
  yield end;
}

async function patiently(page: Parameters<typeof loadEvents>[0]) {
  for (let tries = 0; ; tries += 1) {
    const { data, problem } = await loadEvents(page);
    if (problem === null) return data.auditLog;
    if (problem.code !== 'LIMIT_EXCEEDED' || tries === PATIENCE)
      throw new Error(`The audit log could not be read: ${problem.reason}`);
    await sleep(1_000);
  }
}

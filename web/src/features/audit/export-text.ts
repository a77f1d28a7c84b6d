import type { AuditEvent } from './loaders.ts';

/** In which forms the audit log can be taken along. */
export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COLUMNS = [
  'sequence',
  'at',
  'action',
  'target',
  'actor_kind',
  'actor_name',
  'actor_email',
  'actor_id',
  'request_id',
  'details',
];

/** What stands before, between and after the events of a file. */
export const FRAMES: Record<ExportFormat, { before: string; between: string; after: string }> = {
  csv: { before: `${COLUMNS.join(',')}\r\n`, between: '', after: '' },
  json: { before: '[\n', between: ',\n', after: '\n]\n' },
};

/** One event as it stands in a file. */
export function exportedEvent(event: AuditEvent, format: ExportFormat): string {
  if (format === 'json') return JSON.stringify(event);
  const { actor } = event;
  const actorId = actor.personId ?? actor.apiKeyId ?? actor.runId;
  const cells = [
    ...[String(event.sequence), event.at, event.action, event.target],
    ...[actor.kind, actor.name, actor.email, actorId],
    ...[event.requestId, event.details === null ? null : JSON.stringify(event.details)],
  ];
  return `${cells.map((cell) => csvCell(cell ?? '')).join(',')}\r\n`;
}

/** A cell of a CSV file (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

import { temporalWorkflowId, type RunId, type TenantId } from '../workflows/ids.ts';

/** Where Temporal's own web interface is, and which namespace runs are in. */
export interface TemporalUi {
  /** Without a slash at its end. */
  url: string;
  namespace: string;
}

/** The address of a run in Temporal's web interface. */
export function temporalUrlOf(
  { url, namespace }: TemporalUi,
  { tenantId, runId }: { tenantId: TenantId; runId: RunId },
): string {
  // The id holds slashes, which must not part the path.
  const id = encodeURIComponent(temporalWorkflowId(tenantId, runId));
  return `${url}/namespaces/${encodeURIComponent(namespace)}/workflows/${id}`;
}

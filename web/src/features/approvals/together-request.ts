/** One of several requests with the same plan: what it is for. */
export interface TogetherRequest {
  id: string;
  runId: string;
  workflowName: string;
  requester: string | null;
  requestedAt: string;
  expiresAt: string;
}

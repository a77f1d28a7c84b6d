import proof from '../canvas/recorded-proof.json' with { type: 'json' };

/** What the API answered about the runs of the recording; made by workers/local/demo/record-runs.ts. */
export const RECORDED_PROOF = proof;

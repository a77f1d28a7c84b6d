export type { ConnectionView } from './connection-view.ts';
export { createConnection } from './create-connection.ts';
export { deleteConnection } from './delete-connection.ts';
export { listConnections } from './list-connections.ts';
export { resolveConnection, type WantedConnection } from './resolve-connection.ts';
export { rotateConnection } from './rotate-connection.ts';
export { openRecord, sealRecord, type SealedOwner } from './sealed-record.ts';
export { createScrubber, type Scrubber } from './scrub.ts';
export { secretValues } from './secret-values.ts';

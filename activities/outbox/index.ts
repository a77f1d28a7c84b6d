export {
  createDispatcher,
  type DeliveryOutcome,
  type DispatcherParts,
  type DispatcherTiming,
  type OutboxDispatcher,
} from './create-dispatcher.ts';
export { MessageRefusedError, RunNotOpenError } from './send-errors.ts';
export { sendToTemporal } from './send-to-temporal.ts';

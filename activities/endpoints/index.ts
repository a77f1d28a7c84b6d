export { emitEvent, type EmittedEvent } from './emit-event.ts';

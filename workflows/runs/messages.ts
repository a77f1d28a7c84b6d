import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { Json } from '../json.ts';
import type { JournalNode } from './model.ts';

/** Each message carries an id: a second delivery of the same one changes nothing. */
export const approvalDecided = defineSignal<[{ id: string; approvalId: string }]>('approvalDecided');
export const event = defineSignal<[{ id: string; name: string; payload: Json }]>('event');
export const setPaused = defineSignal<[{ id: string; paused: boolean }]>('setPaused');

/** What the run holds now, for operators and tests. */
export const state = defineQuery<{ journal: JournalNode; paused: boolean }>('state');

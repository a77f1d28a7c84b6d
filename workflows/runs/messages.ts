import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { RunId } from '../ids.ts';
import type { Json } from '../json.ts';
import type { JournalNode } from './model.ts';

/** Each message carries an id: a second delivery of the same one changes nothing. */
export const approvalDecided = defineSignal<[{ id: string; approvalId: string }]>('approvalDecided');
export const event = defineSignal<[{ id: string; name: string; payload: Json }]>('event');
export const setPaused = defineSignal<[{ id: string; paused: boolean }]>('setPaused');
/** The run has its place under the limit of its workflow. */
export const admitted = defineSignal<[{ id: string }]>('admitted');
/** A run that this one called and waits for is over. */
export const childEnded = defineSignal<[{ id: string; childRunId: RunId }]>('childEnded');

/** What the run holds now, for operators and tests. */
export const state = defineQuery<{ journal: JournalNode; paused: boolean }>('state');

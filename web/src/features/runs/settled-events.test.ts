import { describe, expect, it } from '@jest/globals';
import { settledEvents } from './settled-events.ts';

const page = (...sequences: number[]) => sequences.map((sequence) => ({ sequence }));

describe('the events of a page', () => {
  it.each<[number[], number[], number | null]>([
    [[], [], null],
    [[0, 1], [0, 1], null],
    [[0, 1, 2], [0, 1], 1],
    [[0, 1, 1], [0], 0],
    [[1, 1, 1], [1, 1, 1], 1],
  ])('%j of at most three are whole up to %j, going on after %j', (given, whole, next) => {
    expect(settledEvents(page(...given), 3)).toEqual({ events: page(...whole), next });
  });
});

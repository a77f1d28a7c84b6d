import { describe, expect, it } from '@jest/globals';
import type { Json } from '../json.ts';
import { checkAnswers, type FormField } from './form.ts';

const form: FormField[] = [
  { name: 'amount', label: 'How much?', type: 'number', required: true },
  { name: 'note', label: 'Note', type: 'text', maxLength: 5 },
  { name: 'urgent', label: 'Urgent?', type: 'boolean' },
  { name: 'way', label: 'Which way?', type: 'choice', options: ['bank', 'card'] },
];
const approve = (given: Json | undefined) => checkAnswers(form, given, { required: true });

describe('checkAnswers', () => {
  it.each<[string, Json, Json]>([
    [
      'all fields',
      { amount: 5, note: 'ok', urgent: false, way: 'bank' },
      { amount: 5, note: 'ok', urgent: false, way: 'bank' },
    ],
    ['the required one only', { amount: 0 }, { amount: 0 }],
    ['blanks, which are left out', { amount: 1, note: '  ', way: null }, { amount: 1 }],
    [
      'text of many-byte letters by its letters',
      { amount: 1, note: '🙂🙂🙂🙂🙂' },
      { amount: 1, note: '🙂🙂🙂🙂🙂' },
    ],
  ])('takes %s', (_, given, answers) => {
    expect(approve(given)).toEqual({ answers });
  });

  it.each<[string, Json | undefined, string]>([
    ['nothing', undefined, 'amount'],
    ['a list', [1], 'answers'],
    ['text for a number', { amount: '5' }, 'amount'],
    ['too long a text', { amount: 1, note: 'longer' }, 'note'],
    ['text that no database holds', { amount: 1, note: 'a\u0000' }, 'note'],
    ['a number for yes or no', { amount: 1, urgent: 1 }, 'urgent'],
    ['what cannot be chosen', { amount: 1, way: 'cash' }, 'way'],
    ['a field that is not there', { amount: 1, more: 1 }, 'more'],
    ['the name of a thing that every object has', { amount: 1, constructor: 1 }, 'constructor'],
  ])('refuses %s', (_, given, field) => {
    expect(approve(given)).toEqual({ problems: [{ field, message: expect.stringMatching(/\.$/) }] });
  });

  it('names all that is wrong', () => {
    expect(approve({ note: 'longer', way: 'cash' })).toMatchObject({
      problems: [{ field: 'amount' }, { field: 'note' }, { field: 'way' }],
    });
  });

  it('of a denial needs none, but takes no wrong one', () => {
    expect(checkAnswers(form, undefined, { required: false })).toEqual({ answers: {} });
    expect(checkAnswers(form, { amount: 'x' }, { required: false })).toHaveProperty('problems');
  });

  it('without a form are null, and none may be sent', () => {
    expect(checkAnswers(null, undefined, { required: true })).toEqual({ answers: null });
    expect(checkAnswers(null, {}, { required: true })).toEqual({ answers: null });
    expect(checkAnswers(null, { amount: 1 }, { required: true })).toHaveProperty('problems');
  });
});

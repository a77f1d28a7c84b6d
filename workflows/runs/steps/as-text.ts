import type { Json } from '../../json.ts';
import { stepError, type Place } from '../step-error.ts';

/** A value as text: null is empty, objects and lists are JSON. */
export function asText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A value as a finite number, text with a number in it included. Throws EXPRESSION_FAILED naming the field. */
export function asNumber(value: Json, field: string, place: Place): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw stepError(place, 'EXPRESSION_FAILED', `${field} must be a number; it is ${JSON.stringify(value)}.`, {
    field,
  });
}

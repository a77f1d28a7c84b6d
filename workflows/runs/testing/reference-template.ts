import jsonata from 'jsonata';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';

/** What an expression sees. */
export type View = JsonObject;

const compiled = new Map<string, ReturnType<typeof jsonata>>();

/**
 * The value of a template by the plain reading of the format: text that is one `{{ }}` keeps the type of its value, in
 * mixed text null is nothing and objects are JSON; undefined is null. Evaluated by jsonata as published. Throws whatever
 * jsonata throws, and for a number that JSON cannot hold.
 */
export async function templateValue(template: Json, view: View): Promise<Json> {
  if (typeof template === 'string') return textValue(template, view);
  if (Array.isArray(template)) {
    const list: Json[] = [];
    for (const item of template) list.push(await templateValue(item, view));
    return list;
  }
  if (!isJsonObject(template)) return template;
  const object: JsonObject = {};
  for (const [key, item] of Object.entries(template)) object[key] = await templateValue(item, view);
  return object;
}

/** A value as text: null is nothing, objects and lists are JSON. */
export function asText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What counts as true: all but null, false, 0 and whatever is empty. */
export function isTruthy(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isJsonObject(value)) return Object.keys(value).length > 0;
  return value !== null && value !== false && value !== 0 && value !== '';
}

async function textValue(text: string, view: View): Promise<Json> {
  const [before, source, after] = firstExpression(text);
  if (source === null) return text;
  const value = await evaluate(source, view);
  if (before.trim() === '' && after.trim() === '') return value;
  return before + asText(value) + asText(await mixed(after, view));
}

async function mixed(text: string, view: View): Promise<Json> {
  const [before, source, after] = firstExpression(text);
  if (source === null) return text;
  return before + asText(await evaluate(source, view)) + asText(await mixed(after, view));
}

/** Text before the first `{{ }}`, what is inside, and the text after. Knows strings, quoted names and nested braces. */
function firstExpression(text: string): [before: string, source: string | null, after: string] {
  const open = text.indexOf('{{');
  if (open < 0) return [text, null, ''];
  let depth = 0;
  let quote = '';
  for (let at = open + 2; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (`"'\``.includes(char)) quote = char;
    else if (char === '{') depth++;
    else if (char === '}' && depth > 0) depth--;
    else if (text.startsWith('}}', at))
      return [text.slice(0, open), text.slice(open + 2, at), text.slice(at + 2)];
  }
  throw new Error('The template has no end');
}

async function evaluate(source: string, view: View): Promise<Json> {
  let expression = compiled.get(source);
  if (!expression) compiled.set(source, (expression = jsonata(source)));
  return plain(await expression.evaluate(view));
}

function plain(value: unknown): Json {
  const text = JSON.stringify(value ?? null, (_, one: unknown) => {
    if (typeof one === 'function' || (typeof one === 'number' && !Number.isFinite(one)))
      throw new Error('This is no JSON');
    return one;
  });
  return JSON.parse(text) as Json;
}

import type { Json, JsonObject } from '../json.ts';
import { fieldsOf } from './read-body.ts';

/** Headers as a server reads them: names in lower case; a list where the server does not join. */
export type CallHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** What a run is told about the call that started it. */
export interface CallInput extends JsonObject {
  method: string;
  query: JsonObject;
  headers: JsonObject;
  body: Json;
}

/** A call, with its body read. */
export interface ReadCall {
  method: string;
  /** What stands behind the `?` of the address, or nothing. */
  query: string;
  headers: CallHeaders;
  body: Json;
  /** Secret: the token in the address. */
  token: string;
}

// Credentials, and what is made with one: a run keeps its input for long, and people read it.
const CREDENTIAL =
  /authorization|cookie|^proxy-|api-?key|auth-?key|access-?key|signature|token|secret|hmac|password|credential|session/;

/** The input of a run: the call without credentials. A header that repeats the token (a proxy's) is left out too. */
export function callInput({ method, query, headers, body, token }: ReadCall): CallInput {
  const kept = Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined || CREDENTIAL.test(name)) return [];
    const text = Array.isArray(value) ? value.join(', ') : value;
    return text.includes(token) ? [] : [[name, text] as const];
  });
  return { method, query: fieldsOf(query), headers: Object.fromEntries(kept), body };
}

import { isJsonObject, type Json, type JsonObject } from '../../workflows/json.ts';

/** What becomes of the leaves. Keys of objects go through `text`. */
export interface LeafMap {
  text(text: string): string;
  number(number: number): Json;
}

type Slot = { from: Json; put: (value: Json) => void };

/** A copy of a JSON value with its texts, keys and numbers mapped. Any depth: it does not use the call stack. */
export function mapJson(value: Json, map: LeafMap): Json {
  let result: Json = null;
  const open: Slot[] = [{ from: value, put: (mapped) => void (result = mapped) }];
  for (let slot = open.pop(); slot; slot = open.pop()) slot.put(mapOne(slot.from, map, open));
  return result;
}

function mapOne(from: Json, map: LeafMap, open: Slot[]): Json {
  if (typeof from === 'string') return map.text(from);
  if (typeof from === 'number') return map.number(from);
  if (Array.isArray(from)) {
    const list: Json[] = new Array<Json>(from.length).fill(null);
    from.forEach((item, index) => open.push({ from: item, put: (mapped) => void (list[index] = mapped) }));
    return list;
  }
  if (!isJsonObject(from)) return from;
  const object: JsonObject = {};
  for (const [key, item] of Object.entries(from)) {
    const name = map.text(key);
    setOwn(object, name, null);
    open.push({ from: item, put: (mapped) => setOwn(object, name, mapped) });
  }
  return object;
}

// Plain assignment to the key `__proto__` would change the prototype instead of adding the key.
function setOwn(object: JsonObject, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

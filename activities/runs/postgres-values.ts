import pg from 'pg';
import { isJsonObject, type Json } from '../../workflows/json.ts';
import { parseJson } from './parse-json.ts';

/**
 * How PostgreSQL's types become JSON. A number that JSON holds without loss is a number, any other stays text
 * (`9007199254740993`, `NaN`, more than 15 digits). Timestamps are ISO 8601 (with time zone: in UTC), `bytea` is base64,
 * `json` is parsed, arrays are lists; everything else is PostgreSQL's own text.
 */
export const postgresTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number) => PARSERS.get(oid) ?? asText) as typeof pg.types.getTypeParser,
};

/**
 * A step's parameter as PostgreSQL takes it. Lists of plain values become arrays (`= ANY($1)`); objects, and lists
 * with objects in them, become JSON text (`$1::jsonb`).
 */
export function postgresParameter(value: Json): Json {
  const isJson = isJsonObject(value) || (Array.isArray(value) && holdsObject(value));
  return isJson ? JSON.stringify(value) : value;
}

function holdsObject(list: Json[]): boolean {
  return list.some((one) => (Array.isArray(one) ? holdsObject(one) : isJsonObject(one)));
}

type Parser = (text: string) => Json;

const asText: Parser = (text) => text;
const asBoolean: Parser = (text) => text === 't';
const asDocument: Parser = (text) => {
  const parsed = parseJson(text);
  return parsed ? parsed.value : text;
};
const asBase64: Parser = (text) => Buffer.from(text.replace(/^\\x/, ''), 'hex').toString('base64');

// IEEE 754 doubles keep every decimal of up to 15 significant digits.
const asNumber: Parser = (text) => {
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  if (Number.isSafeInteger(number) && /^-?\d+$/.test(text)) return number;
  const digits = text.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '');
  return digits.length <= 15 ? number : text;
};
// A float8 is a double already, whatever number of digits is printed.
const asFloat: Parser = (text) => (Number.isFinite(Number(text)) ? Number(text) : text);

const asTimestamp: Parser = (text) => text.replace(' ', 'T');
const asInstant: Parser = (text) => {
  const parts = /^(\d{4,6}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d+)?([+-]\d\d)(:\d\d)?$/.exec(text);
  if (!parts) return text;
  const [, date = '', time = '', fraction = '', hours = '', minutes = ':00'] = parts;
  const at = Date.parse(`${date}T${time}${hours}${minutes}`);
  return Number.isNaN(at) ? text : `${new Date(at).toISOString().slice(0, 19)}${fraction}Z`;
};

const TEXT_ARRAY: number = 1009;
const splitArray = pg.types.getTypeParser(TEXT_ARRAY, 'text') as (text: string) => Json;

function asList(parser: Parser): Parser {
  const each = (item: Json): Json => {
    if (Array.isArray(item)) return item.map(each);
    return typeof item === 'string' ? parser(item) : item;
  };
  return (text) => each(splitArray(text));
}

/** Type, its array type (catalogue `pg_type`, stable numbers) and the parser. */
const TYPES: [number, number, Parser][] = [
  [16, 1000, asBoolean],
  [17, 1001, asBase64],
  [20, 1016, asNumber],
  [21, 1005, asNumber],
  [23, 1007, asNumber],
  [26, 1028, asNumber],
  [700, 1021, asFloat],
  [701, 1022, asFloat],
  [1700, 1231, asNumber],
  [114, 199, asDocument],
  [3802, 3807, asDocument],
  [1114, 1115, asTimestamp],
  [1184, 1185, asInstant],
  [25, TEXT_ARRAY, asText],
  [18, 1002, asText],
  [19, 1003, asText],
  [1042, 1014, asText],
  [1043, 1015, asText],
  [1082, 1182, asText],
  [1083, 1183, asText],
  [1186, 1187, asText],
  [2950, 2951, asText],
  [869, 1041, asText],
];
const PARSERS = new Map<number, Parser>(
  TYPES.flatMap(([oid, arrayOid, parser]): [number, Parser][] => [
    [oid, parser],
    [arrayOid, asList(parser)],
  ]),
);

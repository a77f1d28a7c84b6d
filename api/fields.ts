import type { Type } from '@nestjs/common';
import { Args, Field, ID, registerEnumType } from '@nestjs/graphql';
import { toGlobalId, type NodeType } from './global-id.ts';
import { DateTimeScalar } from './scalars.ts';

interface FieldText {
  description: string;
  nullable?: boolean;
}

/** A field with an id: the verbs give UUIDs, clients get global ids. */
export function GlobalIdField(type: NodeType, text: FieldText): PropertyDecorator {
  return Field(() => ID, {
    ...text,
    middleware: [
      async (_, next) => {
        const id = (await next()) as string | null | undefined;
        return id === null || id === undefined ? null : toGlobalId(type, id);
      },
    ],
  });
}

/** A field with a point in time. */
export function TimeField(text: FieldText): PropertyDecorator {
  return Field(() => DateTimeScalar, text);
}

/** The field `idempotencyKey` of the input of a mutation that makes something. */
export function IdempotencyKeyField(): PropertyDecorator {
  return Field(() => String, {
    nullable: true,
    description:
      'A key of your own for this request, 1 to 255 characters. For 24 hours the same request by you with the same ' +
      'key makes nothing again and gives the same answer; another request with it is a CONFLICT.',
  });
}

/** The argument `input` of a mutation. */
export function Input(): ParameterDecorator {
  return Args('input', { description: 'What to do, and to what.' });
}

/** The argument `filter` of a list. */
export function Filter(type: () => Type): ParameterDecorator {
  return Args('filter', { type, nullable: true, description: 'Narrows the list; everything when left out.' });
}

/** Makes a GraphQL enum of a list of texts, the same on both sides; returns what `@Field(() => …)` takes. */
export function enumOf<Value extends string>(
  name: string,
  description: string,
  values: Record<Value, string>,
): Record<Value, Value> {
  const names = Object.keys(values) as Value[];
  const made = Object.fromEntries(names.map((value) => [value, value])) as Record<Value, Value>;
  const valuesMap = Object.fromEntries(names.map((value) => [value, { description: values[value] }]));
  registerEnumType(made, {
    name,
    description,
    valuesMap: valuesMap as Record<Value, { description: string }>,
  });
  return made;
}

import { printSchema } from 'graphql';
import { createLogger } from '../activities/log.ts';
import { createNest } from './create-app.ts';

/** Where the schema is kept, from this folder. */
export const SCHEMA_FILE = 'schema.graphql';

/** The schema that the API serves, as text. Needs no server. */
export async function schemaText(): Promise<string> {
  const app = await createNest(createLogger({ level: 'error', pretty: false }), false);
  await app.init();
  const fastify = app.getHttpAdapter().getInstance();
  const text = printSchema(fastify.graphql.schema);
  await app.close();
  return `# Made by api/emit-schema.ts from the resolvers. Do not edit.\n\n${text}\n`;
}

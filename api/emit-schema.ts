import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SCHEMA_FILE, schemaText } from './schema-text.ts';

// Writes api/schema.graphql from the booted module. Run it after a change of the API; a test compares.
await writeFile(join(import.meta.dirname, SCHEMA_FILE), await schemaText());
process.stdout.write(`Written: api/${SCHEMA_FILE}\n`);

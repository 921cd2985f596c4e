/**
 * Writes `schemas/config.schema.json`, the JSON Schema of the configuration file, from the schema that the loader itself
 * uses.
 */
import { z } from 'zod';

import { configSchema } from '../src/config/schema.ts';
import { generate } from './generated.ts';

const ID = 'https://raw.githubusercontent.com/planwarden/planwarden/main/schemas/config.schema.json';

/** With `--check` only compares. */
await generate(async () => {
  const { $schema, ...body } = z.toJSONSchema(configSchema);
  const schema = {
    $schema,
    $id: ID,
    title: 'planwarden configuration',
    description:
      'The file `.planwarden.yaml`, `planwarden.yml` or `.github/planwarden.yml`. It is read from the base branch, never from the pull request under review.',
    ...body,
  };
  return new Map([['schemas/config.schema.json', `${JSON.stringify(schema, null, 2)}\n`]]);
});

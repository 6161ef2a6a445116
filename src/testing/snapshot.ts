import * as path from 'path';
import { stacksOf, Subject } from './synthesis';

/**
 * A synthesized stack without what changes though nothing has changed for Azure: metadata, versions of providers and folders of this
 * machine. Keys are sorted; lists keep their order, which may matter.
 *
 * @param stack the stack as Terraform reads it, parsed or as text
 */
export function normalized(stack: object | string): any {
  const json = sorted(typeof stack === 'string' ? JSON.parse(stack) : stack);
  for (const provider of Object.values<any>(json.terraform?.required_providers ?? {})) {
    delete provider.version;
  }
  const states = Object.values<any>(json.data?.terraform_remote_state ?? {}).map(({ config }) => config);
  for (const local of [json.terraform?.backend?.local, ...states]) {
    // cdktf writes where the program happened to run
    if (typeof local?.path === 'string') {
      local.path = path.basename(local.path);
    }
  }
  return json;
}

/** What to keep as a snapshot: every stack of the subject by its name, normalized. */
export function snapshotOf(subject: Subject): Record<string, any> {
  return Object.fromEntries(Object.entries(stacksOf(subject)).map(([name, json]) => [name, normalized(json)]));
}

function sorted(value: any): any {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const keys = Object.keys(value).filter((key) => key !== '//');
  return Object.fromEntries(keys.sort().map((key) => [key, sorted(value[key])]));
}

import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Manifest, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { stackFolders } from './terraform/stack';

/** What can be tested: an app, a stack or any construct in one, or a folder that holds what was synthesized. */
export type Subject = IConstruct | string;

/** A synthesized stack on disk. */
export interface StackFolder {
  readonly name: string;
  readonly folder: string;

  /** Whether it belongs to the subject, and not merely to the same app. */
  readonly meant: boolean;
}

/** Every stack of a subject, as Terraform reads it, by its name. */
export function stacksOf(subject: Subject): Record<string, any> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'synthesis-'));
  try {
    const meant = synthesize(subject, scratch).filter((stack) => stack.meant);
    return Object.fromEntries(meant.map(({ name, folder }) => [name, readStack(folder)]));
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

/**
 * Synthesizes the app of a subject, validations included, and leaves its own output folder alone. A folder is taken as it is.
 *
 * @param into an empty folder
 */
export function synthesize(subject: Subject, into: string): StackFolder[] {
  if (typeof subject === 'string') {
    return stackFolders(subject).map((folder) => ({ name: nameOf(folder), folder, meant: true }));
  }
  const app = App.of(subject);
  const kept = { outdir: app.outdir, manifest: app.manifest };
  try {
    // also what a subclass does in synth() counts
    Object.assign(app, { outdir: into, manifest: new Manifest(app.manifest.version, into, app.hclOutput) });
    app.synth();
  } finally {
    Object.assign(app, kept);
  }
  const only = App.isApp(subject) ? undefined : TerraformStack.of(subject).node.id;
  return stackFolders(into).map((folder) => {
    const name = nameOf(folder);
    return { name, folder, meant: only === undefined || only === name };
  });
}

/** The stack in a folder. */
export function readStack(folder: string): any {
  return JSON.parse(fs.readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8'));
}

function nameOf(folder: string): string {
  return readStack(folder)['//']?.metadata?.stackName ?? path.basename(folder);
}

import * as fs from 'fs';
import * as path from 'path';
import { scratch } from '../support/scratch';

const { main } = jest.requireActual('../../assets/delivery/static-site.cjs');
const { SiteWorld, sha256, zipOf } = jest.requireActual('./fakes/static-site.cjs');

/** An archive of a site whose page is its version, and the run that built it. */
export function built(version: string, files: object = {}) {
  const content = zipOf({ 'index.html': version, ...files });
  return { version, run: `10${version.charCodeAt(0)}`, sha: sha256(content), content };
}

export const [OLD, NEW] = [built('old'), built('new')];
export type Built = typeof OLD;

let folder: string;

/** Writes an archive; answers the file. */
function fileOf({ version, content }: Built): string {
  const file = path.join(folder, `${version}.zip`);
  fs.writeFileSync(file, content);
  return file;
}

const previousOf = (one: Built) => ({ SITE_PREVIOUS: fileOf(one), SITE_PREVIOUS_VERSION: one.version });
export const envOf = (one: Built, previous?: Built) => ({
  SITE_VERSION: one.version,
  SITE_ARCHIVE: fileOf(one),
  SITE_ARCHIVE_SHA256: one.sha,
  SITE_RUN: one.run,
  ...(previous && previousOf(previous)),
});

type Env = { [name: string]: string };
export let [DEPLOY, RETURN, ROLLBACK]: Env[] = [];

/** Archives for a file of tests: those of another one are gone with it. */
export function archivesBeforeAll(): void {
  beforeAll(() => {
    folder = scratch('site');
    DEPLOY = envOf(NEW, OLD);
    RETURN = { ...DEPLOY, SITE_ACTION: 'return' };
    ROLLBACK = { SITE_ACTION: 'rollback', ...previousOf(OLD) };
  });
}

export const ill = ({ 'index.html': page }: { [file: string]: string }) => page === 'new';
export const pageOf = (world: any) => world.live?.['index.html'];
export const noteOf = ({ version, run, sha }: Built) => `${version}@${run}#${sha}`;

/** A site on which the old version was released. */
export async function siteWith(options: object = {}): Promise<any> {
  const world = new SiteWorld(options);
  await world.run(main, envOf(OLD));
  return world;
}

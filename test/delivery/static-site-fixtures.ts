import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const { main } = jest.requireActual('../../assets/delivery/static-site.cjs');
const { SiteWorld, sha256, zipOf } = jest.requireActual('./fakes/static-site.cjs');
export const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'site-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** An archive of a site whose page is its version, and the run that built it. */
export function built(version: string, files: object = {}) {
  const content = zipOf({ 'index.html': version, ...files });
  const file = path.join(scratch, `${version}.zip`);
  fs.writeFileSync(file, content);
  return { version, file, run: `10${version.charCodeAt(0)}`, sha: sha256(content), content };
}

export const [OLD, NEW] = [built('old'), built('new')];
export type Built = typeof OLD;

export const envOf = ({ version, file, run, sha }: Built, previous?: Built) => ({
  SITE_VERSION: version,
  SITE_ARCHIVE: file,
  SITE_ARCHIVE_SHA256: sha,
  SITE_RUN: run,
  ...(previous && { SITE_PREVIOUS: previous.file, SITE_PREVIOUS_VERSION: previous.version }),
});
export const DEPLOY = envOf(NEW, OLD);
export const RETURN = { ...DEPLOY, SITE_ACTION: 'return' };
export const ROLLBACK = { SITE_ACTION: 'rollback', SITE_PREVIOUS: OLD.file, SITE_PREVIOUS_VERSION: OLD.version };
export const ill = ({ 'index.html': page }: { [file: string]: string }) => page === 'new';
export const pageOf = (world: any) => world.live?.['index.html'];
export const noteOf = ({ version, run, sha }: Built) => `${version}@${run}#${sha}`;

/** A site on which the old version was released. */
export async function siteWith(options: object = {}): Promise<any> {
  const world = new SiteWorld(options);
  await world.run(main, envOf(OLD));
  return world;
}

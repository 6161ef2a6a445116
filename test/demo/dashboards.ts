import * as fs from 'fs';
import * as path from 'path';
import { DrawnWorkbook, previewOf } from './workbook-preview';

/** Terraform type of workbooks. */
const WORKBOOK = 'azurerm_application_insights_workbook';

/** What is read of a stack. */
interface StackJson {
  readonly resource?: { readonly [type: string]: { readonly [id: string]: WorkbookJson } };
}

interface WorkbookJson {
  readonly display_name: string;
  readonly data_json: string;
}

/**
 * Draws the layout of every dashboard of the stacks for production, and a page that shows them all.
 *
 * @returns The page, if there is something on it.
 */
export function drawDashboards(outdir: string, stacks: readonly string[]): string | undefined {
  const drawn = stacks
    .filter((stack) => stack.endsWith('-prod'))
    .flatMap((stack) =>
      workbooksOf(path.join(outdir, 'stacks', stack, 'cdk.tf.json')).map(
        ({ display_name: title, data_json: json }) => ({
          title: `${stack}: ${title}`,
          file: `${stack}-${title.replace(/\W+/g, '-').toLowerCase()}.svg`,
          svg: previewOf(workbookFrom(json)),
        }),
      ),
    );
  if (drawn.length === 0) {
    return undefined;
  }
  const folder = path.join(outdir, 'dashboards');
  fs.mkdirSync(folder, { recursive: true });
  drawn.forEach(({ file, svg }) => fs.writeFileSync(path.join(folder, file), svg));
  const page = path.join(folder, 'index.html');
  fs.writeFileSync(page, pageOf(drawn));
  return page;
}

function workbooksOf(file: string): WorkbookJson[] {
  const { resource = {} }: StackJson = JSON.parse(fs.readFileSync(file, 'utf8'));
  return Object.values(resource[WORKBOOK] ?? {}).sort((a, b) => (a.display_name < b.display_name ? -1 : 1));
}

/** Expressions of Terraform have quotes of their own, and are of no interest here. */
function workbookFrom(json: string): DrawnWorkbook {
  return JSON.parse(json.replace(/\$\{[^}]*\}/g, 'computed'));
}

function pageOf(drawn: ReadonlyArray<{ readonly title: string; readonly file: string }>): string {
  const links = drawn.map(({ title, file }) => `<li><a href="#${file}">${title}</a></li>`);
  const pictures = drawn.map(({ title, file }) => `<h2 id="${file}">${title}</h2>\n<img src="${file}" alt="${title}">`);
  return [
    '<!doctype html>',
    '<meta charset="utf-8">',
    '<title>Dashboards</title>',
    '<h1>Dashboards: their layout, with real titles and queries, and sketches in the place of data</h1>',
    `<ul>${links.join('')}</ul>`,
    ...pictures,
    '',
  ].join('\n');
}

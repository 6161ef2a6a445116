import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import { dirname, join, resolve } from 'path';
import * as ts from 'typescript';

/**
 * Makes compiled modules load what they import when they first use it: whoever defines a storage account does not wait for the
 * classes of a web app. Lines stay where they are, so that stack traces still tell the truth.
 */
export function withLazyRequires(code: string): string {
  const file = ts.createSourceFile('module.js', code, ts.ScriptTarget.ES2022, true);
  const loaded = new Map(file.statements.flatMap((statement) => requireIn(statement) ?? []));
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableStatement(node) && loaded.has(nameIn(node))) {
      const name = nameIn(node);
      const load = loaded.get(name);
      edits.push({
        node,
        text: `let ${name} = () => { const loaded = ${load}; ${name} = () => loaded; return loaded; };`,
      });
      return;
    }
    if (ts.isIdentifier(node) && loaded.has(node.text) && !isMemberName(node)) {
      // in parentheses, since `new a().B()` would be `(new a()).B()`
      edits.push({ node, text: `(${node.text}())` });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return edits.reduceRight(
    (text, { node, text: replacement }) => text.slice(0, node.getStart()) + replacement + text.slice(node.getEnd()),
    code,
  );
}

/** Makes `export *` load a module when one of its names is first asked for. */
export function withLazyExports(code: string, namesIn: (module: string) => readonly string[]): string {
  const taken = new Set([...code.matchAll(/\bexports\.(\w+) = /g)].map(([, name]) => name));
  const names: string[] = [];
  const lazy = code.replace(EXPORT_STAR, (_line, module: string) => {
    const own = namesIn(module).filter((name) => !taken.has(name));
    own.forEach((name) => taken.add(name));
    names.push(...own);
    return own.map((name) => `${HELPER}("${name}", () => require("${module}"));`).join(' ');
  });
  // named once in plain sight, where Node looks for what `import { … }` may name
  const seen = `${names.map((name) => `exports.${name} = `).join('')}void 0;`;
  return names.length === 0 ? lazy : lazy.replace(/^"use strict";/, `"use strict"; ${seen} ${DEFINITION}`);
}

const EXPORT_STAR = /^__exportStar\(require\("([^"]+)"\), exports\);/gm;
const HELPER = 'exportLazily';
const DEFINITION = `const ${HELPER} = (name, load) => Object.defineProperty(exports, name, { ${[
  'configurable: true',
  'enumerable: true',
  'get: () => { const value = load()[name]; Object.defineProperty(exports, name, { value, enumerable: true }); return value; }',
].join(', ')} });`;

interface Edit {
  readonly node: ts.Node;
  readonly text: string;
}

/** The name that the compiler gave to an imported module, and the call that loads it. */
function requireIn(statement: ts.Statement): Array<[string, string]> | undefined {
  const [declaration] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
  const { name, initializer } = declaration ?? {};
  const isRequire =
    initializer && ts.isCallExpression(initializer) && initializer.expression.getText() === 'require' && name;
  return isRequire && /_\d+$/.test(name.getText()) ? [[name.getText(), initializer.getText()]] : undefined;
}

function nameIn({ declarationList }: ts.VariableStatement): string {
  return declarationList.declarations[0].name.getText();
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
}

/** Rewrites every module of a folder. */
function main(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => join(folder, file));
  const load = createRequire(__filename);
  // what modules export is asked of the modules themselves, so before any of them changes
  const rewritten = files.map((file) => {
    const namesIn = (module: string) => Object.keys(load(resolve(dirname(file), module)));
    return [file, withLazyRequires(withLazyExports(readFileSync(file, 'utf8'), namesIn))] as const;
  });
  for (const [file, code] of rewritten) {
    writeFileSync(file, code);
  }
}

if (require.main === module) {
  main(resolve(process.argv[2]));
}

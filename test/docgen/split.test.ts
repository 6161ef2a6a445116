import { pagesOf } from './split';

const type = (name: string, text: string) =>
  `### ${name} <a name="${name}" id="azure-platform-constructs.${name}"></a>\n\n${text}\n\n`;
const see = (name: string) => `<a href="#azure-platform-constructs.${name}">${name}</a>`;
const kind = (name: string, ...types: string[]) =>
  `## ${name} <a name="${name}" id="${name}"></a>\n\n${types.join('')}`;

const REFERENCE = `# API Reference <a name="API Reference" id="api-reference"></a>

${kind('Constructs', type('App', `Takes ${see('AppProps')} and ${see('IVault')}.`), type('Vault', 'Keeps.'))}
${kind('Structs', type('AppProps', '#### Initializer\n\ntext'))}
${kind('Protocols', type('IVault', `- *Implemented By:* ${see('Vault')}`))}`;

const FOLDERS = new Map([
  ['App', 'web'],
  ['AppProps', 'web'],
  ['Vault', 'security'],
  ['IVault', 'contracts'],
]);

test('gives each folder a page, and links across', () => {
  const pages = pagesOf(REFERENCE, FOLDERS);

  expect([...pages.keys()]).toEqual(['API.md', 'docs/api/contracts.md', 'docs/api/security.md', 'docs/api/web.md']);
  expect(pages.get('docs/api/web.md')).toContain(
    'Takes <a href="#azure-platform-constructs.AppProps">AppProps</a> and <a href="contracts.md#azure-platform-constructs.IVault">IVault</a>.',
  );
  expect(pages.get('docs/api/web.md')).toContain('#### Initializer\n\ntext');
  expect(pages.get('API.md')).toContain(
    '- Protocols: [IVault](docs/api/contracts.md#azure-platform-constructs.IVault)',
  );
});

test('fails: a type that the assembly does not know', () => {
  expect(() => pagesOf(REFERENCE, new Map())).toThrow(
    'App: is in the reference, but not in the jsii assembly; compile first',
  );
});

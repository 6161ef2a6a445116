import { documentedIn, withWholeSentences } from './sentences';

const row = (name: string, words: string) =>
  `| <code><a href="#azure-platform-constructs.Vault.${name}">${name}</a></code> | <code>string</code> | ${words} |`;

const ASSEMBLY = {
  Vault: {
    name: 'Vault',
    docs: { summary: 'Keeps.' },
    properties: [
      {
        name: 'key',
        docs: { summary: 'Short key;', remarks: 'a literal, e.g. `db`, that\nnever changes. More.\n\nMore.' },
      },
      { name: 'days', docs: { summary: 'Short key;', remarks: 'another one' } },
    ],
  },
};

test('a row has its first sentence as a whole', () => {
  const rows = [row('key', 'Short key;'), row('days', 'Short key;'), row('other', 'Not known;'), row('name', 'Name.')];

  expect(withWholeSentences(rows.join('\n'), documentedIn(ASSEMBLY)).split('\n')).toEqual([
    row('key', 'Short key; a literal, e.g. `db`, that never changes.'),
    row('days', 'Short key; another one'),
    row('other', 'Not known;'),
    row('name', 'Name.'),
  ]);
});

test('a paragraph goes on behind a semicolon, code and lists stay as they are', () => {
  const code = '```typescript\nnew Vault();\n\nnew App();\n```';

  expect(withWholeSentences(`Short key;\n\n\`db\`, a literal.\n\nMore;\n\n---\n\n${code}\n`, [])).toBe(
    `Short key; \`db\`, a literal.\n\nMore;\n\n---\n\n${code}\n`,
  );
});

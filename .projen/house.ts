/** One zone per folder of src that may not see every other one; see CONTRIBUTING.md for the table. */
export function sidewaysZones(): object[] {
  const means = ['core', 'contracts', 'access', 'network'];
  const each = (folders: string, allowed: string[]) => folders.split(' ').map((folder) => [folder, allowed] as const);
  const mayImport = Object.fromEntries([
    ...each('contracts secrets sas', []),
    ...each('compliance testing', ['secrets']),
    ...each('core', ['contracts']),
    ...each('cli', ['core']),
    ...each('access network delivery documents', ['core', 'contracts']),
    ...each('observability', ['core', 'contracts', 'access']),
    ...each('web', [...means, 'secrets']),
    ...each('data storage security edge kubernetes tenancy jobs resilience cost', means),
  ]);
  return Object.entries(mayImport).map(([folder, allowed]) => ({
    target: `./src/${folder}`,
    from: './src',
    except: [folder, ...allowed].map((name) => `./${name}`),
    message: `src/${folder} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other folder'}.`,
  }));
}

import * as fs from 'fs';
import * as path from 'path';
import { answerTo, at, scratchFolder, StackFixture, synthesized } from './fixture';

export const folder = scratchFolder();
export const out = path.join(folder, 'cdktf.out');
export const file = path.join(folder, 'addresses.lock.json');
export const lock = (...args: string[]) => answerTo('lock', out, '--file', file, ...args);

const ACCOUNT = 'azurerm_storage_account';
/** A stack as it was when its addresses were locked. */
export const before: StackFixture = {
  resource: {
    [ACCOUNT]: {
      Shop_Acme_0A1B2C3D: at('shop/Shop/Acme/Resource'),
      Shop_Globex_1A1B2C3D: at('shop/Shop/Globex/Resource'),
    },
    azurerm_key_vault: { Shop_Vault_2A1B2C3D: at('shop/Shop/Vault/Resource') },
  },
  module: { naming: {} },
};

// Each test of a file that imports this starts with a stack and its lock.
beforeEach(() => {
  fs.rmSync(out, { recursive: true, force: true });
  fs.rmSync(file, { force: true });
  synthesized(out, { shop: before });
  lock();
});

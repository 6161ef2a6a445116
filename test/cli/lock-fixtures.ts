import * as path from 'path';
import { scratch } from '../support/scratch';
import { answerTo, at, StackFixture, synthesized } from './fixture';

/** Of the test that runs, in files that call `lockedBeforeEach`. */
export let [folder, out, file]: string[] = [];
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

/** Each test starts with a stack and its lock. */
export function lockedBeforeEach(): void {
  beforeEach(() => {
    folder = scratch('lock');
    out = path.join(folder, 'cdktf.out');
    file = path.join(folder, 'addresses.lock.json');
    synthesized(out, { shop: before });
    lock();
  });
}

import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { Workload } from '../core/workload';
import type { SecureWebApp } from './secure-web-app';
import { STAGING } from './web-app-endpoints';

/** How the release before this one comes back, for an app with a slot. */
export function swapBack(app: SecureWebApp): RecoveryStep {
  const group = Workload.of(app).knownResourceGroupName;
  return {
    key: 'SwapBack',
    occasion: RecoveryOccasion.ROLLBACK,
    summary: `Puts the previous release of ${app.webAppName} back in front of customers`,
    commands: [
      `az webapp deployment slot swap --resource-group ${group} --name ${app.webAppName} --slot ${STAGING} --target-slot production`,
    ],
    minutes: 5,
  };
}

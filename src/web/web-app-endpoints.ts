import { addressOf } from '../core/protection';
import { PrivateEndpoint } from '../network/private-endpoint';
import { PrivateLinkTarget } from '../network/private-link-target';
import type { SecureWebApp } from './secure-web-app';
import { SecureWebAppProps } from './secure-web-app-props';

/** Name of the slot that releases go to first; it is part of host names and of private endpoints. */
export const STAGING = 'staging';

/**
 * Gives an app and its slot an address each in the network, where there is one.
 */
export function definePrivateEndpoints(app: SecureWebApp, { network }: SecureWebAppProps): void {
  if (!network) {
    return;
  }
  const resourceId = app.webAppId;
  new PrivateEndpoint(app, 'PrivateEndpoint', { network, resourceId, target: PrivateLinkTarget.SITES });
  const { stagingSlot } = app.resources;
  if (stagingSlot) {
    const target = PrivateLinkTarget.slot(STAGING);
    const staging = new PrivateEndpoint(app, 'StagingPrivateEndpoint', { network, resourceId, target });
    // its id is that of the app, so nothing else says that the slot comes first
    staging.resources.privateEndpoint.dependsOn = [addressOf(stagingSlot)];
  }
}

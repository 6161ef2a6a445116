import { PrivateEndpoint as AzurePrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { Construct } from 'constructs';
import { IPrivateNetwork } from '../contracts/network';
import { PrivateEndpoint } from './private-endpoint';
import { PrivateLinkTarget } from './private-link-target';

/**
 * Defines the endpoint of a construct, where that was given a network.
 *
 * @param owner The construct.
 * @param network The network, if there is one.
 * @param resourceId Azure resource id of what the endpoint leads to.
 * @param target Which part of it.
 */
export function definePrivateEndpoint(
  owner: Construct,
  network: IPrivateNetwork | undefined,
  resourceId: string,
  target: PrivateLinkTarget,
): AzurePrivateEndpoint | undefined {
  return (
    network && new PrivateEndpoint(owner, 'PrivateEndpoint', { network, resourceId, target }).resources.privateEndpoint
  );
}

import { Fn } from 'cdktf';
import { isComputed } from './validation';

/**
 * The id of the resource group that something lies in, taken from its own id; an expression where Terraform has yet to compute that.
 */
export function resourceGroupIdOf(resourceId: string): string {
  return beginningOf(resourceId, 5);
}

/**
 * The id of a resource group in the subscription that something lies in.
 */
export function neighbouringGroupId(resourceId: string, resourceGroupName: string): string {
  return `${beginningOf(resourceId, 4)}/${resourceGroupName}`;
}

function beginningOf(resourceId: string, parts: number): string {
  return isComputed(resourceId)
    ? Fn.join('/', Fn.slice(Fn.split('/', resourceId), 0, parts))
    : resourceId.split('/').slice(0, parts).join('/');
}

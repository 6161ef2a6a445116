import { aNetwork } from '../core/collaborators';
import { Kinds, someTexts } from '../core/kinds';
import { isComputed, isText, isWholeBetween, shown } from '../core/validation';
import { publicAddressProblems } from '../network/public-addresses';
import { StateAccountProps } from './state-account';

/** What an account takes. */
export const STATE_ACCOUNT_KINDS: Kinds<StateAccountProps> = {
  'allowedIpRules?': someTexts,
  'network?': aNetwork,
  'ignoreChanges?': someTexts,
};

const ACCOUNT_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Storage\/storageAccounts\/[a-z0-9]{3,24}$/i;

/** What is wrong with the props of a state account, its name aside. */
export function stateProblems(
  { network, allowedIpRules = [] }: StateAccountProps,
  containerName: string,
  recoveryDays: number,
  versionDays: number,
): Array<string | false> {
  return [
    network === undefined &&
      allowedIpRules.length === 0 &&
      "one of 'network' and 'allowedIpRules' must say who reaches the account, or nothing could run Terraform with it: give a network that the runners sit in, or the public addresses that they come from",
    ...publicAddressProblems('allowedIpRules', allowedIpRules),
    containerProblem(containerName),
    !isWholeBetween(recoveryDays, 7, 365) && `'recoveryDays' must be a whole number from 7 to 365, got ${recoveryDays}`,
    !isWholeBetween(versionDays, 7, 3650) && `'versionDays' must be a whole number from 7 to 3650, got ${versionDays}`,
  ];
}

/** What is wrong with the id of an existing account. */
export function accountIdProblem(storageAccountId: string): string | false {
  if (isComputed(storageAccountId)) {
    return "'storageAccountId' must be a literal, because Terraform reads the backend before it computes anything; got a value that Terraform has yet to compute";
  }
  return (
    !ACCOUNT_ID.test(storageAccountId) &&
    `'storageAccountId' must be '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Storage/storageAccounts/<name>', got ${shown(storageAccountId)}`
  );
}

/** What is wrong with the name of a container. */
export function containerProblem(name: string): string | false {
  if (isComputed(name)) {
    return "'containerName' must be a literal, because Terraform reads the backend before it computes anything; got a value that Terraform has yet to compute";
  }
  return (
    !isText(name, /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/) &&
    `'containerName' must have 3 to 63 lower-case letters, digits or single hyphens between them, got ${shown(name)}`
  );
}

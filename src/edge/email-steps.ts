import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { EmailSetupStep } from './email-service-props';

/** What Azure verifies; it has no say in DMARC. */
const PARTS = ['Domain', 'SPF', 'DKIM', 'DKIM2'];

/** First version of Azure's interface that can switch keys off for good. */
const API_VERSION = '2025-05-01';

const [ATTEMPTS, SECONDS] = [60, 30];

/** The names that commands are made with, all of them literals. */
export interface EmailNames {
  readonly group: string;
  readonly service: string;
  readonly emailService: string;
  /** The domain, as long as it is not verified. */
  readonly unverified?: string;
}

/**
 * What Terraform cannot do for a service: switch its keys off, and have its domain verified.
 */
export function setupSteps({ group, service, emailService, unverified }: EmailNames): EmailSetupStep[] {
  const id = `$(az communication show --resource-group ${group} --name ${service} --query id --output tsv)`;
  return [
    {
      key: 'KeysOff',
      summary: `Switches the keys of ${service} off, so that only identities can send; azurerm has no argument for it`,
      commands: [
        `az rest --method patch --url "https://management.azure.com${id}?api-version=${API_VERSION}" --body '{"properties":{"disableLocalAuth":true}}'`,
      ],
      minutes: 2,
    },
    ...(unverified === undefined ? [] : [verification(group, emailService, unverified)]),
  ];
}

/**
 * What to do when somebody may have read the keys of a service, e.g. in the state: nobody of ours uses them.
 */
export function newKeys(group: string, service: string): RecoveryStep {
  return {
    key: 'NewKeys',
    occasion: RecoveryOccasion.RENEWAL,
    summary: `Makes the keys of ${service} worthless that somebody may have read; programs send under their identity and notice nothing.`,
    commands: ['Primary', 'Secondary'].map(
      (key) => `az communication regenerate-key --resource-group ${group} --name ${service} --key-type ${key}`,
    ),
    minutes: 5,
  };
}

/** Asks for what is not verified yet, and waits; after that, `verified` is to be set. */
function verification(group: string, emailService: string, domainName: string): EmailSetupStep {
  const of = `--resource-group ${group} --email-service-name ${emailService} --domain-name ${domainName}`;
  const states = PARTS.map(
    (part) => `verificationStates.${part}.status || verificationStates.${part.toLowerCase()}.status`,
  );
  const state = (query: string) => `$(az communication email domain show ${of} --query "${query}" --output tsv)`;
  return {
    key: 'VerifyDomain',
    summary: `Has Azure verify ${domainName} by its records, which must be public by then; set 'verified' afterwards`,
    commands: [
      ...PARTS.map(
        (part, i) =>
          `[ "${state(states[i])}" = Verified ] || az communication email domain initiate-verification ${of} --verification-type ${part}`,
      ),
      `for attempt in $(seq ${ATTEMPTS}); do found=${state(`length([${states.join(', ')}][?@ == 'Verified'])`)}; [ "$found" = ${PARTS.length} ] && break; sleep ${SECONDS}; done`,
      `[ "$found" = ${PARTS.length} ]`,
    ],
    minutes: (ATTEMPTS * SECONDS) / 60 + 2,
  };
}

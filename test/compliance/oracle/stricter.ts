const DEAD_NAME = 'Checkov reads the name that azurerm had before version 4';
const INIT = 'Checkov does not look at containers that run first';
const EMPTY = 'Checkov takes an empty value for an answer';

/** Where a rule objects to what Checkov lets pass, and why. */
export const STRICTER: { [ruleAndCheck: string]: string } = {
  'WEB-012 CKV_AZURE_57': 'Checkov knows a wildcard only where it stands alone',
  'WEB-013 CKV_AZURE_63': EMPTY,
  'WEB-017 CKV_AZURE_213': EMPTY,
  'APM-002 CKV_AZURE_173': DEAD_NAME,
  'ACR-005 CKV_AZURE_165': EMPTY,
  'CFG-002 CKV_AZURE_185': 'left out, or anything but Disabled, the store is public until it has a private endpoint',
  'IAM-004 CKV_AZURE_249': 'Checkov overlooks wildcards inside of a name, and an empty claim',
  'K8S-005 CKV_K8S_12': INIT,
  'K8S-007 CKV_K8S_14': 'Checkov takes the port of a registry for a tag',
  'K8S-013 CKV_K8S_20': `left out, Kubernetes allows it; ${INIT}`,
  'K8S-015 CKV_K8S_22': 'Checkov looks no further where there is no security context',
  'K8S-022 CKV_K8S_35': 'Checkov reads the first variable only',
  'K8S-025 CKV_K8S_43': 'Checkov looks no further where there is no image',
  'NET-020 CKV_AZURE_119': 'Checkov knows addresses of the same stack only, and finds none that is an id',
  'NET-020 CKV2_AZURE_39': 'Checkov asks for a public address together with a serial console',
  'NET-021 CKV_AZURE_118': DEAD_NAME,
  'NET-030 CKV_AZURE_12': 'Checkov does not miss the number of days, which the provider requires',
  'NET-041 CKV_AZURE_183': 'Checkov lets pass what is no address',
  'PGS-002 CKV2_AZURE_26': 'Checkov knows 0.0.0.0 and 255.255.255.255, and no other wide range',
  'RED-013 CKV_AZURE_91': DEAD_NAME,
  'STO-004 CKV2_AZURE_38': 'Checkov asks for the block, and not for how many days',
  'STO-015 CKV_AZURE_244': 'left out, azurerm switches local users on',
  'STO-018 CKV_AZURE_3': DEAD_NAME,
  'VLT-004 CKV_AZURE_111': 'soft delete cannot be switched off since version 3; the number of days can be cut',
};

/** Where Checkov objects to what a rule lets pass, and why that is right. */
export const MILDER: { [ruleAndCheck: string]: string } = {
  'STO-004 CKV2_AZURE_38': 'premium file shares have no blobs, and no blob properties either',
};

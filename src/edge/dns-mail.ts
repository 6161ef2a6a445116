import { DnsRecordType } from '../contracts/dns';
import { APEX } from './dns-record-rules';

const { MX, TXT } = DnsRecordType;

const DMARC = '_dmarc';

/**
 * What a domain says that neither sends nor receives mail: nobody may send for it, there are no keys, and no exchange.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7505
 */
export const NO_MAIL: Array<[DnsRecordType, string, string]> = [
  [MX, APEX, '0 .'],
  [TXT, APEX, 'v=spf1 -all'],
  [TXT, '*._domainkey', 'v=DKIM1; p='],
  [TXT, DMARC, 'v=DMARC1; p=reject; sp=reject; adkim=s; aspf=s'],
];

/**
 * Whether a record says something about mail of the zone itself; that of names below it is their own affair.
 */
export function concernsMail(type: DnsRecordType, name: string, values: string[]): boolean {
  return (
    (type === MX && name === APEX) ||
    (type === TXT && name === DMARC) ||
    /^[^.]+\._domainkey$/.test(name) ||
    (type === TXT && name === APEX && values.some(isSpf))
  );
}

/**
 * What is wrong with texts that are together under one name, as a clause for `rejectIf()`: of two policies, receivers
 * follow none.
 */
export function policyProblem(name: string, texts: string[]): string | false {
  const policies = [
    ['SPF', texts.filter(isSpf), 'put all that may send into one'],
    ['DMARC', texts.filter((text) => /^v=DMARC1\b/i.test(text)), 'a domain has one policy'],
  ] as const;
  const [twice] = policies.filter(([, found]) => found.length > 1);
  return (
    twice !== undefined &&
    `the name ${name} must have one ${twice[0]} record, of several receivers follow none: ${twice[2]}; got ${twice[1].map((text) => JSON.stringify(text)).join(' and ')}`
  );
}

function isSpf(text: string): boolean {
  return /^v=spf1\b/i.test(text);
}

import { Verdict } from '../../../src/compliance/rule';
import { Attributes } from '../../../src/compliance/values';

const { COMPLIANT, VIOLATED, CANNOT_BE_CHECKED } = Verdict;

const OPEN = {
  access: 'Allow',
  direction: 'Inbound',
  protocol: 'Tcp',
  source_address_prefix: 'Internet',
  destination_port_range: '443',
};

const open = (changes: Attributes): Attributes => ({ ...OPEN, ...changes });
const all = open({ protocol: '*', destination_port_range: '*' });

/** Rules of a security group, and what the rules about traffic say. */
export const NETWORK_TRAFFIC: Array<{ rule: string; rules: Attributes[]; verdict: Verdict }> = [
  ...['*', 'Internet', 'any', '0.0.0.0', '0.0.0.0/0', '::/0', '0.0.0.0/1', '2000::/3'].map((source) => ({
    rule: 'NET-001',
    rules: [open({ source_address_prefix: source })],
    verdict: VIOLATED,
  })),
  ...['10.0.0.0/8', 'VirtualNetwork', 'AzureFrontDoor.Backend', '203.0.113.7', 'fc00::/7'].map((source) => ({
    rule: 'NET-001',
    rules: [open({ source_address_prefix: source })],
    verdict: COMPLIANT,
  })),
  { rule: 'NET-001', rules: [], verdict: COMPLIANT },
  { rule: 'NET-001', rules: [open({ direction: 'Outbound' })], verdict: COMPLIANT },
  { rule: 'NET-001', rules: [open({ access: 'Deny' })], verdict: COMPLIANT },
  { rule: 'NET-001', rules: [open({ access: '${var.access}' })], verdict: CANNOT_BE_CHECKED },
  { rule: 'NET-001', rules: [open({ source_address_prefix: '${var.source}' })], verdict: CANNOT_BE_CHECKED },
  { rule: 'NET-001', rules: [open({ access: 'Deny', protocol: '${var.protocol}' })], verdict: COMPLIANT },
  {
    rule: 'NET-001',
    rules: [open({ source_address_prefix: undefined, source_address_prefixes: ['10.0.0.0/8', '0.0.0.0/0'] })],
    verdict: VIOLATED,
  },
  { rule: 'NET-001', rules: [open({ source_address_prefix: '10.0.0.0/8' }), OPEN], verdict: VIOLATED },
  { rule: 'NET-002', rules: [all], verdict: VIOLATED },
  { rule: 'NET-002', rules: [open({ destination_port_range: '3000-4000' })], verdict: VIOLATED },
  { rule: 'NET-002', rules: [open({ destination_port_ranges: ['80', '3389'] })], verdict: VIOLATED },
  { rule: 'NET-002', rules: [OPEN], verdict: COMPLIANT },
  { rule: 'NET-003', rules: [open({ destination_port_range: '22' })], verdict: VIOLATED },
  { rule: 'NET-003', rules: [open({ destination_port_range: '22', protocol: 'Udp' })], verdict: COMPLIANT },
  { rule: 'NET-003', rules: [open({ destination_port_range: '${var.port}' })], verdict: CANNOT_BE_CHECKED },
  { rule: 'NET-004', rules: [open({ destination_port_range: '80' })], verdict: VIOLATED },
  { rule: 'NET-004', rules: [open({ destination_port_range: '8080' })], verdict: COMPLIANT },
  { rule: 'NET-005', rules: [open({ protocol: 'Udp' })], verdict: VIOLATED },
  { rule: 'NET-005', rules: [OPEN], verdict: COMPLIANT },
];

import { Environment } from '../../src';
import { PrivateNetwork } from '../../src/network/private-network';
import { PrivateSubnet } from '../../src/network/private-subnet';
import { SecurityRuleOptions, TrafficAccess, TrafficDirection, TrafficProtocol } from '../../src/network/security-rule';
import { Rendered, workloadIn } from '../support';

const { INBOUND, OUTBOUND } = TrafficDirection;
const WEB: SecurityRuleOptions = { priority: 100, direction: INBOUND, remotes: ['10.9.0.0/16'], ports: ['8080'] };

test('comes before those of the network, wherever it was added', () => {
  const rules = [true, false].map((forwards) => {
    const { appSubnet } = network();
    const added: Array<[string, SecurityRuleOptions]> = [
      ['Mail', { priority: 200, direction: OUTBOUND, remotes: ['10.9.0.1', '10.9.0.2'], ports: ['465', '587'] }],
      ['Web', { ...WEB, access: TrafficAccess.DENY, protocol: TrafficProtocol.UDP, description: 'never' }],
    ];
    (forwards ? added : added.reverse()).forEach(([key, rule]) => appSubnet.addRule(key, rule));
    return rulesOf(appSubnet);
  });

  expect(rules[0]).toEqual(rules[1]);
  expect(rules[0].map(({ name }: any) => name)).toEqual([
    'Web',
    'AllowAzureLoadBalancer',
    'DenyAllInbound',
    'Mail',
    'AllowPrivateEndpoints',
    'AllowDatabases',
    'AllowHttps',
    'DenyAllOutbound',
  ]);
  expect(rules[0][3]).toMatchObject({
    source_address_prefix: '*',
    destination_address_prefixes: ['10.9.0.1', '10.9.0.2'],
    destination_port_ranges: ['465', '587'],
    protocol: 'Tcp',
  });
  expect(rules[0][0]).toMatchObject({ access: 'Deny', protocol: 'Udp', description: 'never' });
});

test('may hold values that Terraform has yet to compute, and private blocks of any size', () => {
  const { appSubnet } = network();
  const rule = { ...WEB, remotes: ['${var.office}', '10.0.0.1'], ports: ['${var.port}'] };
  const local = { ...WEB, priority: 101, remotes: ['fc00::/7', '10.0.0.0/8'] };

  expect(() => appSubnet.addRule('Office', rule)).not.toThrow();
  expect(() => appSubnet.addRule('Local', local)).not.toThrow();
});

test.each(['*', 'Internet', 'internet', 'Any', '0.0.0.0', '0.0.0.0/0', '::/0', '0.0.0.0/1', '128.0.0.0/1'])(
  'does not let in %s, unless that is said aloud',
  (remote) => {
    const { appSubnet } = network();
    const rule = { ...WEB, remotes: [remote] };

    expect(() => appSubnet.addRule('Web', rule)).toThrow(
      `stack/Billing/Network/App: 'remotes' of rule "Web" lets anybody on the internet in, got ${remote}; name who may come in, or say 'openToInternet: true'`,
    );
    expect(() => appSubnet.addRule('Web', { ...rule, openToInternet: true })).not.toThrow();
    expect(() => appSubnet.addRule('Out', { ...rule, direction: OUTBOUND })).not.toThrow();
    expect(() => appSubnet.addRule('Deny', { ...rule, priority: 101, access: TrafficAccess.DENY })).not.toThrow();
  },
);

test('fails with everything at once', () => {
  const { appSubnet } = network();
  const wrong = {
    priority: 4001.5,
    direction: INBOUND,
    remotes: ['AzureMonitor', 'x y'],
    ports: ['0x50', '90-80', '70000'],
  };

  expect(() => appSubnet.addRule('a rule', { ...wrong, description: 'x'.repeat(141) })).toThrow(
    `stack/Billing/Network/App: the key of a rule must have 1 to 80 letters, digits, '_', '.' or '-', because it is its name in Azure; got "a rule"; 'priority' of rule "a rule" must be a whole number from 100 to 4000, got 4001.5; 'remotes' of rule "a rule" must be one service tag alone, or addresses only, got AzureMonitor, x y; write a rule per tag; 'remotes' of rule "a rule" must be addresses, blocks of addresses or a service tag, got "x y"; 'ports' of rule "a rule" must be like 443, 8000-8010 or *, up to 65535, got "0x50"; 'ports' of rule "a rule" must be like 443, 8000-8010 or *, up to 65535, got "90-80"; 'ports' of rule "a rule" must be like 443, 8000-8010 or *, up to 65535, got "70000"; 'description' of rule "a rule" must have up to 140 characters, got 141`,
  );
});

test('fails with nothing in it', () => {
  const { appSubnet } = network();

  expect(() => appSubnet.addRule('Web', { ...WEB, remotes: [], ports: [] })).toThrow(
    `stack/Billing/Network/App: 'remotes' of rule "Web" must not be empty; 'ports' of rule "Web" must not be empty; '*' is every port`,
  );
  expect(() => appSubnet.addRule('Ping', { ...WEB, protocol: TrafficProtocol.ICMP })).toThrow(
    `stack/Billing/Network/App: 'ports' of rule "Ping" must be '*', because ICMP has no ports`,
  );
});

test('fails when its name or its place is taken', () => {
  const { appSubnet } = network();
  appSubnet.addRule('Web', WEB);

  expect(() => appSubnet.addRule('web', { ...WEB, priority: 101 })).toThrow(
    'stack/Billing/Network/App: there is a rule "web" already',
  );
  expect(() => appSubnet.addRule('Other', WEB)).toThrow(
    `stack/Billing/Network/App: 'priority' of rule "Other" is taken by rule "Web", got 100`,
  );
  expect(() => appSubnet.addRule('Other', { ...WEB, direction: OUTBOUND })).not.toThrow();
});

function network(): PrivateNetwork {
  return new PrivateNetwork(workloadIn(Environment.DEV), 'Network', { addressSpace: '10.20.0.0/22' });
}

function rulesOf({ resources: { networkSecurityGroup } }: PrivateSubnet): any[] {
  const { resource } = new Rendered(networkSecurityGroup!).json;
  return resource.azurerm_network_security_group[networkSecurityGroup!.friendlyUniqueId].security_rule;
}

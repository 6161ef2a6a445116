import { reportOf } from './report';

const finding = {
  address: 'azurerm_subnet.App',
  attribute: 'name',
  construct: 'shop-dev/Network/App',
  summary: 'Invalid value',
  detail: 'too long',
};

test('warnings can be accepted, by stack, address and attribute', () => {
  const stacks = [{ name: 'shop-dev', findings: [{ ...finding, severity: 'warning' }] }];

  expect(reportOf(JSON.stringify({ stacks }))).toEqual({
    stacks: 1,
    failures: [{ id: 'Invalid value', where: 'shop-dev/azurerm_subnet.App name', name: 'too long' }],
    errors: [],
  });
});

test('errors cannot, nor can stacks that were not checked', () => {
  const stacks = [
    { name: 'shop-dev', findings: [{ ...finding, severity: 'error' }] },
    { name: 'shop-prod', problem: 'no bindings' },
  ];

  expect(reportOf(JSON.stringify({ stacks }))).toEqual({
    stacks: 2,
    failures: [],
    errors: [
      'shop-prod: could not be checked: no bindings',
      'shop-dev: azurerm_subnet.App name Invalid value: too long (construct shop-dev/Network/App)',
    ],
  });
});

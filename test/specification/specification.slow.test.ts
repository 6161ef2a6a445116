import { rowsWithoutTest } from './row';
import { platform } from './synthesized';
import './foundation';
import './network';
import './web';
import './data';
import './security';
import './storage';
import './observability';
import './edge';
import './delivery';
import './cost';
import './resilience';
import './removal';

test('the platform is told of nothing that is left to do', () => {
  expect(platform().warnings()).toEqual([]);
});

test('every row has its test', () => {
  expect(rowsWithoutTest()).toEqual([]);
});

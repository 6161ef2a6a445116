export * from '../../src/testing';
export * from './network';
export * from './principal';
export * from './workload';

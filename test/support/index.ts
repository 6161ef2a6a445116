export * from '../../src/testing';
export * from './principal';
export * from './workload';

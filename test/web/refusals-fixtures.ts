import { Environment, SecureWebApp, SecureWebAppProps, Workload } from '../../src';
import { networkIn, workloadIn } from '../support';
import { runtime } from './an-app';

export const edge = { frontDoorGuid: '00000000-0000-0000-0000-000000000007', privateLink: false };

export const define = (props: Partial<SecureWebAppProps>, workload: Workload = workloadIn(Environment.PROD)) =>
  new SecureWebApp(workload, 'Api', { runtime, network: networkIn(workload), ...props });

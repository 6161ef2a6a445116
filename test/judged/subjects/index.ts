import { Workload } from '../../../src';
import * as cost from './cost';
import * as delivery from './delivery';
import * as edge from './edge';
import * as email from './email';
import * as watching from './observability';
import * as redis from './redis';
import * as backup from './resilience';
import * as site from './static-site';

type Define = (workload: Workload) => void;

/** What one family of constructs has to show, each in a workload of its own. */
export interface Subject {
  /** As it is when nothing is said. */
  readonly plain: Define;
  /** With everything that adds something. */
  readonly loaded: Define;
  /** On top of what exists already. */
  readonly borrowed?: Define;
}

/** The families, by the names of their workloads. */
export const SUBJECTS: { readonly [name: string]: Subject } = {
  backup,
  cost,
  delivery,
  edge,
  email,
  watching,
  redis,
  site,
};

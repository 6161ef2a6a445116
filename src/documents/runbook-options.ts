/**
 * Somebody who is told, or asked, when something has to be recovered.
 */
export interface RunbookContact {
  /** Who it is: better a team or a rota than a person, who leaves. */
  readonly name: string;
  /** What for, e.g. `decides on failover`. */
  readonly role: string;
  /** How to reach them: an address, a number, a link. */
  readonly reach: string;
}

/**
 * Options for a `Runbook`.
 */
export interface RunbookOptions {
  /**
   * Who is told, or asked, in the order in which to call them.
   *
   * @default - the owners of the workloads, with the command that says who they are
   */
  readonly contacts?: RunbookContact[];

  /**
   * Minutes after which everything must be back.
   *
   * @default 240
   */
  readonly rtoMinutes?: number;

  /**
   * Minutes of data that may be lost.
   *
   * @default 15
   */
  readonly rpoMinutes?: number;

  /**
   * Minutes after which a database alone must be back, which takes a replica that can be promoted.
   *
   * @default 15
   */
  readonly databaseRtoMinutes?: number;

  /**
   * Heading of the document.
   *
   * @default 'Recovery runbook'
   */
  readonly title?: string;

  /**
   * Name of the files, without what comes after the full stop.
   *
   * @default 'runbook'
   */
  readonly fileName?: string;
}

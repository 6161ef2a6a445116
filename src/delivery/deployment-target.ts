/**
 * Where an application runs in one stage.
 */
export interface DeploymentTarget {
  /** Azure resource id of the web app, or of the Static Web App. */
  readonly appId: string;

  /**
   * Address that users know it by, e.g. `https://api.example.com`; what it answers there decides on a release.
   *
   * @default - the name that Azure gave it
   */
  readonly url?: string;

  /**
   * Id that its edge sends along, where a static site answers to that edge alone: the `frontDoorGuid` of an `EdgeGateway`.
   *
   * @default - none
   */
  readonly edgeId?: string;

  /**
   * Azure resource id of the database server that is backed up before migrations.
   *
   * @default - none; needed by migrations with a backup
   */
  readonly databaseId?: string;

  /**
   * How migrations reach the database: `PGHOST`, `PGDATABASE` and `PGUSER`, as `ManagedPostgres` answers the grant of `applyPrincipalIn()`
   * of `DeploymentIdentities`.
   *
   * @default - none; needed by migrations
   */
  readonly databaseSettings?: { [name: string]: string };
}

import { PipelineLanguage } from './pipeline-language';

/** Percent encoding, for names and tokens inside of a URL; what is encoded comes from a pipe, which nobody else sees. */
const ENCODED = "node -p \"encodeURIComponent(require('fs').readFileSync(0, 'utf8'))\"";

/**
 * Options for `DatabaseMigrations`.
 */
export interface DatabaseMigrationsOptions {
  /**
   * Minutes until they are stopped, 1 to 120.
   *
   * @default 20
   */
  readonly timeoutMinutes?: number;

  /**
   * Leaves out the backup that is taken first; what a migration destroys is then only in the backups of the service.
   *
   * @default false
   */
  readonly withoutBackup?: boolean;
}

/**
 * How the database is brought up to a new version, before that version takes traffic.
 *
 * Commands run in the folder of the application, as the identity of the stage, with `PGHOST`, `PGDATABASE`, `PGUSER` and a
 * token as `PGPASSWORD`. The old version runs on until the new one has taken over: migrations must leave it working.
 */
export class DatabaseMigrations {
  /** `alembic upgrade head`; its configuration reads the variables of libpq. */
  public static alembic(options: DatabaseMigrationsOptions = {}): DatabaseMigrations {
    const commands = ['python -m pip install --quiet --requirement requirements.txt', 'python -m alembic upgrade head'];
    return new DatabaseMigrations(PipelineLanguage.PYTHON, commands, [], options);
  }

  /** `prisma migrate deploy`, with `DATABASE_URL`. */
  public static prisma(options: DatabaseMigrationsOptions = {}): DatabaseMigrations {
    const connection = [
      `user=$(printf '%s' "$PGUSER" | ${ENCODED})`,
      `token=$(printf '%s' "$PGPASSWORD" | ${ENCODED})`,
      'export DATABASE_URL="postgresql://$user:$token@$PGHOST:5432/$PGDATABASE?sslmode=require"',
    ];
    return new DatabaseMigrations(
      PipelineLanguage.NODE,
      ['npm ci --ignore-scripts', 'npx --no-install prisma migrate deploy'],
      connection,
      options,
    );
  }

  /** `flyway migrate` of the Maven plugin, with the SQL files of `sql` or of `flyway.conf`. */
  public static flyway(options: DatabaseMigrationsOptions = {}): DatabaseMigrations {
    const connection = [
      'export FLYWAY_URL="jdbc:postgresql://$PGHOST:5432/$PGDATABASE?sslmode=require"',
      'export FLYWAY_USER="$PGUSER"',
      'export FLYWAY_PASSWORD="$PGPASSWORD"',
    ];
    return new DatabaseMigrations(PipelineLanguage.NONE, ['mvn --batch-mode flyway:migrate'], connection, options);
  }

  /** `dotnet ef database update`, with the tools of the manifest and `ConnectionStrings__Default`. */
  public static entityFramework(options: DatabaseMigrationsOptions = {}): DatabaseMigrations {
    const connection = [
      'export ConnectionStrings__Default="Host=$PGHOST;Database=$PGDATABASE;Username=$PGUSER;Password=$PGPASSWORD;SSL Mode=Require"',
    ];
    return new DatabaseMigrations(
      PipelineLanguage.DOTNET,
      ['dotnet tool restore', 'dotnet ef database update'],
      connection,
      options,
    );
  }

  /**
   * Commands of your own.
   *
   * @param language What is set up before.
   * @param commands For bash, in order; the first that fails stops the release.
   */
  public static command(
    language: PipelineLanguage,
    commands: string[],
    options: DatabaseMigrationsOptions = {},
  ): DatabaseMigrations {
    return new DatabaseMigrations(language, commands, [], options);
  }

  private constructor(
    /** What is set up before. */
    public readonly language: PipelineLanguage,
    /** Commands, in order. */
    public readonly commands: string[],
    /**
     * Commands that spell the connection as the tool wants it.
     *
     * @internal
     */
    public readonly _connection: string[],
    /** What was asked for beside them. */
    public readonly options: DatabaseMigrationsOptions,
  ) {}
}

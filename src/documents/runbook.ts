import { IConstruct } from 'constructs';
import { GeneratedFile } from '../core/generated-files';
import { rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { Block, htmlOf, markdownOf } from './blocks';
import { wordsProblem } from './characters';
import { checkFiles, fileNameProblem, writeFiles } from './files';
import { componentsOf } from './recovery';
import { overview, procedures, rehearsals, RunbookModel, surroundings } from './runbook-chapters';
import { RunbookContact, RunbookOptions } from './runbook-options';
import { ShellValues } from './shell-values';
import { workloadsIn } from './tree';

/** Minutes that an objective may have: a year is a joke already. */
const MAX_MINUTES = 525_600;

/**
 * What to do when something has to be recovered: contacts, objectives, the order, and every step with its commands and the
 * real names.
 *
 * Made of what the constructs of the workloads know about themselves, so it is true as long as the program is. The same
 * program gives the same bytes. Write it when the program is complete, e.g. right before `app.synth()`.
 */
export class Runbook {
  /**
   * The runbook of a scope and everything below it.
   *
   * @param scope An app, a stack or a workload.
   * @param options Contacts and objectives.
   */
  public static of(scope: IConstruct, options: RunbookOptions = {}): Runbook {
    rejectIf(
      scope,
      workloadsIn(scope).length === 0 && 'there is no Workload at or below this scope, and so nothing to recover',
      fileNameProblem(options.fileName),
      wordsProblem('title', options.title),
      options.contacts?.length === 0 && "'contacts' must name somebody; leave it out for the owners of the workloads",
      ...(options.contacts ?? []).flatMap(contactProblems),
      ...(['rtoMinutes', 'rpoMinutes', 'databaseRtoMinutes'] as const).map((prop) => {
        const minutes = options[prop];
        return (
          minutes !== undefined &&
          !(Number.isInteger(minutes) && minutes >= 0 && minutes <= MAX_MINUTES) &&
          `'${prop}' must be a whole number of minutes from 0 to ${MAX_MINUTES}, got ${shown(minutes)}`
        );
      }),
    );
    return new Runbook(scope, options);
  }

  private constructor(
    private readonly scope: IConstruct,
    private readonly options: RunbookOptions,
  ) {}

  /** The runbook in Markdown. */
  public toMarkdown(): string {
    return markdownOf(this.blocks());
  }

  /** The runbook as one page of HTML that needs nothing else, and can be printed. */
  public toHtml(): string {
    return htmlOf(this.blocks(), this.title);
  }

  /**
   * Writes the runbook to a folder, as `<fileName>.md` and `<fileName>.html`, and answers their paths.
   *
   * Have it written below `<outdir of the app>/files/<a name of your own>`, e.g. `join(app.outdir, 'files', 'runbook', 'docs')` for
   * `docs` in the repository, and the command `azure-platform-constructs files` brings it there, and checks it with `--check`.
   *
   * @param directory The folder; made if it is not there. Keep it where it can be read while the region is away.
   */
  public write(directory: string): string[] {
    return writeFiles(directory, this.files());
  }

  /**
   * Fails when the files in a folder are not what `write()` would write.
   *
   * @param directory The folder.
   */
  public check(directory: string): void {
    checkFiles(this.scope, directory, this.files());
  }

  private get title(): string {
    return this.options.title ?? 'Recovery runbook';
  }

  private files(): GeneratedFile[] {
    const name = this.options.fileName ?? 'runbook';
    return [
      { path: `${name}.md`, content: this.toMarkdown() },
      { path: `${name}.html`, content: this.toHtml() },
    ];
  }

  private blocks(): Block[] {
    const model = this.model();
    // the last chapter lists the values that those before it use
    return [...overview(model), ...procedures(model), ...rehearsals(model), ...surroundings(model)];
  }

  private model(): RunbookModel {
    const { contacts, rtoMinutes = 240, rpoMinutes = 15, databaseRtoMinutes = 15 } = this.options;
    const workloads = workloadsIn(this.scope);
    return {
      workloads,
      components: workloads.flatMap(componentsOf),
      values: new ShellValues(),
      options: {
        contacts: contacts ?? ownersOf(workloads),
        rtoMinutes,
        rpoMinutes,
        databaseRtoMinutes,
        title: this.title,
      },
    };
  }
}

function contactProblems({ name, role, reach }: RunbookContact, i: number): Array<string | false> {
  return Object.entries({ name, role, reach }).map(([prop, words]) => wordsProblem(`contacts[${i}].${prop}`, words));
}

/** Every resource says who its owner is, and the resource group is there whatever else is not. */
function ownersOf(workloads: Workload[]): RunbookContact[] {
  return workloads.map((workload) => ({
    name: `Owner of ${workload.name} in ${workload.environment.name}`,
    role: 'answers for it',
    reach: `\`az group show --name ${workload.knownResourceGroupName} --query tags.owner --output tsv\``,
  }));
}

import { IConstruct } from 'constructs';
import { GeneratedFile } from '../core/generated-files';
import { rejectIf } from '../core/validation';
import { wordsProblem } from './characters';
import { checkFiles, fileNameProblem, writeFiles } from './files';
import { mermaidOf } from './mermaid';
import { Frame, pictureOf } from './picture';
import { svgOf } from './svg';
import { workloadsIn } from './tree';

/**
 * Options for a `Diagram`.
 */
export interface DiagramOptions {
  /**
   * What the picture shows, for whoever cannot see it.
   *
   * @default - the names of the workloads and their environments
   */
  readonly title?: string;

  /**
   * Name of the files, without what comes after the full stop.
   *
   * @default 'architecture'
   */
  readonly fileName?: string;
}

/**
 * A picture of workloads: the constructs that their owner put there, the networks they are in, and their connections.
 *
 * What a construct is made of is folded into it, and plain resources are left out. The same program gives the same bytes.
 * Draw when the program is complete, e.g. right before `app.synth()`.
 */
export class Diagram {
  /**
   * The picture of a scope and everything below it.
   *
   * @param scope An app, a stack or a workload.
   * @param options What it is called.
   */
  public static of(scope: IConstruct, options: DiagramOptions = {}): Diagram {
    rejectIf(
      scope,
      fileNameProblem(options.fileName),
      wordsProblem('title', options.title),
      workloadsIn(scope).length === 0 && 'there is no Workload at or below this scope, and so nothing to draw',
    );
    return new Diagram(scope, options);
  }

  private constructor(
    private readonly scope: IConstruct,
    private readonly options: DiagramOptions,
  ) {}

  /** The picture as SVG: light background, no script, no font of its own. */
  public toSvg(): string {
    const frames = pictureOf(this.scope);
    return svgOf(frames, this.options.title ?? titleOf(frames));
  }

  /** The picture as a Mermaid flowchart, which GitHub and Azure DevOps draw where it stands in Markdown. */
  public toMermaid(): string {
    return mermaidOf(pictureOf(this.scope));
  }

  /**
   * Writes the picture to a folder, as `<fileName>.svg` and `<fileName>.mmd`, and answers their paths.
   *
   * Have it written below `<outdir of the app>/files/<a name of your own>`, e.g. `join(app.outdir, 'files', 'diagram', 'docs')` for
   * `docs` in the repository, and the command `azure-platform-constructs files` brings it there, and checks it with `--check`.
   *
   * @param directory The folder; made if it is not there.
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

  private files(): GeneratedFile[] {
    const name = this.options.fileName ?? 'architecture';
    return [
      { path: `${name}.svg`, content: this.toSvg() },
      { path: `${name}.mmd`, content: this.toMermaid() },
    ];
  }
}

function titleOf(frames: Frame[]): string {
  return `Architecture of ${frames.map(({ title }) => title).join(', ')}`;
}

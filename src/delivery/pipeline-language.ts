/**
 * A language with ready-made steps.
 */
export enum PipelineLanguage {
  /** TypeScript or JavaScript, with npm. */
  NODE = 'node',
  /** Python, with `requirements.txt`. */
  PYTHON = 'python',
  /** Go, with modules. */
  GO = 'go',
  /** .NET; commands of your own. */
  DOTNET = 'dotnet',
  /** Any other, with what the machine has; commands of your own. */
  NONE = 'none',
}

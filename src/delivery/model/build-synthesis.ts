import { PipelineLanguage } from '../pipeline-language';
import { PipelineSynthesis } from '../promotion-pipeline-props';
import { LANGUAGES } from './languages';
import { SynthesisModel } from './pipeline-model';

/** How stacks are made, with everything decided that was left open. */
export function synthesisModel(props: PipelineSynthesis): SynthesisModel {
  const { language = PipelineLanguage.NODE, directory = '.', output = 'cdktf.out' } = props;
  return {
    language,
    directory,
    version: props.languageVersion ?? LANGUAGES[language].version,
    commands: props.commands ?? ['npm ci', 'npx --no-install cdktf synth'],
    output: directory === '.' ? output : `${directory}/${output}`,
    terraform: props.terraformVersion ?? '1.11.4',
  };
}

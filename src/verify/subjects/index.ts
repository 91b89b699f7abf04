import type { Work } from '../../spec/index.ts';
import type { Target } from '../target.ts';
import type { VerifierConfig, VerifySubject } from '../types.ts';
import { commandTarget } from './command.ts';
import { folderTarget } from './folder.ts';
import { projectTarget } from './project.ts';
import { urlTarget } from './url.ts';

/** Makes any subject ready to be verified. `scratch` is a throwaway folder. */
export async function targetOf(
  subject: VerifySubject,
  config: VerifierConfig,
  scratch: string,
  work: Work,
): Promise<Target> {
  switch (subject.kind) {
    case 'project':
      return projectTarget(subject, config, work);
    case 'folder':
      return folderTarget(subject, config, scratch, work);
    case 'command':
      return commandTarget(subject, config);
    case 'url':
      return urlTarget(subject);
  }
}

import type { Situation } from './context.ts';

const PRIVILEGED =
  'This runs on `pull_request_target`, where code of a pull request must never be checked out or planned: use `pull_request`.';

const SECOND_STAGE =
  'The plan was made by a workflow run of the pull request itself, so whoever wrote that can have changed it.';

/** What a reader must know of the event itself. `origin` is the kind of event before its pull request was looked up. */
export function eventNotes(situation: Situation, origin: Situation['kind']): string[] {
  if (situation.kind === 'pull-request' && situation.privileged) return [PRIVILEGED];
  return origin === 'finished-run' ? [SECOND_STAGE] : [];
}

const SUBJECTS: Readonly<Partial<Record<Situation['kind'], string>>> = {
  'pull-request': 'This pull request',
  'merge-group': 'This merge group',
  push: 'This branch',
};

const subjectOf = ({ kind }: Situation): string => SUBJECTS[kind] ?? 'What is reviewed';

/** Said when what is reviewed changes what decides reviews: its own review still went by the base branch. */
export function editNotes(edited: readonly string[], situation: Situation): string[] {
  const workflows = edited.filter((path) => WORKFLOWS.includes(path));
  const paths = edited.filter((path) => !WORKFLOWS.includes(path));
  return [
    ...(paths.length === 0
      ? []
      : [
          `${subjectOf(situation)} changes ${paths.join(', ')}. It was reviewed by the version on the base branch, and the new one takes effect after the merge; read that change with care.`,
        ]),
    ...(workflows.length === 0
      ? []
      : [
          `${subjectOf(situation)} changes ${workflows.join(', ')}, where its own plan and review may be made: read that change with care.`,
        ]),
  ];
}

/** Where workflows and the actions of a repository stand: whoever changes them can change the plan that is reviewed. */
export const WORKFLOWS: readonly string[] = ['.github/workflows', '.github/actions'];

export const NO_TOKEN =
  'Without `github-token` the configuration of the base branch could not be read, so the defaults hold.';

/** @param because a clause that says what to do */
export const editsUnknown = (because: string): string =>
  `Whether the configuration is changed could not be seen: ${because}.`;

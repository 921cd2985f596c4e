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

/** Said when a pull request changes what decides reviews: its own review still went by the base branch. */
export const editNotes = (paths: readonly string[]): string[] =>
  paths.length === 0
    ? []
    : [
        `This pull request changes ${paths.join(', ')}. It was reviewed by the version on the base branch; read that change with care.`,
      ];

export const NO_TOKEN =
  'Without `github-token` the configuration of the base branch could not be read, so the defaults hold.';

export const EDITS_UNKNOWN =
  'Whether this pull request changes the configuration could not be seen: that needs `pull-requests: read` and fewer than 3,000 changed files.';

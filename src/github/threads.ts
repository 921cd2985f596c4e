import type { Client } from './client.ts';
import type { PullRequest, WorkflowRun } from './context.ts';
import { parseLineMarker, type LineMarker } from './line-marker.ts';

/** A comment of ours on a line. */
export interface OwnLineComment {
  /** Its id in GraphQL. */
  readonly id: string;
  readonly marker: LineMarker;
  /** True when people still see it at the line it was written for. */
  readonly stands: boolean;
  readonly isMinimized: boolean;
}

interface Thread {
  readonly isOutdated: boolean;
  readonly comments: {
    readonly nodes: readonly {
      readonly id: string;
      readonly body: string;
      readonly isMinimized: boolean;
      readonly minimizedReason: string | null;
      readonly viewerDidAuthor: boolean;
    }[];
  };
}

interface Page {
  readonly repository: {
    readonly pullRequest: {
      readonly reviewThreads: {
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
        readonly nodes: readonly Thread[];
      };
    };
  };
}

/** REST does not say what is minimised or whose token asks. */
const THREADS = `query ($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { isOutdated comments(first: 1) { nodes { id body isMinimized minimizedReason viewerDidAuthor } } }
      }
    }
  }
}`;

const MINIMIZE = `mutation ($id: ID!) {
  minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized } }
}`;

/** What somebody hid for another reason than being outdated was seen, and is not said again. */
const isGone = (reason: string | null): boolean => reason?.toLowerCase() === 'outdated';

const ownIn =
  (key: string) =>
  ({ isOutdated, comments }: Thread): OwnLineComment[] =>
    comments.nodes.flatMap(({ id, body, isMinimized, minimizedReason, viewerDidAuthor }) => {
      const marker = parseLineMarker(body);
      // Anybody can copy a marker, so the author decides.
      if (marker?.key !== key || !viewerDidAuthor) return [];
      return [{ id, marker, isMinimized, stands: !isOutdated && !(isMinimized && isGone(minimizedReason)) }];
    });

/** Our comments on lines of a pull request that carry this key. Errors of the API pass on. */
export async function findLineComments(
  client: Client,
  { owner, repo }: WorkflowRun,
  { number }: PullRequest,
  key: string,
): Promise<OwnLineComment[]> {
  const found: OwnLineComment[] = [];
  let after: string | null = null;
  do {
    const page: Page = await client.graphql<Page>(THREADS, { owner, repo, number, after });
    const { nodes, pageInfo } = page.repository.pullRequest.reviewThreads;
    found.push(...nodes.flatMap(ownIn(key)));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

/** Folds a comment away as outdated; it stays readable at one click, with what people answered. */
export const minimize = (client: Client, id: string): Promise<unknown> => client.graphql(MINIMIZE, { id });

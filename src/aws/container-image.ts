/** How firmly an image is named: by content, by a version, or by whatever was pushed last. */
const FIRMNESS = ['floating', 'version', 'digest'] as const;

interface Image {
  readonly repository: string;
  readonly firmness: (typeof FIRMNESS)[number];
}

/** `host:5000/team/app:1.4.2@sha256:…`; the tag is behind the last slash, because a port looks the same. */
const IMAGE = /^(?<repository>(?:[^@]*\/)?[^@:/]+)(?::(?<tag>[\w][\w.-]*))?(?:@(?<digest>[a-z0-9]+:[0-9a-f]{32,}))?$/;

function parseImage(text: string): Image | undefined {
  const { repository, tag, digest } = IMAGE.exec(text)?.groups ?? {};
  if (repository === undefined) return undefined;
  const firmness = digest !== undefined ? 'digest' : tag === undefined || tag === 'latest' ? 'floating' : 'version';
  return { repository, firmness };
}

/**
 * True when two names mean versions of one image: the same repository of the same registry, named no less firmly than
 * before. From a digest to a tag is less firm: others could then change what runs.
 */
export function isSameImage(before: string, after: string): boolean {
  const [old, now] = [parseImage(before), parseImage(after)];
  if (!old || !now || old.repository !== now.repository) return false;
  return FIRMNESS.indexOf(now.firmness) >= FIRMNESS.indexOf(old.firmness);
}

/** Full names in a text that lists services, each with a colon, and the names of each: `s3: GetObject PutObject`. */
export function namesIn(list: string): string[] {
  let service = '';
  return list
    .trim()
    .split(/\s+/)
    .flatMap((word) => {
      if (!word.endsWith(':')) return [`${service}${word}`];
      service = word;
      return [];
    });
}

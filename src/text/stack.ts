/** Where in our code it happened. The message before the frames may hold anything out of a plan, so it is cut off. */
export function framesOf({ name, message, stack = '' }: Error): string[] {
  const header = message === '' ? name : message;
  const start = message === '' && !stack.startsWith(`${name}\n`) ? -1 : stack.indexOf(header);
  const lines = start === -1 ? [] : stack.slice(start + header.length).split('\n');
  // Code without a file stands in its address as text.
  return lines.filter((line) => /^\s+at /.test(line)).map((line) => line.replace(/data:.*/, 'data:…'));
}

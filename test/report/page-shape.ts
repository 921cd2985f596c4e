/** The tags that our templates of the page write. */
const TAGS = new Set(
  (
    'html head meta title style script body a header main footer search div span h1 h2 h3 p b small code pre mark del ins ' +
    'section fieldset legend label input select option optgroup button output details summary dl dt dd ul ol li table ' +
    'thead tbody tr th td br svg rect path'
  ).split(' '),
);

/** These are never closed, or close themselves. */
const ALONE = /^(?:meta|input|br|rect|path)$/;

const OUR_LINK = /^(?:#[\w-]+$|https:\/\/docs\.aws\.amazon\.com\/|https:\/\/github\.com\/planwarden\/)/;

/** Between tags there is no angle, and in attributes neither an angle nor a quote, so tags can be read one by one. */
const TAG = /<(\/?)([a-z0-9]+)((?: [\w-]+(?:="[^"<]*")?)*)\/?>/g;

const ATTRIBUTE = / ([\w-]+)(?:="([^"]*)")?/g;

function attributeErrors(attributes: string): string[] {
  return Array.from(attributes.matchAll(ATTRIBUTE)).flatMap(([whole, name = '', value = '']) => {
    const isHarmful = /^(?:on|style$|src)/.test(name) || (name === 'href' && !OUR_LINK.test(value));
    return isHarmful ? [whole] : [];
  });
}

/** What is on a page of ours that its templates do not write: nothing, whatever stands in the review. */
export function pageErrors(html: string): string[] {
  const body = html.replace('<!doctype html>', '').replaceAll(/<(style|script)>[^]*?<\/\1>/g, '<$1></$1>');
  const errors: string[] = [];
  const open: string[] = [];
  for (const [tag, close, name = '', attributes = ''] of body.matchAll(TAG)) {
    errors.push(...attributeErrors(attributes));
    if (!TAGS.has(name)) errors.push(tag);
    if (ALONE.test(name)) continue;
    if (close === '') open.push(name);
    else if (open.pop() !== name) errors.push(`${tag} closes another element`);
  }
  const ids = Array.from(body.matchAll(/ id="([^"]*)"/g), ([, id = '']) => id);
  return [
    ...errors,
    ...open.map((name) => `<${name}> is not closed`),
    ...(body.replaceAll(TAG, '').match(/[<>]/g) ?? []),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice the id ${id}`),
  ];
}

const NAMESPACE = 'https://iam.amazonaws.com/doc/2010-05-08/';
const REQUEST_ID = '1cdb5b0a-4c15-11e5-b121-bd8c7EXAMPLE';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** What an element holds: text, or elements by name; `undefined` leaves an element out. */
export type Xml = string | number | boolean | readonly Xml[] | { readonly [name: string]: Xml | undefined };

/** A list is its `<member>`s. */
function render(content: Xml): string {
  if (typeof content !== 'object') return escape(String(content));
  if (Array.isArray(content)) return content.map((item: Xml) => `<member>${render(item)}</member>`).join('');
  return Object.entries(content)
    .map(([name, item]: [string, Xml | undefined]) => (item === undefined ? '' : `<${name}>${render(item)}</${name}>`))
    .join('');
}

export const renderAnswer = (operation: string, result: Xml): string =>
  `<${operation}Response xmlns="${NAMESPACE}">${render({
    [`${operation}Result`]: result,
    ResponseMetadata: { RequestId: REQUEST_ID },
  })}</${operation}Response>`;

export const renderError = (type: 'Sender' | 'Receiver', code: string, message: string): string =>
  `<ErrorResponse xmlns="${NAMESPACE}">${render({
    Error: { Type: type, Code: code, Message: message },
    RequestId: REQUEST_ID,
  })}</ErrorResponse>`;

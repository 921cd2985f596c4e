import { createServer } from 'node:http';
import { connect } from 'node:net';

export interface Proxy {
  readonly url: string;
  /** What clients asked to be connected with, as `host:port`. */
  readonly hosts: readonly string[];
  readonly close: () => void;
}

/** A proxy that leads every tunnel to the server at `target`. */
export async function startProxy(target: string): Promise<Proxy> {
  const hosts: string[] = [];
  const server = createServer();
  server.on('connect', (request, client) => {
    hosts.push(request.url ?? '');
    const upstream = connect(Number(new URL(target).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    for (const socket of [client, upstream]) socket.on('error', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, hosts, close: () => server.close() };
}

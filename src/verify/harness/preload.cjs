'use strict';
// Loaded into a Node server under trial, before its own code. It answers over a unix socket how much heap is in use,
// and takes the place of the network: outgoing requests are counted and answered here.
const { isMainThread } = require('node:worker_threads');

const socketPath = process.env.VERIFY_CONTROL;
delete process.env.VERIFY_CONTROL;
delete process.env.NODE_OPTIONS;

if (isMainThread && socketPath) {
  const http = require('node:http');
  const https = require('node:https');
  const net = require('node:net');
  let mode = 'answer';
  const requests = [];
  let replies;
  let sent = [];

  let collect;
  const heap = () => {
    if (!collect) {
      require('node:v8').setFlagsFromString('--expose-gc');
      collect = require('node:vm').runInNewContext('gc');
    }
    collect();
    collect();
    return process.memoryUsage().heapUsed;
  };

  const commands = {
    heap,
    requests: () => requests,
    mock: (wanted) => {
      mode = wanted;
      return true;
    },
    // One for all requests, or several: each for a method, and paths that fit a regular expression.
    answer: (wanted) => {
      replies = Array.isArray(wanted)
        ? wanted.map(({ path, ...reply }) => ({ ...reply, path: new RegExp(`^${path}$`) }))
        : [wanted];
      return true;
    },
    sent: () => {
      const since = sent;
      sent = [];
      return since;
    },
  };

  const control = net.createServer((connection) => {
    let text = '';
    connection.on('error', () => {});
    connection.on('data', (chunk) => {
      text += chunk;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        const { command, value } = JSON.parse(text.slice(0, end));
        text = text.slice(end + 1);
        connection.write(JSON.stringify(commands[command](value)) + '\n');
      }
    });
    connection.unref();
  });
  control.on('error', () => {});
  control.listen(socketPath).unref();

  const json = { 'content-type': 'application/json' };
  const usual = { ok: true, id: '1', items: [], data: [], results: [], records: [], total: 0 };
  const token = { access_token: 'trial-token', token_type: 'Bearer', expires_in: 3600 };

  /** Keeps a request in mind, and says what it is answered with. Whole ones are kept where a reply was set, and few. */
  const answer = ({ method, host, url, headers, body }) => {
    if (requests.length < 10000) requests.push(`${method} ${host}`);
    if (mode === 'unavailable') {
      return { status: 503, headers: { ...json, 'retry-after': '0' }, body: '{"error":"unavailable"}' };
    }
    if (replies) {
      const kept = body.subarray(0, 1_000_000).toString('base64');
      const path = url.split('?')[0];
      const index = replies.findIndex((each) => !each.path || (each.method === method && each.path.test(path)));
      if (sent.length < 200) sent.push({ method, url, headers, body: kept, answer: index });
      const reply = replies[index] ?? { status: 204 };
      const { status, type } = reply;
      return type
        ? { status, headers: { 'content-type': type }, body: reply.body }
        : { status, headers: {}, body: null };
    }
    const reading = /\bgrant_type=/.test(body.subarray(0, 10_000).toString());
    return { status: 200, headers: json, body: JSON.stringify(reading ? token : usual) };
  };

  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const { method } = request;
    const { host, pathname, search } = new URL(request.url);
    const body = Buffer.from(await request.arrayBuffer());
    const headers = Object.fromEntries(request.headers);
    const { status, ...answered } = answer({ method, host, url: pathname + search, headers, body });
    return new Response(answered.body, { status, headers: answered.headers });
  };

  // Requests by node:http and node:https end at a server of this process.
  const networkPath = `${socketPath}n`;
  const network = http.createServer(async (incoming, response) => {
    const chunks = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk);
    } catch {
      return;
    }
    const { method, url, headers } = incoming;
    const { status, ...answered } = answer({ method, host: headers.host, url, headers, body: Buffer.concat(chunks) });
    response.writeHead(status, answered.headers).end(answered.body ?? undefined);
  });
  network.on('error', () => {});
  network.listen(networkPath).unref();
  const agent = new http.Agent({ keepAlive: true });
  const { request } = http;

  const redirected = (usualPort) => (first, second, third) => {
    const address = typeof first === 'string' ? new URL(first) : first instanceof URL ? first : undefined;
    const given = (address ? second : first) ?? {};
    const callback = [second, third].find((each) => typeof each === 'function');
    const options = {
      ...(address && require('node:url').urlToHttpOptions(address)),
      ...(typeof given === 'object' && given),
    };
    if (options.socketPath) return request(options, callback);
    const { method, path, headers, signal, timeout } = options;
    const name = options.hostname ?? options.host ?? 'localhost';
    const port = Number(options.port || usualPort);
    const host = port === usualPort ? name : `${name}:${port}`;
    const kept = { host, ...headers };
    return request(
      { socketPath: networkPath, agent, setHost: false, method, path, headers: kept, signal, timeout },
      callback,
    );
  };
  const getting =
    (asked) =>
    (...given) => {
      const made = asked(...given);
      made.end();
      return made;
    };
  http.request = redirected(80);
  https.request = redirected(443);
  http.get = getting(http.request);
  https.get = getting(https.request);
  require('node:module').syncBuiltinESMExports();
}

'use strict';
// Loaded into a Node server under trial, before its own code. It answers over a unix socket how much heap is in use,
// and takes the place of the network: outgoing requests are counted and answered here.
const { isMainThread } = require('node:worker_threads');

const socketPath = process.env.VERIFY_CONTROL;
delete process.env.VERIFY_CONTROL;
delete process.env.NODE_OPTIONS;

if (isMainThread && socketPath) {
  const net = require('node:net');
  let mode = 'answer';
  const requests = [];
  let reply;
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
    answer: (wanted) => {
      reply = wanted;
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

  const answer = { ok: true, id: '1', items: [], data: [], results: [], records: [], total: 0 };
  const token = { access_token: 'trial-token', token_type: 'Bearer', expires_in: 3600 };

  const bodyOf = async (input, init) => {
    const body =
      init?.body ?? (typeof input === 'object' && typeof input.clone === 'function' ? await input.clone().text() : '');
    return typeof body === 'string' || body instanceof URLSearchParams ? String(body) : '';
  };

  // Whole requests are kept only where a reply was set, and few: who sets it asks for them after each call.
  const keep = async (request) => {
    const url = new URL(request.url);
    const bytes = Buffer.from(await request.arrayBuffer()).subarray(0, 1_000_000);
    const headers = Object.fromEntries(request.headers);
    if (sent.length < 20)
      sent.push({ method: request.method, url: url.pathname + url.search, headers, body: bytes.toString('base64') });
  };

  globalThis.fetch = async (input, init) => {
    const url = new URL(typeof input === 'object' && 'url' in input ? input.url : input);
    const method = String(init?.method ?? input?.method ?? 'GET').toUpperCase();
    (init?.signal ?? input?.signal)?.throwIfAborted();
    if (requests.length < 10000) requests.push(`${method} ${url.host}`);
    if (mode === 'unavailable') {
      const headers = { 'content-type': 'application/json', 'retry-after': '0' };
      return new Response('{"error":"unavailable"}', { status: 503, headers });
    }
    if (reply) {
      await keep(new Request(input, init));
      const headers = reply.type ? { 'content-type': reply.type } : {};
      return new Response(reply.type ? reply.body : null, { status: reply.status, headers });
    }
    const usual = /\bgrant_type=/.test(await bodyOf(input, init)) ? token : answer;
    return new Response(JSON.stringify(usual), { status: 200, headers: { 'content-type': 'application/json' } });
  };
}

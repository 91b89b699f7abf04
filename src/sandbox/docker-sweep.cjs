'use strict';
// Removes all containers with a label.
const { request } = require('node:http');
const [socketPath, label] = process.argv.slice(2);

function ask(method, path) {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method, path, agent: false, timeout: 30_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve(text)).on('error', reject);
    });
    asked.on('error', reject).on('timeout', () => asked.destroy(new Error('late')));
    asked.end();
  });
}

async function sweep() {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  const found = JSON.parse(await ask('GET', `/containers/json?all=1&filters=${filters}`));
  await Promise.all(found.map(({ Id }) => ask('DELETE', `/containers/${Id}?force=1&v=1`)));
}

sweep().catch(() => process.exit(1));

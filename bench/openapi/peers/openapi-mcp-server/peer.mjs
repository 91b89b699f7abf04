import { join } from 'node:path';
import { headersOf } from '../headers.mjs';

/** @ivotoby/openapi-mcp-server reads the document when it starts; it has no step of its own for generating. */
export default {
  name: 'openapi-mcp-server',
  start: ({ spec, baseUrl, schemes }) => ({
    cmd: process.execPath,
    args: [join(import.meta.dirname, 'node_modules/@ivotoby/openapi-mcp-server/bin/mcp-server.js')],
    env: {
      OPENAPI_SPEC_PATH: spec,
      API_BASE_URL: baseUrl,
      VERBOSE: 'false',
      API_HEADERS: Object.entries(headersOf(schemes))
        .map(([name, value]) => `${name}:${value}`)
        .join(','),
    },
  }),
};

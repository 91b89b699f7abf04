import { join } from 'node:path';
import { headersOf } from '../headers.mjs';

/** fastmcp of npm reads OpenAPI 3 documents when it starts, by its entry `fastmcp/openapi`; Swagger 2.0 it refuses. */
export default {
  name: 'fastmcp',
  start: ({ spec, schemes }) => ({
    cmd: process.execPath,
    args: [join(import.meta.dirname, 'serve.mjs'), spec, JSON.stringify(headersOf(schemes))],
  }),
};

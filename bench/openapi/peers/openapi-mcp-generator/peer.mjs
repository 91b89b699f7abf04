import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** openapi-mcp-generator writes a TypeScript project, which is built and run with the packages that it names. */
const modules = join(import.meta.dirname, 'node_modules');

export default {
  name: 'openapi-mcp-generator',
  nodeModules: modules,
  generate: ({ spec, out, baseUrl }) => ({
    cmd: process.execPath,
    args: [
      join(modules, 'openapi-mcp-generator/bin/openapi-mcp-generator.js'),
      '-i',
      spec,
      '-o',
      out,
      '-b',
      baseUrl,
      '--force',
    ],
  }),
  genCheck: ({ out }) => existsSync(join(out, 'src/index.ts')),
  build: ({ out }) => ({
    cmd: process.execPath,
    args: ['--max-old-space-size=4096', join(modules, 'typescript/lib/tsc.js'), '-p', out],
  }),
  start: ({ out }) => ({ cmd: process.execPath, args: ['build/index.js'], cwd: out }),
  credentials: ({ schemes }) =>
    Object.assign({}, ...Object.entries(schemes).map(([name, scheme]) => values(name, scheme))),
};

function values(name, scheme) {
  const end = name.replace(/[^a-zA-Z0-9]/g, '_').toUpperCase();
  if (scheme?.type === 'apiKey') return { [`API_KEY_${end}`]: 'key_test_123' };
  if (scheme?.type === 'http' && /basic/i.test(scheme.scheme))
    return { [`BASIC_USERNAME_${end}`]: 'usr', [`BASIC_PASSWORD_${end}`]: 'pwd' };
  if (scheme?.type === 'http') return { [`BEARER_TOKEN_${end}`]: 'tok_test_123' };
  if (scheme?.type === 'oauth2') return { [`OAUTH_TOKEN_${end}`]: 'tok_test_123' };
  return scheme?.type === 'openIdConnect' ? { [`OPENID_TOKEN_${end}`]: 'tok_test_123' } : {};
}

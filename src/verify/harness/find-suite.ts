import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CrafterError } from '../../errors.ts';
import { packageUrl } from '../../util/index.ts';

const suitePackage = '@modelcontextprotocol/conformance';
/** The release whose requirement sets are frozen for both eras. */
const suiteVersion = '0.2.0-alpha.12';

/**
 * Program of the official conformance suite: from the state folder's `tools`, else from beside mcp-crafter.
 * @throws CrafterError MISSING_PREREQUISITE with the command that installs it.
 */
export function findSuite(stateFolder: string): string {
  const tools = join(stateFolder, 'tools');
  for (const place of [join(tools, 'package.json'), new URL('package.json', packageUrl)]) {
    const manifest = manifestFrom(place);
    if (manifest?.version === suiteVersion) return join(manifest.folder, 'dist', 'index.js');
  }
  throw new CrafterError('MISSING_PREREQUISITE', `The official conformance suite ${suiteVersion} is not installed.`, {
    hint: `Get it with: npm install --ignore-scripts --prefix ${tools} ${suitePackage}@${suiteVersion}`,
  });
}

function manifestFrom(place: string | URL): { readonly version: unknown; readonly folder: string } | undefined {
  try {
    const require = createRequire(place);
    const file = require.resolve(`${suitePackage}/package.json`);
    return { version: (require(file) as { version?: unknown }).version, folder: dirname(file) };
  } catch {
    return undefined;
  }
}

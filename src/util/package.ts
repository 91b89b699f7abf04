import { readFileSync } from 'node:fs';
import { assetUrl } from './assets.ts';

/** Set by the bundler. */
declare const PACKAGE_VERSION: string | undefined;

/** Folder of the package: holds bin/, examples/ and package.json. */
export const packageUrl = new URL(typeof PACKAGE_VERSION === 'string' ? '../../' : '../', assetUrl(''));

/** What a user types to reach this copy of the program: a checkout has it in bin/, an installed package on the path. */
export const commandName = typeof PACKAGE_VERSION === 'string' ? 'mcp-crafter' : 'bin/mcp-crafter';

/** mcp-crafter's version. */
export const version: string =
  typeof PACKAGE_VERSION === 'string'
    ? PACKAGE_VERSION
    : (JSON.parse(readFileSync(new URL('package.json', packageUrl), 'utf8')) as { version: string }).version;

import { resolve } from 'node:path';

/**
 * The program that tests start: this checkout's, or with MCP_CRAFTER_UNDER_TEST=/path/to/bin/mcp-crafter another one,
 * such as the packed product after its installation.
 */
export const productCommand =
  process.env['MCP_CRAFTER_UNDER_TEST'] ?? resolve(import.meta.dirname, '../../bin/mcp-crafter');

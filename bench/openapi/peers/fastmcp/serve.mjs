import { fromOpenAPI } from 'fastmcp/openapi';

const [spec, headers] = process.argv.slice(2);
const server = await fromOpenAPI({ spec, headers: JSON.parse(headers), maxTools: 5000 });
await server.start({ transportType: 'stdio' });

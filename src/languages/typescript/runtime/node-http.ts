/**
 * Node's own HTTP, loaded when first used. An import by name would load all that it may ever need, TLS and `fetch` too,
 * and a server would take twice as long to start.
 */
export const nodeHttp = () => process.getBuiltinModule('node:http');
export const nodeHttps = () => process.getBuiltinModule('node:https');

const FOREIGN = 'attacker.example';
export const message = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'mcp-crafter-probe', version: '1' } },
});

interface Case {
  readonly name: string;
  readonly what: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Takes the endpoint's own token away first. */
  readonly bare?: boolean;
  readonly remedy: string;
}

export const cases: readonly Case[] = [
  {
    name: 'foreign_host',
    what: 'another Host',
    headers: { host: FOREIGN },
    remedy: 'Refuse requests whose Host is not yours: web pages could reach the server by DNS rebinding.',
  },
  {
    name: 'foreign_origin',
    what: 'another Origin',
    headers: { origin: `https://${FOREIGN}` },
    remedy: 'Refuse requests from Origins you do not know.',
  },
];

export const tokenCases: readonly Case[] = [
  {
    name: 'missing_token',
    what: 'no token',
    headers: {},
    bare: true,
    remedy: 'Answer requests without a valid bearer token with HTTP 401.',
  },
  {
    name: 'wrong_token',
    what: 'a wrong token',
    headers: { authorization: 'Bearer wrong' },
    bare: true,
    remedy: 'Answer requests without a valid bearer token with HTTP 401.',
  },
];

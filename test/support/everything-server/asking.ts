import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';

type Asks = (args: Record<string, unknown>, context: ServerContext) => Promise<CallToolResult>;

export const said = (text: string): CallToolResult => ({ content: [{ type: 'text', text }] });

/** A form that is sent to the client within the call, as the older era does. */
const form =
  (message: string, properties: Record<string, unknown>, required: readonly string[] = []): Asks =>
  async (args, context) => {
    const params = {
      message: typeof args['message'] === 'string' ? args['message'] : message,
      requestedSchema: { type: 'object', properties, required },
    };
    const { action, content } = await context.mcpReq.send({ method: 'elicitation/create', params });
    return said(`The user chose ${action}: ${JSON.stringify(content ?? {})}`);
  };

const titled = (...names: readonly string[]) => names.map((title, at) => ({ const: `value${at + 1}`, title }));
const options = ['option1', 'option2', 'option3'];

/** Tools that ask the client something while they are called; only the older era does this. No generated server does. */
export const askingTools: Readonly<Record<string, Asks>> = {
  async test_tool_with_logging(_args, context) {
    for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await context.mcpReq.notify({ method: 'notifications/message', params: { level: 'info', data } });
    }
    return said('Logged to the client.');
  },
  async test_sampling({ prompt }, context) {
    const text = typeof prompt === 'string' ? prompt : 'Say anything.';
    const params = { messages: [{ role: 'user', content: { type: 'text', text } }], maxTokens: 100 };
    const { content } = await context.mcpReq.send({ method: 'sampling/createMessage', params });
    return said(`The model said ${JSON.stringify(content)}`);
  },
  test_elicitation: form('Your word?', { response: { type: 'string', description: 'Any word.' } }, ['response']),
  test_elicitation_sep1034_defaults: form('Are these right?', {
    name: { type: 'string', description: 'Name.', default: 'John Doe' },
    age: { type: 'integer', description: 'Age.', default: 30 },
    score: { type: 'number', description: 'Score.', default: 95.5 },
    status: { type: 'string', description: 'Status.', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', description: 'Whether verified.', default: true },
  }),
  test_elicitation_sep1330_enums: form('Which ones?', {
    untitledSingle: { type: 'string', enum: options },
    titledSingle: { type: 'string', oneOf: titled('First', 'Second', 'Third') },
    legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['One', 'Two', 'Three'] },
    untitledMulti: { type: 'array', minItems: 1, maxItems: 3, items: { type: 'string', enum: options } },
    titledMulti: { type: 'array', minItems: 1, maxItems: 3, items: { anyOf: titled('First', 'Second', 'Third') } },
  }),
};

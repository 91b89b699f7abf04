import {
  ProtocolError,
  ProtocolErrorCode,
  acceptedContent,
  inputRequired,
  type GetPromptResult,
  type InputRequiredResult,
  type PromptMessage,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { askFor } from './rounds.ts';
import { png } from './tools.ts';

type Arguments = Readonly<Record<string, string>>;
type Prompt = (args: Arguments, context: ServerContext) => GetPromptResult | InputRequiredResult;

const user = (content: PromptMessage['content']): PromptMessage => ({ role: 'user', content });
const text = (words: string): PromptMessage => user({ type: 'text', text: words });

const prompts: Readonly<Record<string, { readonly takes?: readonly string[]; readonly get: Prompt }>> = {
  test_simple_prompt: { get: () => ({ messages: [text('This is a simple prompt for testing.')] }) },
  test_prompt_with_arguments: {
    takes: ['arg1', 'arg2'],
    get: ({ arg1, arg2 }) => ({ messages: [text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)] }),
  },
  test_prompt_with_embedded_resource: {
    takes: ['resourceUri'],
    get: ({ resourceUri = '' }) => ({
      messages: [
        user({ type: 'resource', resource: { uri: resourceUri, mimeType: 'text/plain', text: 'The resource.' } }),
        text('Use the resource above.'),
      ],
    }),
  },
  test_prompt_with_image: {
    get: () => ({ messages: [user({ type: 'image', data: png, mimeType: 'image/png' }), text('Look at the image.')] }),
  },
  test_input_required_result_prompt: {
    get: (_args, { mcpReq }) => {
      const given = acceptedContent<{ context: string }>(mcpReq.inputResponses, 'user_context');
      if (given === undefined)
        return inputRequired({ inputRequests: { user_context: askFor('Which context?', 'context') } });
      return { messages: [text(`Use this context: ${given.context}`)] };
    },
  },
};

/** Prompts with their completion. No generated server has any. */
export function offerPrompts(server: Server): void {
  server.setRequestHandler('prompts/list', () => ({
    prompts: Object.entries(prompts).map(([name, { takes = [] }]) => ({
      name,
      description: `The suite's ${name}.`,
      arguments: takes.map((argument) => ({ name: argument, description: 'Any text.', required: true })),
    })),
  }));
  server.setRequestHandler('prompts/get', ({ params }, context) => {
    const prompt = prompts[params.name];
    if (prompt === undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'There is no such prompt.');
    return prompt.get(params.arguments ?? {}, context);
  });
  server.setRequestHandler('completion/complete', () => ({
    completion: { values: ['paris'], total: 1, hasMore: false },
  }));
}

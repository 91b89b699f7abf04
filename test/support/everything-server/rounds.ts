import { randomBytes, randomUUID } from 'node:crypto';
import {
  CLIENT_CAPABILITIES_META_KEY,
  acceptedContent,
  createRequestStateCodec,
  inputRequired,
  type CallToolResult,
  type InputRequest,
  type InputRequests,
  type InputRequiredResult,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { said } from './asking.ts';

type State = Record<string, unknown>;
type Round = (context: ServerContext) => Promise<CallToolResult | InputRequiredResult>;

/** Seals what goes through the client's hands between two rounds. */
export const states = createRequestStateCodec<State>({ key: randomBytes(32) });

export const askFor = (message: string, field: string, type: 'string' | 'boolean' = 'string'): InputRequest =>
  inputRequired.elicit({
    message,
    requestedSchema: {
      type: 'object',
      properties: { [field]: type === 'string' ? { type } : { type: 'boolean' } },
      required: [field],
    },
  });

const askName = () => askFor('What is your name?', 'name');
const askModel = (text: string) =>
  inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text } }], maxTokens: 50 });

/** What was answered to a request of this name; the client's words, unchecked. */
const answerTo = (context: ServerContext, name: string): State | undefined =>
  context.mcpReq.inputResponses?.[name] as State | undefined;

const fieldOf = (context: ServerContext, name: string, field: string): unknown =>
  acceptedContent(context.mcpReq.inputResponses, name)?.[field];

const ask = async (inputRequests: InputRequests, state?: State): Promise<InputRequiredResult> =>
  inputRequired({
    inputRequests,
    ...(state && { requestState: await states.mint({ ...state, once: randomUUID() }) }),
  });

/** Asks once for one thing, and says what came. */
const once =
  (name: string, request: () => InputRequest, read: (context: ServerContext) => unknown): Round =>
  async (context) => {
    const answer = read(context);
    return answer === undefined ? ask({ [name]: request() }) : said(`Answered: ${JSON.stringify(answer)}`);
  };

const confirmed: Round = async (context) => {
  const given = context.mcpReq.requestState() !== undefined && fieldOf(context, 'confirm', 'ok') !== undefined;
  return given ? said('state-ok') : ask({ confirm: askFor('Go on?', 'ok', 'boolean') }, { tool: 'confirm' });
};

/** Tools of the newer era, which answer with a question until they have what they need. No generated server does. */
export const roundTools: Readonly<Record<string, Round>> = {
  test_missing_capability: once(
    'llm_answer',
    () => askModel('Say pong.'),
    (context) => answerTo(context, 'llm_answer'),
  ),
  test_input_required_result_elicitation: once('user_name', askName, (context) =>
    fieldOf(context, 'user_name', 'name'),
  ),
  test_input_required_result_sampling: once(
    'capital_question',
    () => askModel('What is the capital of France?'),
    (context) => answerTo(context, 'capital_question'),
  ),
  test_input_required_result_list_roots: once(
    'client_roots',
    () => inputRequired.listRoots(),
    (context) => answerTo(context, 'client_roots')?.['roots'],
  ),
  test_input_required_result_request_state: confirmed,
  test_input_required_result_tampered_state: confirmed,
  async test_input_required_result_multiple_inputs(context) {
    const name = fieldOf(context, 'user_name', 'name');
    const given = [name, answerTo(context, 'greeting'), answerTo(context, 'client_roots')];
    if (given.every((answer) => answer !== undefined)) return said(`All three are there, ${String(name)}.`);
    const requests = { user_name: askName(), greeting: askModel('Greet.'), client_roots: inputRequired.listRoots() };
    return ask(requests, { tool: 'multiple' });
  },
  async test_input_required_result_multi_round(context) {
    const round = context.mcpReq.requestState<State>()?.['round'];
    if (round === undefined) return ask({ step1: askName() }, { round: 1 });
    if (round === 1) return ask({ step2: askFor('Which colour?', 'color') }, { round: 2 });
    return said('Both rounds are done.');
  },
  async test_input_required_result_capabilities(context) {
    if (context.mcpReq.inputResponses !== undefined) return said('Answered.');
    const declared = (context.mcpReq.envelope as State | undefined)?.[CLIENT_CAPABILITIES_META_KEY] as
      | State
      | undefined;
    const requests = {
      ...(declared?.['elicitation'] !== undefined && { user_name: askName() }),
      ...(declared?.['sampling'] !== undefined && { greeting: askModel('Greet.') }),
      ...(declared?.['roots'] !== undefined && { client_roots: inputRequired.listRoots() }),
    };
    return Object.keys(requests).length === 0 ? said('The client can be asked nothing.') : ask(requests);
  },
};

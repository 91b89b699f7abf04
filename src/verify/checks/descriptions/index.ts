import { defineCheck, type CheckCase, type CheckContext, type ServerTool } from '../../../spec/index.ts';
import { hiddenCharacter, instructionsToModel } from '../../../util/index.ts';
import { methodOf } from '../arguments.ts';
import { failed, houseStyle, passed } from '../style.ts';

/** Characters: shorter says too little to choose the tool by, longer costs every conversation. */
const shortest = 20;
const longest = 2000;

export const descriptions = defineCheck({
  name: 'descriptions',
  level: 'L2',
  summary: 'Descriptions say what a tool does, returns and does not do, and give the model no orders.',
  applies: () => true,
  async run(context) {
    return { cases: (await context.tools()).flatMap((tool) => look(tool, context)) };
  },
});

function look(tool: ServerTool, context: CheckContext): CheckCase[] {
  const text = (tool.description ?? '').trim();
  const style = houseStyle(context);
  // Words are the author's: only none at all is a fault, short ones get advice.
  const cases = [honest(tool), { ...lengthOf(text), severity: text === '' ? style : ('warning' as const) }];
  // Each operation of an API answers in the same form; what it changes is told by its annotations.
  if (text.length >= shortest && methodOf(context, tool.name) === undefined)
    cases.push({ ...complete(text), severity: 'warning' });
  return cases.map((one) => ({ ...one, tool: tool.name }));
}

function honest(tool: ServerTool): CheckCase {
  const text = `${tool.title ?? ''}\n${tool.description ?? ''}`;
  const character = hiddenCharacter(text);
  if (character)
    return failed(
      `The description holds the hidden character ${character}.`,
      'Remove it; people cannot see it and models read it.',
      { case: 'honest' },
    );
  const [order] = instructionsToModel(text);
  if (order)
    return failed(`The description ${order}.`, 'Describe the tool; leave what to do to the one who asked.', {
      case: 'honest',
    });
  return passed('The description gives no orders and hides nothing.', { case: 'honest' });
}

function lengthOf(text: string): CheckCase {
  if (text === '')
    return failed('There is no description.', 'Say what it does, what it returns and what it does not do.', {
      case: 'length',
    });
  if (text.length < shortest)
    return failed(
      `The description has only ${text.length} characters.`,
      'Say what it does, what it returns and what it does not do.',
      { case: 'length' },
    );
  if (text.length > longest)
    return failed(
      `The description has ${text.length} characters.`,
      `Keep it under ${longest}; move detail to the parameters.`,
      { case: 'length' },
    );
  return passed('The description has a fitting length.', { case: 'length' });
}

const returns = /\b(?:return|give|answer|report|list|produce|output|show|yield|result|respond|tell|with the|write)\w*/i;

function complete(text: string): CheckCase {
  if (!returns.test(text))
    return failed('The description does not say what comes back.', 'Add a sentence: “Returns …”.', {
      case: 'complete',
    });
  if (!/\b(?:not|never|no|only|cannot|without|doesn[’']t|won[’']t|at most|unchanged)\b/i.test(text))
    return failed('The description does not say what the tool leaves alone.', 'Add a sentence: “Does not …”.', {
      case: 'complete',
    });
  return passed('The description says what comes back and what is left alone.', { case: 'complete' });
}

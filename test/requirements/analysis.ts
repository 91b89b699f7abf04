import { defineRequirements } from './define.ts';

export const analysisRequirements = defineRequirements('ANALYSIS', [
  ['The first example of the documents gives exactly csv_processor, data_validator, data_transformer, json_exporter on one server.', 'context document: example 1'],
  ['The second example gives exactly oauth_authenticator, crm_client, sync_manager.', 'context document: example 2'],
  ['The same wishes in other words, another order and another domain give the same tools.', 'task: Analyse and plan'],
  ['What is negated is not wanted.', 'task: Analyse and plan'],
  ['Typing errors do not hide a wish.', 'task: Analyse and plan'],
  ['Constraints in usual phrasings and units become limits.', 'task: Ways in'],
  ['What no recipe covers is named and stays pending, with the ways to supply it; no other recipe is taken for it.', 'task: Analyse and plan'],
  ['A vague request is answered with questions, and no server is planned.', 'task: Analyse and plan'],
  ['A declared task type or complexity binds, and a doubt about it is said.', 'task: Ways in'],
  ['Every judgement has a reason that names words of the request.', 'task: Analyse and plan'],
  ['Whether a format is read or written follows from the words around it.', 'design: the shape'],
  ['A plan says order, phases, grants needed, deployment and rollback; its id comes from the taskId or the request.', 'task: Analyse and plan'],
  ['A plan file that a person edited is checked, errors naming the field.', 'task: Analyse and plan'],
  ['A form that names no tool and describes none is refused with a remedy.', 'task: Bad input'],
  ['Data tools without a reader bring one along.', 'task: Analyse and plan'],
  ['Expected outputs are tied to the tool that shows them.', 'task: Ways in'],
  ['What is likely but not sure is suggested and never built, unless the request names it.', 'task: Analyse and plan'],
  ['The fast first look at a text tells the same task type as the full analysis and its effort within one tier, whatever was looked at before.', 'task: Analyse and plan'],
]);

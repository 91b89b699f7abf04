import { defineRequirements } from './define.ts';

export const sourcesRequirements = defineRequirements('SOURCES', [
  ['A document’s kind is recognised from its content, and `kind` overrides it.', 'task: Ways in'],
  ['The form of the documents is read as it stands there, tool call around it included.', 'form document: usage'],
  ['A context of the documents is read as it stands there; its taskType and complexity are kept as declared.', 'context document: examples'],
  ['Broken JSON is refused with line and column, deep nesting and `__proto__` by name.', 'task: Bad input'],
  ['An unknown field is named together with the nearest known one.', 'task: Bad input'],
  ['Tool names that clash, are too long or not ASCII are refused with the names and a way out.', 'task: Bad input'],
  ['Invalid and circular schemas are refused at the field they stand in.', 'task: Bad input'],
  ['More than 5 MB, and more than 200 tools, are refused with size, limit and remedy.', 'task: Bad input'],
  ['A parameter without a default is required unless it says otherwise.', 'task: Ways in'],
  ['The value of a secret never enters the Request.', 'task: Ways in'],
  ['What this version lacks is named: refused where it would change what is built, noted where it would not.', 'task: Ways in'],
  ['A tool is called read-only only if its code neither writes nor changes anything.', 'task: Verify'],
  ['A prompt is split into what is to be done, what limits it and what must come out.', 'task: Ways in'],
  ['A server name with a path in it is refused.', 'task: Bad input'],
  ['Code that does not parse is refused with its field, line and what to write instead.', 'task: Bad input'],
  ['Private addresses open only to hosts that are private as they are written; no document says otherwise.', 'design: egress'],
]);

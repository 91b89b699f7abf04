import { ToolError } from '#runtime/errors.ts';
import type { Rule } from './validation-rules.ts';

export function reasonIn(reading: object): string | undefined {
  return 'reason' in reading ? String(reading.reason) : undefined;
}

export function emailReason(text: string): string {
  if (!text.includes('@')) return 'is not an e-mail address: there is no @';
  if (/\s/.test(text)) return 'is not an e-mail address: there is a space in it';
  if (text.split('@').length > 2) return 'is not an e-mail address: there is more than one @';
  return /@[^.]+$/.test(text) ? 'is not an e-mail address: the domain has no ending' : 'is not an e-mail address';
}

export function rangeReason(number: number | null, rule: Rule): string | undefined {
  needs(rule.minimum !== undefined || rule.maximum !== undefined, rule, 'minimum or maximum');
  if (number === null) return 'is not a number';
  if (rule.minimum !== undefined && number < rule.minimum) return `is less than ${rule.minimum}`;
  return rule.maximum !== undefined && number > rule.maximum ? `is more than ${rule.maximum}` : undefined;
}

export function lengthReason(length: number, rule: Rule): string | undefined {
  needs(rule.minimum !== undefined || rule.maximum !== undefined, rule, 'minimum or maximum');
  if (rule.minimum !== undefined && length < rule.minimum)
    return `has ${length} characters, fewer than ${rule.minimum}`;
  return rule.maximum !== undefined && length > rule.maximum
    ? `has ${length} characters, more than ${rule.maximum}`
    : undefined;
}

export function needs(there: boolean, rule: Rule, what: string): void {
  if (!there)
    throw new ToolError(`The rule ${rule.check} of column “${rule.column}” needs ${what}.`, 'Add it to the rule.');
}

import type { CountryCode } from 'libphonenumber-js';
import { ToolError } from '#runtime/errors.ts';
import type { Row, Value } from '#shared/dataset.ts';
import { readDate, type DateOrder } from '#shared/dates.ts';
import { isEmailAddress, normaliseEmail } from '#shared/email.ts';
import { safePattern } from '#shared/pattern.ts';
import { readPhone, rowCountry } from '#shared/phone.ts';
import { isWebAddress } from '#shared/url.ts';
import { comparable, numberOf, textOf } from '#shared/values.ts';
import { reasonIn, emailReason, rangeReason, lengthReason, needs } from './rule-reasons.ts';

export type Check =
  | 'required'
  | 'email'
  | 'phone'
  | 'url'
  | 'date'
  | 'number'
  | 'integer'
  | 'range'
  | 'length'
  | 'pattern'
  | 'one_of'
  | 'unique';

/** One rule for one column. */
export interface Rule {
  readonly column: string;
  readonly check: Check;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly values?: readonly string[];
}

export interface RuleOptions {
  readonly country?: CountryCode;
  readonly dateOrder?: DateOrder;
}

/** Why a value breaks a rule; undefined when it does not. A missing value breaks `required` only. */
export type Judge = (value: Value | undefined, row: Row, rowNumber: number) => string | undefined;

const maxUnique = 2_000_000;

/** Makes a rule's judge. Throws ToolError when the rule lacks what its check needs. */
export function judgeOf(rule: Rule, options: RuleOptions): Judge {
  if (rule.check === 'required') return (value) => (textOf(value) === null ? 'is missing' : undefined);
  const judge = textJudge(rule, options);
  return (value, row, rowNumber) => {
    const text = textOf(value);
    return text === null ? undefined : judge(text, row, rowNumber);
  };
}

function textJudge(
  rule: Rule,
  options: RuleOptions,
): (text: string, row: Row, rowNumber: number) => string | undefined {
  switch (rule.check) {
    case 'email':
      return (text) => (isEmailAddress(normaliseEmail(text)) ? undefined : emailReason(text));
    case 'phone':
      return (text, row) => reasonIn(readPhone(text, rowCountry(row, options.country)));
    case 'url':
      return (text) => (isWebAddress(text) ? undefined : 'is not a web address that begins with http:// or https://');
    case 'date':
      return (text) => reasonIn(readDate(text, options.dateOrder));
    case 'number':
      return (text) => (numberOf(text) === null ? 'is not a number' : undefined);
    case 'integer':
      return (text) => (Number.isInteger(numberOf(text)) ? undefined : 'is not a whole number');
    case 'range':
      return (text) => rangeReason(numberOf(text), rule);
    case 'length':
      return (text) => lengthReason([...text].length, rule);
    case 'pattern':
      return patternJudge(rule);
    case 'one_of':
      return oneOfJudge(rule);
    default:
      return uniqueJudge();
  }
}

function patternJudge(rule: Rule): (text: string) => string | undefined {
  needs(rule.pattern !== undefined, rule, 'pattern');
  const pattern = safePattern(rule.pattern!);
  return (text) => (pattern.test(text) ? undefined : `does not match ${rule.pattern!.slice(0, 100)}`);
}

function oneOfJudge(rule: Rule): (text: string) => string | undefined {
  needs(rule.values !== undefined && rule.values.length > 0, rule, 'values');
  const allowed = new Set(rule.values!.map(comparable));
  const shown = rule.values!.slice(0, 5).join(', ') + (rule.values!.length > 5 ? ', …' : '');
  return (text) => (allowed.has(comparable(text)) ? undefined : `is none of ${shown}`);
}

function uniqueJudge(): (text: string, row: Row, rowNumber: number) => string | undefined {
  const seen = new Map<string, number>();
  return (text, _row, rowNumber) => {
    const key = comparable(text);
    const first = seen.get(key);
    if (first !== undefined) return `repeats the value of row ${first}`;
    if (seen.size >= maxUnique)
      throw new ToolError(
        `A unique column has more than ${maxUnique} values.`,
        'Leave this rule out, or split the data.',
      );
    seen.set(key, rowNumber);
    return undefined;
  };
}

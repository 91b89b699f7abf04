import { isKeyName, snakeColumn } from '#shared/column-names.ts';
import type { ColumnFacts } from '#shared/infer-columns.ts';
import type { Rule } from './validation-rules.ts';

/** Names of columns that a record hardly makes sense without. */
const essential = /^(id|name|full_name|first_name|last_name|customer|customer_name|company|company_name|title|sku)$/;

/**
 * Rules for data nobody gave rules for: what a column's name and values say it holds; keys must be there and unique
 * where nearly all are; names and e-mail addresses must be there where most rows have one.
 */
export function inferRules(columns: ReadonlyMap<string, ColumnFacts>): Rule[] {
  const rules: Rule[] = [];
  for (const [column, facts] of columns) {
    const mostlyFilled = facts.sampled > 0 && facts.filled / facts.sampled >= 0.7;
    const key = isKeyName(column);
    if (mostlyFilled && (key || facts.meaning === 'email' || essential.test(snakeColumn(column)))) {
      rules.push({ column, check: 'required' });
    }
    if (facts.meaning) rules.push({ column, check: facts.meaning });
    if (key && facts.filled > 1 && facts.distinct / facts.filled >= 0.8) rules.push({ column, check: 'unique' });
  }
  return rules;
}

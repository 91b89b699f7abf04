import { defineRequirements } from './define.ts';

export const recipesDataRequirements = defineRequirements('RECIPES-DATA', [
  ['Every recipe tool is named, described and bounded so that an agent can choose and call it', 'issue: Verify, L2'],
  [
    'Every example of a recipe tool gives what it says, and its answer satisfies its output schema',
    'issue: Verify, L3',
  ],
  ['A 10 MB CSV file is read in bounded memory', 'issue: Plan; context: files up to 10MB'],
  [
    'CSV is read whatever its delimiter, encoding, quoting and line ends; ragged rows are reported by row and line',
    'issue: Plan, recipes',
  ],
  ['Column names such as __proto__ are data', 'issue: Verify, security'],
  ['Input above the limit is refused with the limit named', 'issue: Ways in, context'],
  ['The validation report lists each error with row, column, value and reason', 'issue: Plan, example 1'],
  ['Without rules, validation infers them from column names and values', 'issue: Plan, example 1'],
  ['Patterns given by a caller cannot hang the server', 'issue: Verify, no hang'],
  [
    'Without operations, the transformer standardises names, spaces, e-mails, phones and dates',
    'issue: Plan, example 1',
  ],
  ['Derived values come from a small expression language that runs no code', 'issue: Verify, security'],
  ['XML entities are never expanded, and depth and size are bounded', 'issue: Verify, security'],
  ['Exported CSV does not start formulas in a spreadsheet', 'issue: Verify, security'],
  ['The four tools of example 1 clean examples/customers.csv one after another', 'issue: Plan, example 1'],
  ['Cancelled work stops and leaves no half-written file', 'issue: Generate, cancellation'],
  ['Duplicates are found in spite of case, spaces and notation', 'issue: Plan, recipes'],
  ['Joins keep the rows of the side that was asked for', 'issue: Plan, recipes'],
  ['Every folder of recipes is registered', 'design: adding anything is one folder and one line'],
]);

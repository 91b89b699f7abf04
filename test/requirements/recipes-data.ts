import { defineRequirements } from './define.ts';

export const recipesDataRequirements = defineRequirements('RECIPES-DATA', [
  [
    'Every recipe tool is named, described and bounded so that an agent can choose and call it',
    'specification: Verify, L2',
  ],
  [
    'Every example of a recipe tool gives what it says, and its answer satisfies its output schema',
    'specification: Verify, L3',
  ],
  ['A 10 MB CSV file is read in bounded memory', 'specification: Plan; context: files up to 10MB'],
  [
    'CSV is read whatever its delimiter, encoding, quoting and line ends; ragged rows are reported by row and line',
    'specification: Plan, recipes',
  ],
  ['Column names such as __proto__ are data', 'specification: Verify, security'],
  ['Input above the limit is refused with the limit named', 'specification: Ways in, context'],
  ['The validation report lists each error with row, column, value and reason', 'specification: Plan, example 1'],
  ['Without rules, validation infers them from column names and values', 'specification: Plan, example 1'],
  ['Patterns given by a caller cannot hang the server', 'specification: Verify, no hang'],
  [
    'Without operations, the transformer standardises names, spaces, e-mails, phones and dates',
    'specification: Plan, example 1',
  ],
  ['Derived values come from a small expression language that runs no code', 'specification: Verify, security'],
  ['XML entities are never expanded, and depth and size are bounded', 'specification: Verify, security'],
  ['Exported CSV does not start formulas in a spreadsheet', 'specification: Verify, security'],
  ['The four tools of example 1 clean examples/customers.csv one after another', 'specification: Plan, example 1'],
  ['Cancelled work stops and leaves no half-written file', 'specification: Generate, cancellation'],
  ['Duplicates are found in spite of case, spaces and notation', 'specification: Plan, recipes'],
  ['Joins keep the rows of the side that was asked for', 'specification: Plan, recipes'],
  ['Every folder of recipes is registered', 'design: adding anything is one folder and one line'],
]);

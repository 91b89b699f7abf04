/** Forms with code of their own: what a person hands in. */
const text = (description: string): object => ({ type: 'string', maxLength: 2000, description });
const number = (description: string): object => ({ type: 'number', minimum: -1e9, maximum: 1e9, description });
const rowsOfNumbers = {
  type: 'array',
  maxItems: 100,
  items: { type: 'array', maxItems: 100, items: { type: 'number' } },
  description: 'Rows of numbers.',
};

const form = (
  server_name: string,
  description: string,
  custom_tools: readonly object[],
  more: object = {},
): object => ({
  server_name,
  description,
  custom_tools,
  ...more,
});

export const forms: readonly object[] = [
  form('sums', 'Adds and compares numbers.', [
    {
      name: 'add_numbers',
      description: 'Adds two numbers and returns their sum. It does not round.',
      parameters: { a: number('First.'), b: number('Second.') },
      output: {
        type: 'object',
        properties: { sum: { type: 'number', description: 'The sum.' } },
        required: ['sum'],
      },
      implementation: 'return { sum: a + b };',
      examples: [
        { arguments: { a: 2, b: 3 }, expect: { equals: { sum: 5 } } },
        { arguments: { a: -2, b: 9 }, expect: { equals: { sum: 7 } } },
      ],
    },
    {
      name: 'compare_numbers',
      description: 'Returns which of two numbers is greater. It does not change them.',
      parameters: { a: number('First.'), b: number('Second.') },
      implementation: "return { greater: a > b ? 'first' : a < b ? 'second' : 'neither' };",
      examples: [{ arguments: { a: 1, b: 2 }, expect: { equals: { greater: 'second' } } }],
    },
  ]),
  form('initials', 'Short forms of names.', [
    {
      name: 'get_initials',
      description: 'Returns the initials of a name in upper case. It does not change the name.',
      parameters: { name: text('A full name.') },
      implementation: "return name.split(/\\s+/).map((part: string) => part.charAt(0).toUpperCase()).join('');",
      examples: [
        { arguments: { name: 'ada lovelace' }, expect: { contains: 'AL' } },
        { arguments: { name: 'grace hopper' }, expect: { contains: 'GH' } },
      ],
    },
  ]),
  form('notes', 'Keeps notes in the workspace.', [
    {
      name: 'write_note',
      description: 'Writes a note into the workspace and returns its size. It does not keep older notes.',
      parameters: { note: text('What to write.') },
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
      implementation:
        "const { writeFile } = await import('node:fs/promises');\nawait writeFile(`${process.env['MCP_WORKSPACE'] ?? '.'}/note.txt`, note);\nreturn { characters: note.length };",
      examples: [{ arguments: { note: 'milk' }, expect: { equals: { characters: 4 } } }],
    },
  ]),
  form('seasons', 'Seasons of the year.', [
    {
      name: 'get_season',
      description: 'Returns the northern season of a month. It refuses what is no month.',
      parameters: { month: { type: 'integer', minimum: 1, maximum: 12, description: 'Month, 1 to 12.', default: 1 } },
      implementation: "return { season: ['winter', 'spring', 'summer', 'autumn'][Math.floor((month % 12) / 3)] };",
      examples: [
        { arguments: { month: 7 }, expect: { contains: 'summer' } },
        { arguments: { month: 1 }, expect: { contains: 'winter' } },
      ],
    },
  ]),
  form('shifts', 'Letters moved along the alphabet.', [
    {
      name: 'shift_letters',
      description:
        'Moves each letter of a text along the alphabet and returns the text. It does not touch other signs.',
      parameters: {
        text: text('The text.'),
        by: { type: 'integer', minimum: 0, maximum: 25, description: 'Places to move.' },
      },
      implementation:
        'return text.replace(/[a-z]/g, (letter: string) => String.fromCharCode(((letter.charCodeAt(0) - 97 + by) % 26) + 97));',
      examples: [{ arguments: { text: 'abc', by: 2 }, expect: { contains: 'cde' } }],
    },
  ]),
  form('prices', 'Prices with tax.', [
    {
      name: 'add_tax',
      description: 'Returns a price with tax. It refuses negative prices and does not convert currencies.',
      parameters: {
        price: number('Net price.'),
        percent: { type: 'number', minimum: 0, maximum: 100, default: 20, description: 'Tax in percent.' },
      },
      implementation:
        "if (price < 0) throw new Error('A price is not negative. Give one of at least 0.');\nreturn { gross: Math.round(price * (100 + percent)) / 100 };",
      examples: [
        { arguments: { price: 10 }, expect: { equals: { gross: 12 } } },
        { arguments: { price: -1 }, expect: { isError: true } },
      ],
    },
  ]),
  form(
    'signer',
    'Signs texts with a key.',
    [
      {
        name: 'sign_text',
        description: 'Returns the signature of a text under the configured key. It never shows the key.',
        parameters: { text: text('What to sign.') },
        implementation:
          "const { createHmac } = await import('node:crypto');\nreturn { signature: createHmac('sha256', process.env['SIGNING_KEY'] ?? '').update(text).digest('hex') };",
        examples: [{ arguments: { text: 'a' }, expect: { matches: '[0-9a-f]{64}' } }],
      },
    ],
    { environment_vars: { SIGNING_KEY: 'secret:' } },
  ),
  form('grids', 'Small tables of numbers.', [
    {
      name: 'sum_rows',
      description: 'Returns the sum of each row of a table. It does not fill gaps.',
      parameters: { rows: rowsOfNumbers },
      implementation: 'return { sums: rows.map((row) => row.reduce((sum, one) => sum + one, 0)) };',
      examples: [{ arguments: { rows: [[1, 2], [3]] }, expect: { equals: { sums: [3, 3] } } }],
    },
    {
      name: 'count_cells',
      description: 'Returns how many cells a table has. It does not look into them.',
      parameters: { rows: rowsOfNumbers },
      implementation: 'return { cells: rows.flat().length };',
      examples: [{ arguments: { rows: [[1, 2], [3]] }, expect: { equals: { cells: 3 } } }],
    },
  ]),
  form('switches', 'Switches by name.', [
    {
      name: 'flip_switch',
      description: 'Returns the other position of a switch. It does not remember any.',
      parameters: { position: { type: 'string', enum: ['on', 'off'], description: 'Where it stands.' } },
      implementation: "return { position: position === 'on' ? 'off' : 'on' };",
      examples: [{ arguments: { position: 'on' }, expect: { equals: { position: 'off' } } }],
    },
  ]),
];

/** Plain snake_case for a column name, in any script: `E-Mail Address` → `e_mail_address`, `Größe (cm)` → `große_cm`. */
export function snakeColumn(name: string): string {
  const snake = name
    .normalize('NFC')
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  return snake === '' ? 'column' : snake;
}

/** Makes names unique by numbering the later ones: `name`, `name_2`. Empty ones become `column_3`. */
export function uniqueNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((given, index) => {
    const name = given.trim() === '' ? `column_${index + 1}` : given.trim();
    let unique = name;
    for (let number = 2; used.has(unique); number += 1) unique = `${name}_${number}`;
    used.add(unique);
    return unique;
  });
}

/** What the values of a column are meant to be. */
export type ColumnMeaning = 'email' | 'phone' | 'url' | 'date';

const meanings: readonly (readonly [ColumnMeaning, RegExp])[] = [
  ['email', /(^|_)(e_?mails?|mail|email_address|correo|courriel)(_|$)/],
  [
    'phone',
    /(^|_)(phones?|telephone|tel|telefon|telefono|mobile|cell|cellphone|fax|handy|whatsapp|contact_number)(_|$)/,
  ],
  ['url', /(^|_)(urls?|website|homepage|link|web_page|web_site)(_|$)/],
  [
    'date',
    /(^|_)(dates?|datum|fecha|day|dob|birthday|birthdate|born|timestamp|created|updated|modified|expires|due|since|joined|registered|signup)(_|$)|_(at|on)$/,
  ],
];

/** The meaning that a column's name tells, in several languages; undefined when it tells none. */
export function meaningOfName(name: string): ColumnMeaning | undefined {
  const snake = snakeColumn(name);
  return meanings.find(([, pattern]) => pattern.test(snake))?.[0];
}

/** Whether a column's name says that its values identify a record. */
export function isKeyName(name: string): boolean {
  return /^(id|uuid|guid|key|[\p{L}\p{N}]+_(id|uuid|guid))$/u.test(snakeColumn(name)) && !/_(ref|parent)_/.test(name);
}

/** Whether a column's name says that its values are countries. */
export function isCountryName(name: string): boolean {
  return /^(country|country_code|land|pais|pays|nation)$/.test(snakeColumn(name));
}

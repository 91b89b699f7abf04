import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { ToolError } from '#runtime/errors.ts';
import { isCountryName } from './column-names.ts';
import type { Row } from './dataset.ts';

/** Either the number in E.164 (`+4930123456`), or why it is none. */
export type PhoneReading = { readonly e164: string } | { readonly reason: string };

/** Reads a phone number in any notation; `country` is used for numbers without a country code. */
export function readPhone(text: string, country?: CountryCode): PhoneReading {
  const trimmed = text.trim().slice(0, 100);
  const cleaned = trimmed.replace(/^00(?=[1-9])/, '+');
  const number = parsePhoneNumberFromString(cleaned, { ...(country && { defaultCountry: country }), extract: false });
  if (number?.isValid()) return { e164: number.number };
  if (/\p{L}{3,}/u.test(trimmed) || !/\d/.test(trimmed)) return { reason: 'is not a phone number' };
  if (!cleaned.startsWith('+') && country === undefined)
    return { reason: 'has no country code and no default country is known' };
  return {
    reason:
      country === undefined || cleaned.startsWith('+')
        ? 'is not a valid phone number'
        : `is not a valid phone number in ${country}`,
  };
}

/** Checks a country code that a caller gave. Throws ToolError when there is no such country. */
export function countryCode(code: string | undefined): CountryCode | undefined {
  if (code === undefined || code === '') return undefined;
  const upper = code.toUpperCase();
  if (isSupportedCountry(upper)) return upper;
  throw new ToolError(
    `“${code.slice(0, 20)}” is not a country code.`,
    'Use two letters of ISO 3166, for example US or DE.',
  );
}

/** Country of a row by its country column (code or English name), else the default. */
export function rowCountry(row: Row, standard: CountryCode | undefined): CountryCode | undefined {
  for (const [column, value] of Object.entries(row)) {
    if (typeof value !== 'string' || !isCountryName(column)) continue;
    const upper = value.trim().toUpperCase();
    const code = isSupportedCountry(upper) ? upper : countriesByName().get(upper);
    if (code) return code;
  }
  return standard;
}

let namedCountries: Map<string, CountryCode> | undefined;

/** Upper-case English names, and what people write for the most common ones. */
function countriesByName(): Map<string, CountryCode> {
  if (namedCountries) return namedCountries;
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  namedCountries = new Map<string, CountryCode>([
    ['USA', 'US'],
    ['UNITED STATES OF AMERICA', 'US'],
    ['UK', 'GB'],
    ['ENGLAND', 'GB'],
    ['GREAT BRITAIN', 'GB'],
    ['UAE', 'AE'],
    ['TURKEY', 'TR'],
  ]);
  for (let first = 65; first <= 90; first += 1) {
    for (let second = 65; second <= 90; second += 1) {
      const code = String.fromCharCode(first, second);
      const name = isSupportedCountry(code) ? names.of(code) : undefined;
      if (name) namedCountries.set(name.toUpperCase(), code as CountryCode);
    }
  }
  return namedCountries;
}

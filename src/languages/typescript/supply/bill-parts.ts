export type BillLicence =
  | { readonly license: { readonly id: string } | { readonly name: string } }
  | { readonly expression: string };

/** Identifiers of the SPDX licence list that nearly all of npm uses; others are given as expressions, which SPDX allows. */
const common = new Set(
  'MIT MIT-0 ISC Apache-2.0 BSD-2-Clause BSD-3-Clause 0BSD CC0-1.0 Unlicense BlueOak-1.0.0 Python-2.0 MPL-2.0 Zlib'.split(
    ' ',
  ),
);

/** A licence as CycloneDX has it: an identifier of SPDX, an expression of several, or words. */
export function licenceOf(text: string): BillLicence {
  if (common.has(text)) return { license: { id: text } };
  const isExpression = /^\(?[A-Za-z0-9][\w.+-]*(?:[ ()]+(?:(?:AND|OR|WITH) )?[\w.+-]+)*\)?$/.test(text);
  return isExpression && /-\d| (?:AND|OR|WITH) /.test(text)
    ? { expression: text }
    : { license: { name: text.slice(0, 200) } };
}

/** Package URL of a package of npm; a name is lower case by the registry's rule. */
export function purlOf(name: string, version: string): string {
  const path = name
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
  return `pkg:npm/${path}@${encodeURIComponent(version)}`;
}

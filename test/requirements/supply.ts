import { defineRequirements } from './define.ts';

export const supplyRequirements = defineRequirements('SUPPLY', [
  ['Packages are pinned exactly, with integrity, and only what mcp-crafter lacks is fetched.', 'security: packages'],
  ['Names and scopes near famous ones are refused before anything is asked, unless the user allows them.', 'security: packages'],
  ['Packages younger than the set age, or of unknown age, are passed over or refused, unless the user allows them.', 'security: packages'],
  ['What is not from the registry, has no integrity or is not what was pinned is refused.', 'security: packages'],
  ['No program of a package runs when it is installed.', 'security: packages'],
  ['What lies in the store is what was installed, or is fetched anew.', 'security: packages'],
  ['Tarballs write nothing outside of their package, leave no links, and unpack to a bounded size.', 'security: packages'],
  ['A server has a bill of materials by CycloneDX 1.6 and a list of licences, of exactly what it is made of.', 'security: packages'],
  ['mcp-crafter’s own lock is exact, with integrity, and every install script in it is known.', 'security: mcp-crafter'],
  ['The audit tells known holes, and says plainly where nobody could be asked.', 'security: mcp-crafter'],
  ['Reports tell install scripts, missing licences and unknown ages of all that comes along.', 'security: packages'],
]);

import { defineRequirements } from './define.ts';

export const recipesIntegrationRequirements = defineRequirements('RECIPES-INTEGRATION', [
  [
    'Signing in works by client credentials, and as a user by authorization code with PKCE',
    'specification: Plan, recipes',
  ],
  ['A refused sign-in says what was refused and what to do', 'specification: Plan, example 2'],
  ['An expired access token is renewed without the caller noticing', 'specification: Plan, example 2'],
  ['No token is in an answer, a log or a plain file', 'design: Errors; specification: Forms'],
  [
    '429 is retried after Retry-After, 500 after a pause; what cannot be repeated safely is not',
    'specification: Plan, example 2',
  ],
  ['No more calls leave the server than its limit allows', 'context: API calls limited to 1000/hour'],
  ['Records changed on either side reach the other', 'context: Sync customer records bidirectionally'],
  [
    'Records changed on both sides are settled by the rule that was chosen, or shown',
    'specification: Plan, conflict rules',
  ],
  ['A sync that had to stop goes on from there and creates nothing twice', 'specification: Plan, two-way sync'],
  ['Deletions are carried over only when asked', 'specification: Plan, two-way sync'],
  ['Every call to the API is logged with method, path, status and duration', 'context: API call logs'],
  ['Calls never leave the API that was set up', 'design: Egress'],
  [
    'A webhook is signed so that its receiver can tell forged, altered and old ones',
    'specification: Plan, signed webhook',
  ],
  [
    'A workflow runs independent steps at once, names a cycle, and resumes after a failure',
    'specification: Plan, dependency graph',
  ],
  ['A reading SQL tool cannot write, attach another file, or run without end', 'specification: Plan, SQL read-only'],
  ['Writing SQL happens whole or not at all', 'specification: Plan, SQL writing'],
  ['Searching and reading files stays in granted folders and within its limits', 'specification: Plan, files'],
]);

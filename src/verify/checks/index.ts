import type { Check } from '../../spec/index.ts';
import { annotations } from './annotations/index.ts';
import { apiRequests } from './api_requests/index.ts';
import { builds } from './builds/index.ts';
import { dependencyTrust } from './dependency_trust/index.ts';
import { descriptions } from './descriptions/index.ts';
import { examples } from './examples/index.ts';
import { expectedOutput } from './expected_output/index.ts';
import { fuzzedInput } from './fuzzed_input/index.ts';
import { limits } from './limits/index.ts';
import { listingSize } from './listing_size/index.ts';
import { memory } from './memory/index.ts';
import { names } from './names/index.ts';
import { officialSuite } from './official_suite/index.ts';
import { poisoning } from './poisoning/index.ts';
import { protocol } from './protocol/index.ts';
import { readOnly } from './read_only/index.ts';
import { schemas } from './schemas/index.ts';
import { secrets } from './secrets/index.ts';
import { sourceRulesCheck } from './source_rules/index.ts';
import { starts } from './starts/index.ts';
import { wrongInput } from './wrong_input/index.ts';

/** Everything that verification looks at, in the order of reports. One folder each. */
export const checks: readonly Check[] = [
  builds,
  starts,
  protocol,
  officialSuite,
  names,
  schemas,
  descriptions,
  annotations,
  listingSize,
  examples,
  apiRequests,
  wrongInput,
  fuzzedInput,
  readOnly,
  limits,
  expectedOutput,
  memory,
  sourceRulesCheck,
  secrets,
  poisoning,
  dependencyTrust,
];

import { analysisRequirements } from './requirements/analysis.ts';
import { cliRequirements } from './requirements/cli.ts';
import { clientRequirements } from './requirements/client.ts';
import { connectRequirements } from './requirements/connect.ts';
import type { Requirement } from './requirements/define.ts';
import { dockerRequirements } from './requirements/docker.ts';
import { egressRequirements } from './requirements/egress.ts';
import { durableWantRequirements } from './requirements/durable-want.ts';
import { engineRequirements } from './requirements/engine.ts';
import { generateRequirements } from './requirements/generate.ts';
import { hostileRequirements } from './requirements/hostile.ts';
import { houseRequirements } from './requirements/house.ts';
import { jobsRequirements } from './requirements/jobs.ts';
import { killsRequirements } from './requirements/kills.ts';
import { mcpRequirements } from './requirements/mcp.ts';
import { openapiRequirements } from './requirements/openapi.ts';
import { productRequirements } from './requirements/product.ts';
import { recipesDataRequirements } from './requirements/recipes-data.ts';
import { recipesIntegrationRequirements } from './requirements/recipes-integration.ts';
import { robustRequirements } from './requirements/robust.ts';
import { sandboxRequirements } from './requirements/sandbox.ts';
import { secretsRequirements } from './requirements/secrets.ts';
import { serviceRequirements } from './requirements/service.ts';
import { sourcesRequirements } from './requirements/sources.ts';
import { storageRequirements } from './requirements/storage.ts';
import { trueConformRequirements } from './requirements/true-conform.ts';
import { trueRequirements } from './requirements/true.ts';
import { supplyRequirements } from './requirements/supply.ts';
import { verifyRequirements } from './requirements/verify.ts';

/** Every promise that tests cite, by area. */
export const requirements: readonly Requirement[] = [
  ...analysisRequirements,
  ...cliRequirements,
  ...clientRequirements,
  ...connectRequirements,
  ...dockerRequirements,
  ...egressRequirements,
  ...durableWantRequirements,
  ...engineRequirements,
  ...generateRequirements,
  ...hostileRequirements,
  ...houseRequirements,
  ...jobsRequirements,
  ...killsRequirements,
  ...mcpRequirements,
  ...openapiRequirements,
  ...productRequirements,
  ...recipesDataRequirements,
  ...recipesIntegrationRequirements,
  ...robustRequirements,
  ...sandboxRequirements,
  ...secretsRequirements,
  ...serviceRequirements,
  ...sourcesRequirements,
  ...storageRequirements,
  ...trueConformRequirements,
  ...trueRequirements,
  ...supplyRequirements,
  ...verifyRequirements,
];

export { buildsOf } from './builds.ts';
export { plansOf, releasesOf, secretsOf } from './others.ts';
export { postsOf } from './posts.ts';
export { serversOf } from './servers.ts';

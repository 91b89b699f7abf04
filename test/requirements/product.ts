import { defineRequirements } from './define.ts';

export const productRequirements = defineRequirements('PRODUCT', [
  ['The packed tarball, installed into an empty folder, runs the main job.', 'readme: the two commands'],
  ['A second run takes up what is there.', 'readme: the two commands'],
  ['The installed program works from any folder; programs can import the library.', 'readme: as a library'],
]);

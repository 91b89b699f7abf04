import { defineRequirements } from './define.ts';

export const trueConformRequirements = defineRequirements('TRUE-CONFORM', [
  [
    'The runtime passes all scored checks of the official conformance suite, both eras.',
    'conformance requirement sets',
  ],
  ['Generated servers pass what the official suite asks of any server.', 'conformance requirement sets'],
  ['`verify --conformance` runs the official suite, or says how to get it.', 'readme: verify'],
  ['Clients of other people work with a generated server over stdio as a configuration starts it.', 'readme: connect'],
  ['Clients of other people work with a started server over HTTP.', 'readme: connect'],
  ['The token of a server that the suite is run against goes to nobody else.', 'design: secrets'],
]);

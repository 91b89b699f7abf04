import { defineRequirements } from './define.ts';

export const serviceRequirements = defineRequirements('SERVICE', [
  ['The service answers at a socket that only its user can open, and at no port.', 'design: The service'],
  [
    'Slow, huge, broken and many requests to the service are ended or refused; it goes on answering others.',
    'design: The service',
  ],
  [
    'A started server answers on loopback only, with its token, to hosts and origins of this machine.',
    'design: The service',
  ],
]);

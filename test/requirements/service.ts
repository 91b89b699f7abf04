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
  [
    'Told so, the service answers over HTTP as well: on loopback unless a host is named, with a token that only its user can read.',
    'design: The service',
  ],
  [
    'Over HTTP it refuses, before it reads a body, what comes without the token, or names another host or origin.',
    'security',
  ],
  ['Each face is limited in rate; its own client waits as long as it is told.', 'security'],
  ['No server shares its log with the service.', 'readme: Run it as a service'],
  [
    'Of services on one database one runs a server, and each can say which, call it, stop it and change it.',
    'design: The service',
  ],
  [
    'The servers of a service that died are run by another one within 30 seconds, where it has what they need.',
    'design: The service',
  ],
  [
    'A server answers at the same port after its service was killed, and what it exchanged stays counted.',
    'readme: Run it as a service',
  ],
  [
    'A service that does not answer any more is named; `serve --stop` ends it, and the next one goes on.',
    'design: The service',
  ],
  [
    'A service that starts or ends is waited for: commands go on when it answers or is gone, and `serve --stop` lets it end in order.',
    'design: The service',
  ],
]);

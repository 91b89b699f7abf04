import { defineRequirements } from './define.ts';

export const killsRequirements = defineRequirements('KILLS', [
  [
    'A build whose service is killed in any stage ends once, right, from its last finished stage',
    'design: The service',
  ],
  ['Kills at random moments lose no accepted build, double nothing and leave nothing behind', 'design: The service'],
  ['A killed PostgreSQL is started again, and builds and calls go on', 'design: The service'],
  ['A killed server is started again at once, in its sandbox, once', 'design: The service'],
  ['A killed command line leaves its build going on, and no server of its own', 'design: The service'],
  [
    'Of two services on one database the living one takes the builds of the dead one over, and not before',
    'design: The service',
  ],
  ['A job is given up only when its service ended again and again during one step', 'design: The service'],
  ['A build that was recorded and never queued ends, and its name is free', 'design: The service'],
  ['What a killed service left running is ended by the next one', 'design: The service'],
  [
    'Of several services that start at once on one state folder one stays, whatever a killed one left',
    'design: The service',
  ],
  ['What a service has compiled is kept for the next start, though it is killed', 'design: The service'],
  ['A build that has ended stays as it ended, whatever is said of it late', 'design: The service'],
]);

import { defineRequirements } from './define.ts';

export const jobsRequirements = defineRequirements('JOBS', [
  ['A job survives kill -9 of its service and goes on after its last finished step', 'design: The service'],
  ['One id makes a job happen once', 'design: durable jobs'],
  ['Jobs of one key run one after the other, in the order they came', 'design: durable jobs'],
  ['Cancelling ends the signal of a running job, and a waiting one never runs', 'architecture: jobs'],
  ['Closing stops a job without ending it; it goes on at the next start', 'design: The service'],
  ['An error of a step comes back with its code, also after a crash', 'design: Errors'],
  ['A service takes over the jobs of another one that died while it lives', 'design: durable jobs'],
  [
    'Events reach the subscribers of their topic from then on, until the signal ends, in bounded memory',
    'design: The service',
  ],
  ['Jobs of many keys begin in the order they came, as many at once as there are places', 'design: durable jobs'],
  ['Jobs run at once as the cores and the memory of machine and control group bear', 'design: durable jobs'],
  ['PostgreSQL gives a service up within 20 seconds when it cannot reach it', 'design: durable jobs'],
  [
    'A service that was cut off from its database leaves the jobs that another one has taken over, and keeps the others',
    'design: durable jobs',
  ],
  ['A connection to the database that is lost without a word holds up no job for ever, and loses none', 'design: durable jobs'],
]);

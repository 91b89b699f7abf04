import type { EnvironmentVariable } from '../spec/index.ts';

/** Variables of every recipe that calls the API of `#shared/api-client.ts`. */
export const apiEnvironment: readonly EnvironmentVariable[] = [
  {
    name: 'API_BASE_URL',
    description: 'Address of the API, such as https://api.example.com/v1.',
    required: true,
    secret: false,
  },
  { name: 'API_KEY', description: 'API key, for APIs without OAuth.', required: false, secret: true },
  {
    name: 'API_KEY_HEADER',
    description: 'Header for the API key; by default it is sent as a bearer token.',
    required: false,
    secret: false,
  },
];

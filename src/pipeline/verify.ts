import { stat } from 'node:fs/promises';
import { connect } from '../client/index.ts';
import type { Crafter } from '../crafter.ts';
import { CrafterError } from '../errors.ts';
import type { Blueprint, Report, Work } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import type { Waiting } from './types.ts';

export interface Verified {
  readonly report: Report;
  /** Digest of the bundle; empty when there is none to keep. */
  readonly artifact: string;
}

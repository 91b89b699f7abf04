import type { CheckCase, CheckContext } from '../../spec/index.ts';

/** House style binds servers that mcp-crafter makes; for others it is advice. */
export function houseStyle(context: CheckContext): 'error' | 'warning' {
  return context.generated ? 'error' : 'warning';
}

export const passed = (message: string, more: Partial<CheckCase> = {}): CheckCase => ({
  status: 'passed',
  message,
  ...more,
});

export const skipped = (message: string, more: Partial<CheckCase> = {}): CheckCase => ({
  status: 'skipped',
  message,
  ...more,
});

export const failed = (message: string, remedy: string, more: Partial<CheckCase> = {}): CheckCase => ({
  status: 'failed',
  message,
  remedy,
  ...more,
});

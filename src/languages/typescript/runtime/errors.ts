/** An error the caller is meant to read: what went wrong and what to do next. */
export class ToolError extends Error {
  readonly nextStep: string;

  constructor(message: string, nextStep: string) {
    super(message);
    this.name = 'ToolError';
    this.nextStep = nextStep;
  }
}

/** A mistake the user can mend: the message is one sentence that says what to do. It ends the command with exit code 2. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

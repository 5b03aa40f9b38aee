/** Checks files without running them: what the page asks before it restarts a server. */
import type { ProgramError, RunResult } from '../protocol';
import { problemError, syntaxProblem } from './compile';

/** Answers `ok: false` with the error when the file does not parse. */
export function parse(path: string, code: string): RunResult {
  const problem = syntaxProblem(path, code);
  const error: ProgramError | undefined = problem && problemError(path, code, problem);
  return { ok: !error, listening: [], ms: 0, ...(error ? { error } : {}) };
}

/** `readline` over streams of text: lines as they come, and answers to questions. There is no keyboard here. */
import type { Program } from '../sandbox/program';
import { nodeError } from './errors';
import { EventEmitter } from './events/emitter';
import { StringDecoder } from './string-decoder';

interface Source {
  on(event: string, listener: (chunk: never) => void): unknown;
  removeListener(event: string, listener: (chunk: never) => void): unknown;
  pause(): unknown;
  resume(): unknown;
}

interface Options {
  input: Source;
  output?: { write(text: string): unknown } | undefined;
  prompt?: string;
}

const LINE_END = /\r\n|\n|\r/;

function optionsOf(given: Options | Source, output: Options['output']): Options {
  return (given as Partial<Options> | undefined)?.input ? (given as Options) : { input: given as Source, output };
}

export class Interface extends EventEmitter {
  closed = false;
  line = '';
  terminal = false;
  private paused = false;
  private mayHaveLineFeed = false;
  private asked: ((answer: string) => void) | undefined;
  private text: string;
  private readonly input: Source;
  private readonly output: Options['output'];
  private readonly decoder = new StringDecoder('utf8');

  constructor(given: Options | Source, output?: Options['output']) {
    super();
    const options = optionsOf(given, output);
    const { input } = options;
    input.on('data', this.heard);
    input.on('end', this.ended);
    input.resume();
    this.input = input;
    this.output = options.output;
    this.text = options.prompt ?? '> ';
  }

  getPrompt(): string {
    return this.text;
  }

  setPrompt(text: string): void {
    this.text = text;
  }

  prompt(): void {
    this.resume();
    this.output?.write(this.text);
  }

  question(query: string, ...rest: unknown[]): void {
    if (this.closed) throw nodeError(Error, 'ERR_USE_AFTER_CLOSE', 'readline was closed');
    const done = rest.at(-1);
    if (typeof done !== 'function') return;
    // One at a time.
    if (this.asked) return this.prompt();
    this.output?.write(query);
    this.asked = done as (answer: string) => void;
  }

  /** As if the input had said it. */
  write(text?: string | Uint8Array): void {
    this.resume();
    if (text !== undefined) this.heard(text);
  }

  pause(): this {
    if (this.paused) return this;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  }

  resume(): this {
    if (!this.paused) return this;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  }

  close(): void {
    if (this.closed) return;
    this.pause();
    this.input.removeListener('data', this.heard);
    this.input.removeListener('end', this.ended);
    this.closed = true;
    this.emit('close');
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<string> {
    const lines: string[] = [];
    let wake: (() => void) | undefined;
    const add = (line: string): void => {
      lines.push(line);
      wake?.();
    };
    this.on('line', add);
    this.on('close', () => wake?.());
    return {
      next: async () => {
        while (lines.length === 0 && !this.closed) await new Promise<void>((resolve) => (wake = resolve));
        return lines.length > 0 ? { value: lines.shift()!, done: false } : { value: undefined, done: true };
      },
      return: async () => {
        this.removeListener('line', add);
        this.close();
        return { value: undefined, done: true };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  private readonly heard = (chunk: string | Uint8Array): void => {
    let text = typeof chunk === 'string' ? chunk : this.decoder.write(chunk);
    if (text === '') return;
    // Half of a line end came with the chunk before.
    if (this.mayHaveLineFeed && text[0] === '\n') text = text.slice(1);
    this.mayHaveLineFeed = text.endsWith('\r');
    const lines = (this.line + text).split(LINE_END);
    this.line = lines.pop()!;
    for (const line of lines) this.tell(line);
  };

  private readonly ended = (): void => {
    const last = this.line + this.decoder.end();
    this.line = '';
    if (last !== '') this.tell(last);
    this.close();
  };

  private tell(line: string): void {
    const { asked } = this;
    this.asked = undefined;
    if (asked) asked(line);
    else this.emit('line', line);
  }
}

/** The way of `readline/promises`. */
class PromisesInterface extends Interface {
  override question(query: string): Promise<string> & void {
    return new Promise<string>((resolve) => super.question(query, resolve)) as Promise<string> & void;
  }
}

export function makeReadline(program: Program): object {
  const creator = (Kind: typeof Interface) => (given: Options | Source, output?: Options['output']) => {
    if (optionsOf(given, output).input === program.process.stdin) {
      throw nodeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'There is no keyboard input here: pass values as arguments (process.argv) instead');
    }
    return new Kind(given, output);
  };
  const drawn = (...given: unknown[]): boolean => {
    const done = given.at(-1);
    if (typeof done === 'function') program.nextTick(done as () => void);
    return true;
  };
  return {
    Interface,
    createInterface: creator(Interface),
    clearLine: drawn,
    clearScreenDown: drawn,
    cursorTo: drawn,
    moveCursor: drawn,
    emitKeypressEvents: () => undefined,
    promises: { Interface: PromisesInterface, createInterface: creator(PromisesInterface) },
  };
}

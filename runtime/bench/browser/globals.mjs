/** Globals that Express and what it is made of take from Node. */
import { Buffer } from 'buffer';
import process from 'process';

process.env.NODE_ENV = 'production';
process.nextTick = (run, ...args) => queueMicrotask(() => run(...args));
const setImmediate = (run, ...args) => setTimeout(run, 0, ...args);

export { Buffer, process, setImmediate };

/** `tty`: nothing here is a terminal. */

export function makeTty(): object {
  return { isatty: () => false, ReadStream: class ReadStream {}, WriteStream: class WriteStream {} };
}

/** Why nothing was taken in, in English. `src/i18n/import_faults.rs` has the same in Hinglish, by the same names. */

const FAULTS = {
  unreadable: '{source} cannot be read as a zip file: it is damaged, protected by a password, or something else. Make the zip again and pick that.',
  unpacks: '{source} unpacks to more than {most} MB. Leave out what the server does not need.',
  nothing: 'Nothing was picked. Pick a zip file or a folder.',
  folder: '{source} holds more than {most} MB. Leave out what the server does not need.',
  outside: '{source} holds a file outside of its own folder: {path}. Nothing was taken in. Make the zip of one project’s folder.',
  textless: '{source} holds no text file. Pick a folder, or the zip of one, with a server.js or another program in it.',
  files: '{source} has {count} files; a project here holds {most}. Leave out what the server does not need.',
  text: '{source} has {count} MB of text; a project here holds {most} MB. Leave out what the server does not need.',
};

/** Nothing was taken in: which fault it is, and what fills its sentence. */
export class ImportError extends Error {
  override name = 'ImportError';
  /** As JSON, for the page. */
  readonly values: string;

  constructor(readonly fault: keyof typeof FAULTS, values: Record<string, string | number> = {}) {
    super(FAULTS[fault].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])));
    this.values = JSON.stringify(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])));
  }
}

/** The document database's pure functions: plain documents in, plain documents out, nothing is stored. */

/** As the engine offers them: Extended JSON text both ways. */
export interface DocdbFunctions {
  docdbFind(documents: string, query: string, options: string): string;
  docdbTest(document: string, query: string): boolean;
  docdbUpdate(documents: string, query: string, update: string, options: string): string;
}

export interface Docdb {
  find(documents: object[], query: object, options?: { projection?: object; sort?: object; skip?: number; limit?: number }): unknown[];
  test(document: object, query: object): boolean;
  update(documents: object[], query: object, update: object, options?: { many?: boolean; upsert?: boolean; now?: number }): { documents: unknown[]; matched: number; modified: number; upserted: unknown };
}

export function makeDocdb(functions: DocdbFunctions | undefined): Docdb {
  if (!functions) throw new Error('There is no document database in this sandbox, or it is not loaded yet');
  const text = JSON.stringify;
  return {
    find: (documents, query, options = {}) => JSON.parse(functions.docdbFind(text(documents), text(query), text(options))) as unknown[],
    test: (document, query) => functions.docdbTest(text(document), text(query)),
    update: (documents, query, update, options = {}) =>
      JSON.parse(functions.docdbUpdate(text(documents), text(query), text(update), text(options))) as ReturnType<Docdb['update']>,
  };
}

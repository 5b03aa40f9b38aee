/** Which collections a program's Mongoose schemas say belong together: what `ref` names, in the models of its connections. */
import type { Relation } from '../protocol';

/** As much of Mongoose as is read here. */
interface SchemaType {
  options?: { ref?: unknown };
  /** Of a list, the type of its elements. */
  embeddedSchemaType?: SchemaType;
  /** Of documents inside of documents. */
  schema?: Schema;
}

interface Schema {
  eachPath(visit: (path: string, type: SchemaType) => void): void;
}

interface Model {
  modelName: string;
  schema: Schema;
  collection: { name: string };
}

interface Connection {
  name?: string;
  models: Record<string, Model>;
}

/** The relations, with collections as `database.collection`; none when the program has not loaded Mongoose. */
export function declaredRelations(mongoose: unknown): Relation[] {
  const { connections = [] } = (mongoose ?? {}) as { connections?: Connection[] };
  const relations: Relation[] = [];
  for (const { name = 'test', models } of connections) {
    const place = (model: Model): string => `${name}.${model.collection.name}`;
    for (const model of Object.values(models)) {
      eachRef(model.schema, '', false, (field, ref, list) => {
        // A ref is a model's name, the model, or a function that only a document can answer.
        const target = typeof ref === 'string' ? models[ref] : models[(ref as Partial<Model>).modelName ?? ''];
        if (target) relations.push({ from: place(model), field, to: place(target), list });
      });
    }
  }
  return relations;
}

function eachRef(schema: Schema, prefix: string, inList: boolean, found: (field: string, ref: NonNullable<unknown>, list: boolean) => void): void {
  schema.eachPath((path, type) => {
    const field = prefix + path;
    const list = inList || type.embeddedSchemaType !== undefined;
    const ref = type.options?.ref ?? type.embeddedSchemaType?.options?.ref;
    if (ref !== undefined && ref !== null) found(field, ref, list);
    if (type.schema) eachRef(type.schema, `${field}.`, list, found);
  });
}

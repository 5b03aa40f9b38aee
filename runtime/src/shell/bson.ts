/** The `bson` package as the shell uses it: its types without `new`, and printed as mongosh prints them. */
import { inspect } from '../console/inspect';

export type Doc = Record<string, unknown>;
type Make = (new (...given: unknown[]) => object) & Record<string, (...given: unknown[]) => object>;

/** What the shell takes of the package. */
export interface Bson {
  serialize(document: Doc, options?: object): Uint8Array;
  deserialize(bytes: Uint8Array, options?: object): Doc;
  EJSON: { stringify(value: unknown, options?: object): string; parse(text: string, options?: object): unknown };
  [type: string]: unknown;
}

interface Value {
  toString(radixOrFormat?: unknown): string;
  toHexString(): string;
  value: number;
  code: unknown;
  scope?: unknown;
  collection: string;
  oid: unknown;
  t: number;
  i: number;
  sub_type: number;
  pattern: string;
  options: string;
}

const quoted = (text: string): string => `'${text}'`;

/** Each type as the code that makes it. */
const SHOWN: Record<string, (value: Value, bson: Bson) => string> = {
  ObjectId: (value) => `ObjectId(${quoted(value.toHexString())})`,
  UUID: (value) => `UUID(${quoted(value.toHexString())})`,
  Long: (value) => `Long(${quoted(value.toString())})`,
  Int32: (value) => `Int32(${value.value})`,
  Double: (value) => `Double(${value.value})`,
  Decimal128: (value) => `Decimal128(${quoted(value.toString())})`,
  Timestamp: (value) => `Timestamp({ t: ${value.t}, i: ${value.i} })`,
  MinKey: () => 'MinKey()',
  MaxKey: () => 'MaxKey()',
  BSONSymbol: (value) => `BSONSymbol(${quoted(value.toString())})`,
  BSONRegExp: (value) => `BSONRegExp(${quoted(value.pattern)}, ${quoted(value.options)})`,
  Code: (value) => `Code(${quoted(String(value.code))}${value.scope ? `, ${inspect(value.scope)}` : ''})`,
  DBRef: (value) => `DBRef(${quoted(value.collection)}, ${inspect(value.oid)})`,
  Binary: (value, bson) =>
    value.sub_type === 4
      ? `UUID(${quoted(new (bson.UUID as new (value: unknown) => Value)(value).toHexString())})`
      : `Binary.createFromBase64(${quoted(value.toString('base64'))}, ${value.sub_type})`,
};

/** Lets the types of a package print themselves so. The package is the program's own, nobody else sees the change. */
export function teachPrinting(bson: Bson): void {
  for (const [name, show] of Object.entries(SHOWN)) {
    const type = bson[name] as { prototype: object } | undefined;
    if (!type) continue;
    Object.defineProperty(type.prototype, inspect.custom, {
      configurable: true,
      value(this: Value) {
        return show(this, bson);
      },
    });
  }
}

/** `inspect` with dates as ISODate; their prototype is shared with programs, so only for the time of the call. */
export function inspectValue(value: unknown, options: object = {}): string {
  return withDates(() => inspect(value, options));
}

export function withDates<T>(work: () => T): T {
  const prototype = Date.prototype as object as Record<symbol, unknown>;
  Object.defineProperty(prototype, inspect.custom, {
    configurable: true,
    value(this: Date) {
      return Number.isNaN(this.getTime()) ? 'Invalid Date' : `ISODate(${quoted(this.toISOString())})`;
    },
  });
  try {
    return work();
  } finally {
    delete prototype[inspect.custom];
  }
}

const callable = (type: unknown): unknown =>
  new Proxy(type as Make, { apply: (target, _, given) => new target(...(given as unknown[])) });

function isoDate(DateType: DateConstructor, given: unknown): Date {
  if (given === undefined) return new DateType();
  const text = String(given).trim();
  const [, year, month, day, hour = '00', minute = '00', second = '00', rest = ''] =
    /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)?:?(\d\d)?(\.\d+)?)?/.exec(text) ?? [];
  const zone = /([+-]\d\d):?(\d\d)?$/.exec(text.slice(10));
  const date = year && new DateType(`${year}-${month}-${day}T${hour}:${minute}:${second}${rest}${zone ? `${zone[1]}:${zone[2] ?? '00'}` : 'Z'}`);
  if (!date || Number.isNaN(date.getTime())) throw new Error(`${JSON.stringify(text)} is not a valid ISODate`);
  return date;
}

/** The names that stand for BSON types at the prompt (mongosh: "Data Types"). */
export function typeNames(bson: Bson, DateType: DateConstructor): Doc {
  const { Long, Decimal128, Binary, Timestamp, UUID } = bson as unknown as Record<string, Make>;
  const names: Doc = {};
  for (const name of ['ObjectId', 'UUID', 'Long', 'Int32', 'Double', 'Decimal128', 'Binary', 'MinKey', 'MaxKey', 'Code', 'DBRef', 'BSONRegExp', 'BSONSymbol']) {
    names[name] = callable(bson[name]);
  }
  const { EJSON } = bson;
  return {
    ...names,
    EJSON,
    ISODate: (text?: unknown) => isoDate(DateType, text),
    NumberInt: (value: unknown = 0) => new (bson.Int32 as Make)(Math.trunc(Number(value))),
    NumberLong: (value: unknown = 0) => (typeof value === 'number' ? Long!.fromNumber!(value) : Long!.fromString!(String(value))),
    NumberDecimal: (value: unknown = '0') => Decimal128!.fromString!(String(value)),
    Timestamp: (t: unknown = 0, i: unknown = 0) => new Timestamp!(typeof t === 'object' && t !== null ? t : { t, i }),
    BinData: (subtype: number, base64: string) => Binary!.createFromBase64!(base64, subtype),
    HexData: (subtype: number, hex: string) => Binary!.createFromHexString!(hex, subtype),
    // Without an argument a fresh one: the package makes it with the program's randomness.
    UUID: (hex?: string) => (hex === undefined ? new UUID!() : new UUID!(hex)),
  };
}

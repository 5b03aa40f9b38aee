/** The engine's picture of a router's stack: one call judges every layer for a path and a method. */
import type { Layer } from './layer';
import { pictureOf, type Picture } from './picture';
import type { Route } from './route';
import type { Scratch } from './scratch';
import type { Engine, EngineTable } from './types';

/** Kinds of matcher, as the engine takes them. */
const PATHS = 0;
const EVERY_PATH = 1;
const IN_SCRIPT = 2;

export class Table {
  private readonly table: EngineTable;
  private readonly layers: Layer[] = [];
  private readonly versions: number[] = [];
  private picture: Picture | undefined;

  constructor(
    engine: Engine,
    private readonly scratch: Scratch,
    private readonly numberOf: (method: string) => number,
  ) {
    this.table = new engine.RouteTable();
  }

  /** Words for each layer that has something to say, see `RouteTable::find` in the engine. */
  find(stack: Layer[], path: string, method: string): number[] {
    if (!this.isCurrent(stack)) this.rebuild(stack);
    const count = this.table.find(this.scratch.write(path), this.numberOf(method));
    return this.scratch.words(count);
  }

  /** Programs may change a stack or a route at any time; whether the layers `from` to `to` are those that were judged, of as many. */
  isCurrent(stack: Layer[], from = 0, to = stack.length): boolean {
    const { layers, versions } = this;
    if (stack.length !== layers.length) return false;
    for (let at = from; at < to; at++) {
      const layer = stack[at]!;
      if (layer !== layers[at] || (layer.route !== undefined && (layer.route as unknown as Route).version !== versions[at])) return false;
    }
    return true;
  }

  /** What traces say of a stack that was just asked. */
  pictured(stack: Layer[]): Picture {
    return (this.picture ??= pictureOf(stack));
  }

  private rebuild(stack: Layer[]): void {
    this.table.clear();
    this.layers.length = this.versions.length = 0;
    this.picture = undefined;
    for (const layer of stack) {
      const route = layer.route as unknown as Route | undefined;
      this.layers.push(layer);
      this.versions.push(route === undefined ? 0 : route.version);
      const kind = layer.slash ? EVERY_PATH : layer.scripted ? IN_SCRIPT : PATHS;
      if (kind === PATHS) {
        for (const matcher of layer.matchers) if (!(matcher instanceof RegExp)) this.table.addPath(matcher.pattern);
      }
      if (route === undefined) {
        this.table.addUse(kind);
        continue;
      }
      let low = 0;
      let high = 0;
      for (const name of Object.keys(route.methods)) {
        const number = name === '_all' ? 63 : this.numberOf(name.toUpperCase());
        if (number < 32) low |= 1 << number;
        else high |= 1 << (number - 32);
      }
      this.table.addRoute(kind, low >>> 0, high >>> 0, Boolean(route.methods['_all']));
    }
  }
}

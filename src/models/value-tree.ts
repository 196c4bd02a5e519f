import { fail } from '../base/diagnostic.ts';
import type { Hierarchy } from '../hierarchies/definition.ts';
import type { Distribution } from '../table/classes.ts';
import type { Tree } from './hierarchical-distance.ts';

/**
 * The part of a hierarchy that lies above a field's values. No value is a branch of its own below the root. Throws a Failure of code
 * POLICY-MEANING when the hierarchy does not know all values.
 */
export function treeOf({ codes, counts, text }: Distribution, hierarchy: Hierarchy, name: string): Tree {
  const { height } = hierarchy;
  const above = new Int32Array(counts.length).fill(-1);
  const parent: number[] = [];
  const nodes = new Map<string, number>();
  /** A node is told apart by all labels above it: two of one label may stand in different places. */
  const nodeOf = (above: number, label: string): number => {
    const key = `${above}/${label}`;
    const known = nodes.get(key);
    if (known !== undefined) return known;
    nodes.set(key, parent.length);
    return parent.push(above) - 1;
  };
  // The policy's labels begin with `=`, so that no value's branch is none of them.
  const root = nodeOf(-1, '=');
  let unknown = 0;
  for (const code of codes) {
    const own = text(code);
    let node = root;
    for (let level = height - 1; level >= 1; level--) {
      const label = own === null ? '' : hierarchy.ancestor(own, level);
      if (label !== null) node = nodeOf(node, own === null ? '' : `=${label}`);
    }
    if (own !== null && hierarchy.ancestor(own, height) === null) unknown++;
    above[code] = node;
  }
  if (unknown > 0) {
    const values = unknown === 1 ? 'one value' : `${unknown} values`;
    throw fail('POLICY-MEANING', `hierarchy \`${name}\` does not know ${values} of the field`, {
      hint: 'add every value that the field has once it is transformed',
    });
  }
  return { height, above, parent: Int32Array.from(parent) };
}

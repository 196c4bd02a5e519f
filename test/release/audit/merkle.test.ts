import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMerkleTree, leafHash } from '../../../src/release/audit/merkle.ts';

/** Leaves and tree heads of the reference implementation of RFC 6962 (transparency-dev/merkle, testonly/constants.go). */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

function treeOf(values: readonly Uint8Array[]) {
  const tree = createMerkleTree();
  for (const value of values) tree.add(leafHash(value));
  return tree;
}

/** RFC 6962 §2.1 as it is written. */
function definition(values: readonly Uint8Array[]): Buffer {
  const hash = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  if (values.length === 0) return hash();
  if (values.length === 1) return hash(Buffer.of(0), values[0]!);
  let k = 1;
  while (k * 2 < values.length) k *= 2;
  return hash(Buffer.of(1), definition(values.slice(0, k)), definition(values.slice(k)));
}

describe('the tree head', () => {
  it.each(roots.map((root, size) => ({ size, root })))('of the first $size reference leaves', ({ size, root }) => {
    const tree = treeOf(leaves.slice(0, size).map((leaf) => Buffer.from(leaf, 'hex')));
    expect(tree.size).toBe(size);
    expect(tree.root().toString('hex')).toBe(root);
  });

  it('is that of the definition, for every beginning of the leaves', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 3 }), { maxLength: 40 }), (values) => {
        const tree = treeOf(values);
        for (let size = 0; size <= values.length; size++) {
          expect(tree.root(size)).toEqual(definition(values.slice(0, size)));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is not told of more leaves than there are', () => {
    expect(() => treeOf([Buffer.of(1)]).root(2)).toThrow(RangeError);
  });
});

// The Merkle tree of RFC 9162, section 2.1: SHA-256, 0x00 before a leaf, 0x01 before a node.

const pair = new Uint8Array(65);
pair[0] = 1;

function node(left, right) {
  pair.set(left, 1);
  pair.set(right, 33);
  return sha256(pair);
}

/** A tree that grows leaf by leaf and keeps no more than the hashes of its complete subtrees. */
export class GrowingTree {
  size = 0;
  #subtrees = [];

  /** @param {Uint8Array} leaf the leaf hash, 32 bytes */
  add(leaf) {
    let hash = leaf;
    for (let rest = this.size; rest % 2 === 1; rest = Math.floor(rest / 2))
      hash = node(this.#subtrees.pop(), hash);
    this.#subtrees.push(hash);
    this.size++;
  }

  /** The root of the leaves so far; of none, the hash of nothing. */
  root() {
    return this.#subtrees.length === 0 ? sha256(new Uint8Array(0)) : this.#subtrees.reduceRight((right, left) => node(left, right));
  }
}

/**
 * What is wrong with a proof that the tree of `from` leaves begins the one of `to` (RFC 9162, section 2.1.4.2); null when nothing is.
 * @param {Uint8Array[]} hashes of the proof
 */
export function consistencyFault(from, to, oldRoot, newRoot, hashes) {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 1 || from > to)
    return "proof-sizes";
  if (hashes.some(hash => hash === null || hash.length !== 32))
    return "proof-hash";
  if (from === to)
    return hashes.length > 0 ? "proof-left-over" : sameBytes(oldRoot, newRoot) ? null : "proof-root";
  let first = from - 1, last = to - 1;
  while (first % 2 === 1) {
    first = Math.floor(first / 2);
    last = Math.floor(last / 2);
  }
  const path = first === 0 ? [oldRoot, ...hashes] : [...hashes];
  if (path.length === 0)
    return "proof-missing";
  let [before] = path, after = before;
  for (const hash of path.slice(1)) {
    if (last === 0)
      return "proof-left-over";
    if (first % 2 === 1 || first === last) {
      before = node(hash, before);
      after = node(hash, after);
      while (first % 2 === 0 && first !== 0) {
        first = Math.floor(first / 2);
        last = Math.floor(last / 2);
      }
    } else {
      after = node(after, hash);
    }
    first = Math.floor(first / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0)
    return "proof-missing";
  return sameBytes(before, oldRoot) && sameBytes(after, newRoot) ? null : "proof-root";
}

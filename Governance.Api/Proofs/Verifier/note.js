// Signed notes, checkpoints and keys: C2SP signed-note and tlog-checkpoint, Ed25519 (RFC 8032).

const WHOLE = /^(0|[1-9][0-9]{0,15})$/;

/** A size as a checkpoint writes it; null when it is none. */
export function wholeNumber(written) {
  return WHOLE.test(written) && Number.isSafeInteger(Number(written)) ? Number(written) : null;
}

/** The text of a signed note and its signatures { name, id (hexadecimal), signature }; null when it is no note. */
export function readNote(written) {
  // eslint-disable-next-line no-control-regex
  if (written === null || written.length > 1_000_000 || /[\u0000-\u0009\u000b-\u001f]/.test(written))
    return null;
  const parted = written.lastIndexOf("\n\n");
  if (parted < 1 || !written.endsWith("\n"))
    return null;
  const lines = written.slice(parted + 2, -1).split("\n");
  const signatures = lines.map(line => {
    const [, name, signature] = /^\u2014 ([^ +]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
    const bytes = fromBase64(signature);
    return bytes !== null && bytes.length > 4 ? { name, id: hex(bytes.subarray(0, 4)), signature: bytes.subarray(4) } : null;
  });
  return lines.length > 100 || signatures.includes(null) ? null : { text: written.slice(0, parted + 1), signatures };
}

/** A checkpoint as a signed note has it: { note, origin, size, root }; null when it is none. */
export function readCheckpoint(written) {
  const note = readNote(written);
  if (note === null)
    return null;
  const [origin, sized, rooted, ...more] = note.text.split("\n");
  const size = wholeNumber(sized ?? ""), root = fromBase64(rooted);
  return origin === "" || size === null || root?.length !== 32 || more.pop() !== "" || more.includes("") ? null : { note, origin, size, root };
}

/** A key as its line « name+id+key » has it: { name, id, key, vkey }; null when it is none, of another type, or its id is another's. */
function readKeyOf(type, vkey) {
  const [, name, id, written] = /^([^ +]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey) ?? [];
  const bytes = fromBase64(written);
  if (bytes?.length !== 33 || bytes[0] !== type)
    return null;
  return hex(sha256(joined(utf8(name), new Uint8Array([10]), bytes)).subarray(0, 4)) === id ? { name, id, key: bytes.subarray(1), vkey } : null;
}

/** The key of a log. */
export function readKey(vkey) {
  return readKeyOf(1, vkey);
}

/** The key of a witness: C2SP tlog-cosignature, `cosignature/v1`. */
export function readWitnessKey(vkey) {
  return readKeyOf(4, vkey);
}

/** When a witness cosigned a note, in seconds since 1970; null when it did not, or a cosignature said to be its own does not hold. Of several, the latest. */
export async function cosignedAt(note, witness) {
  let latest = null;
  for (const { signature } of note.signatures.filter(s => s.name === witness.name && s.id === witness.id)) {
    if (signature.length !== 72)
      return null;
    const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
    if (time >= 1n << 63n || !await signed(witness.key, signature.subarray(8), utf8(`cosignature/v1\ntime ${time}\n${note.text}`)))
      return null;
    latest = latest === null || Number(time) > latest ? Number(time) : latest;
  }
  return latest;
}

/**
 * The keys of an origin in order and the notes by which each took over from the one before:
 * { keys, rotations: [{ note, origin, vkey, size }] }; null when the file is none.
 */
export function readKeys(written) {
  if (written === null || !written.endsWith("\n"))
    return null;
  const [first, ...notes] = written.split(/^---\n/m);
  const lines = first.split("\n");
  lines.pop();
  const keys = lines.map(readKey);
  const rotations = notes.map(each => {
    const note = readNote(each);
    const [origin, words, vkey, sized, end, ...more] = note?.text.split("\n") ?? [];
    const size = wholeNumber(sized ?? "");
    return words !== "key rotation" || size === null || end !== "" || more.length > 0 ? null : { note, origin, vkey, size };
  });
  return keys.length === 0 || keys.includes(null) || rotations.includes(null) ? null : { keys, rotations };
}

/** Whether this browser can check signatures at all. */
export async function knowsEd25519() {
  try {
    // The public key of the first test of RFC 8032, section 7.1, and its signature of nothing.
    const key = fromBase64("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    const signature = fromBase64("5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbviRlUUFDjnoQCw==");
    return await signed(key, signature, new Uint8Array(0));
  } catch {
    return false;
  }
}

async function signed(key, signature, message) {
  const imported = await globalThis.crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  return await globalThis.crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
}

/** Whether a note carries the signature of a key, and no wrong one beside it. */
export async function isSignedBy(note, key) {
  const own = note.signatures.filter(s => s.name === key.name && s.id === key.id);
  if (own.length === 0)
    return false;
  for (const { signature } of own) {
    if (signature.length !== 64 || !await signed(key.key, signature, utf8(note.text)))
      return false;
  }
  return true;
}

/** The keys that may sign a tree of a size: the last that had taken over by then; at the very size of a change, the one before as well. */
export function keysInForce({ keys, rotations }, size) {
  let at = 0;
  for (let i = 0; i < rotations.length && i + 1 < keys.length && rotations[i].size <= size; i++)
    at = i + 1;
  let least = at;
  while (least > 0 && rotations[least - 1].size === size)
    least--;
  return keys.slice(least, at + 1);
}

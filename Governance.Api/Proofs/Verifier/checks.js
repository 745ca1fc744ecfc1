// The numbered checks of a bundle, each passed, failed with the first reason and place, not applicable with its reason, or undecided with what to ask for.

export const CHECKS = ["files", "events", "indexes", "streams", "times", "tree", "signature", "keys", "consistency", "tallies", "outcomes", "own", "witnesses", "documents"];

const RECORDED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
const FIELDS = new Set(["association", "index", "stream", "version", "id", "type", "recorded", "correlation", "causation", "headers", "data"]);

/** One check as it stands: `state` is waiting, passed, failed, none (not applicable) or unjudged (this bundle does not tell). */
export class Check {
  state = "waiting";
  failures = 0;
  reason = null;

  constructor(id) {
    this.id = id;
    this.number = CHECKS.indexOf(id) + 1;
  }

  fail(key, details = {}) {
    this.state = "failed";
    this.failures++;
    if (this.failures === 1)
      this.reason = { key, details };
  }

  /** Passed, unless something has failed. */
  pass(key, details = {}) {
    if (this.failures === 0)
      [this.state, this.reason] = ["passed", { key, details }];
  }

  none(key, details = {}) {
    if (this.failures === 0)
      [this.state, this.reason] = ["none", { key, details }];
  }

  /** Neither passed nor failed: the reason says what the reader has to do. */
  leaveOpen(key, details = {}) {
    if (this.failures === 0)
      [this.state, this.reason] = ["unjudged", { key, details }];
  }
}

/** A minute in UTC, as it is told in reasons. */
export function minute(instant) {
  return `${instant.slice(0, 16).replace("T", " ")} UTC`;
}

let paused = 0;

// The page draws and hears between two parts of the work.
async function pause() {
  if (performance.now() - paused < 40)
    return;
  await new Promise(resolve => setTimeout(resolve));
  paused = performance.now();
}

/**
 * Checks a bundle.
 * @param {Blob} blob the archive
 * @param {{ own?: string | null, witnesses?: string[], now?: number }} reader what the reader has from elsewhere, a checkpoint and keys of witnesses, and the time
 * @param {(done: number, of: number) => void} progress in bytes of events
 * @returns {{ verified: boolean, refused: boolean, facts: object, checks: Check[] }}
 */
export async function verify(blob, { own = null, witnesses = [], now = Date.now() } = {}, progress = () => {}) {
  const checks = Object.fromEntries(CHECKS.map(id => [id, new Check(id)]));
  const facts = {};
  try {
    const directory = await readDirectory(blob);
    const manifest = await readManifest(blob, directory);
    Object.assign(facts, { name: manifest.name, association: manifest.association, origin: manifest.origin, size: manifest.size, made: String(manifest.made ?? "") });
    await verifyContents(new Contents(blob, directory, manifest, checks.files), checks, facts, { own, witnesses, now }, progress);
  } catch (error) {
    if (!(error instanceof Unreadable))
      throw error;
    checks.files.fail(error.reason, error.details);
  }
  for (const check of Object.values(checks)) {
    if (check.state === "waiting")
      check.none("unread");
  }
  const all = Object.values(checks);
  const refused = all.some(check => check.state === "failed");
  return { verified: !refused && all.every(check => check.state !== "unjudged"), refused, facts, checks: all };
}

/** The files of a bundle as they are read, each held against the manifest. */
class Contents {
  read = new Set();

  constructor(blob, directory, manifest, check) {
    Object.assign(this, { blob, directory, manifest, check });
  }

  /** The bytes of a file with `before` free ones in front; null when it is not there or cannot be read. */
  async bytes(name, most, before = 0) {
    this.read.add(name);
    const [file, named] = [this.directory.get(name), Object.hasOwn(this.manifest.files, name) ? this.manifest.files[name] : undefined];
    if (named === undefined || file === undefined) {
      this.check.fail(named === undefined ? "file-unnamed" : "file-missing", { file: name });
      return null;
    }
    if (file.bytes !== named.bytes) {
      this.check.fail("file-length", { file: name });
      return null;
    }
    try {
      const bytes = await readFile(this.blob, file, most, before);
      if (hex(await sha256OfMany(bytes.subarray(before), pause)) !== named.sha256)
        this.check.fail("file-hash", { file: name });
      return bytes;
    } catch (error) {
      if (!(error instanceof Unreadable))
        throw error;
      this.check.fail(error.reason, error.details);
      return null;
    }
  }

  async text(name, most = MOST_NOTE_BYTES) {
    const bytes = await this.bytes(name, most);
    return bytes === null ? null : text(bytes);
  }

  /** Whether there is such a file, or the manifest names one. */
  has(name) {
    return this.directory.has(name) || Object.hasOwn(this.manifest.files, name);
  }

  /** The names below a folder, in order. */
  below(folder) {
    return [...new Set([...this.directory.keys(), ...Object.keys(this.manifest.files)])].filter(name => name.startsWith(folder)).sort();
  }

  /** What nothing else reads: texts for people, and files that no manifest names. */
  async rest() {
    for (const name of Object.keys(this.manifest.files)) {
      if (this.read.has(name))
        continue;
      if (name.startsWith("events/"))
        this.check.fail("file-unknown", { file: name });
      await this.bytes(name, MOST_FILE_BYTES);
    }
    for (const name of this.directory.keys()) {
      // A page cannot well name its own hash, so that the format lets it out.
      if (!Object.hasOwn(this.manifest.files, name) && name !== "manifest.json" && name !== "verify.html")
        this.check.fail("file-unnamed", { file: name });
    }
    this.check.pass("files", { count: Object.keys(this.manifest.files).length });
  }
}

async function verifyContents(contents, checks, facts, { own, witnesses, now }, progress) {
  const { manifest } = contents;
  const checkpoint = readCheckpoint(await contents.text("checkpoint.txt"));
  const keys = readKeys(await contents.text("keys.txt"));
  const earlier = await readEarlier(contents);
  const given = own === null ? null : readCheckpoint(own);

  const cosigned = await readCosigned(contents);
  const sizes = new Set([...earlier, ...cosigned].map(e => e.checkpoint?.size).concat(given?.size));
  const { roots, tree, opening } = await verifyEvents(contents, checks, sizes, progress);
  await continueWithHeldBack(contents, checks.tree, tree, opening, sizes, roots);
  await contents.rest();

  const root = roots.get(manifest.size);
  Object.assign(facts, { root: root === undefined ? null : base64(root), vkey: keys?.keys.at(-1).vkey ?? null });
  if (checkpoint === null)
    checks.tree.fail("checkpoint-unreadable", { file: "checkpoint.txt" });
  else if (checkpoint.size !== manifest.size)
    checks.tree.fail("checkpoint-size", { file: "checkpoint.txt", size: checkpoint.size, expected: manifest.size });
  else if (root === undefined)
    checks.tree.fail("leaves-missing", { size: manifest.size });
  else if (!sameBytes(root, checkpoint.root))
    checks.tree.fail("root", { computed: base64(root), signed: base64(checkpoint.root) });
  checks.tree.pass("tree", { size: manifest.size, held: tree.size - manifest.size, closes: opening === null ? "" : minute(opening.closes.instant) });

  const signing = { keys, knows: await knowsEd25519(), manifest };
  if (!isOriginOf(manifest.origin, manifest.association))
    checks.signature.fail("origin-of-another", { origin: manifest.origin });
  await verifySignature(checks.signature, "checkpoint.txt", checkpoint, signing);
  checks.signature.pass("signature", { origin: manifest.origin });
  await verifyKeys(checks.keys, signing);
  await verifyEarlier(checks.consistency, earlier, roots, checkpoint, signing);
  if (own === null)
    checks.own.none("own-none");
  else
    await verifyOwn(checks.own, given, { roots, reach: tree.size, opening, now }, signing);
  await verifyWitnesses(checks.witnesses, cosigned, { named: await readWitnesses(contents), given, own: checks.own, witnesses }, roots, signing);
}

/**
 * The tree of the events, its roots at the sizes asked for and at the last, and what the last event says where it is the opening of a ballot (null otherwise).
 * @returns {Promise<{ tree: GrowingTree, roots: Map<number, Uint8Array>, opening: object | null }>}
 */
async function verifyEvents(contents, checks, sizes, progress) {
  const { manifest } = contents;
  const [tree, roots, streams, ids, ballots] = [new GrowingTree(), new Map(), new Map(), new Set(), new Ballots(checks.tallies, checks.outcomes)];
  const documents = new Documents();
  const files = eventFiles(manifest);
  const all = files.reduce((sum, file) => sum + (manifest.files[file]?.bytes ?? 0), 0);
  let [done, recorded, opening] = [0, "", null];
  for (const file of files) {
    // One byte in front: a leaf's hash begins with a zero byte, put where the line before has its end.
    const bytes = await contents.bytes(file, MOST_FILE_BYTES, 1);
    if (bytes === null) {
      checks.events.fail("events-unread", { file });
      continue;
    }
    let line = 0;
    for (let at = 1; at < bytes.length;) {
      line++;
      const place = { file, line, index: tree.size + 1 };
      let end = bytes.indexOf(10, at);
      if (end < 0) {
        checks.events.fail("line-end", place);
        end = bytes.length;
      }
      const event = readCanonical(text(bytes.subarray(at, end)));
      bytes[at - 1] = 0;
      tree.add(sha256(bytes.subarray(at - 1, end)));
      opening = openingOf(event);
      const fault = envelopeFault(event, manifest.association);
      if (fault !== null) {
        checks.events.fail(fault.key, { ...place, ...fault.details });
      } else {
        if (event.index !== tree.size)
          checks.indexes.fail("index", { ...place, found: event.index });
        if (event.version !== (streams.get(event.stream) ?? 0) + 1)
          checks.streams.fail("version", { ...place, stream: event.stream, found: event.version, expected: (streams.get(event.stream) ?? 0) + 1 });
        streams.set(event.stream, event.version);
        if (ids.has(event.id))
          checks.streams.fail("id-twice", { ...place, id: event.id });
        ids.add(event.id);
        if (event.recorded < recorded)
          checks.times.fail("time", { ...place, recorded: event.recorded, before: recorded });
        recorded = event.recorded;
        ballots.take(event, place, tree);
        documents.take(event);
      }
      if (sizes.has(tree.size))
        roots.set(tree.size, tree.root());
      done += end + 1 - at;
      at = end + 1;
      if (line % 64 === 0) {
        progress(done, all);
        await pause();
      }
    }
    if (line !== manifest.eventsPerFile && file !== files.at(-1))
      checks.indexes.fail("lines", { file, lines: line, expected: manifest.eventsPerFile });
  }
  progress(all, all);
  if (tree.size !== manifest.size)
    checks.indexes.fail("size", { found: tree.size, expected: manifest.size });
  else
    roots.set(tree.size, tree.root());
  ballots.end();
  documents.verify(checks.documents, manifest.files);
  checks.events.pass("events", { count: tree.size });
  checks.indexes.pass("indexes", { count: tree.size });
  checks.streams.pass("streams", { count: streams.size });
  checks.times.pass("times", { last: minute(recorded) });
  return { tree, roots, opening };
}

function openingOf(event) {
  return event?.type === "ballot_opened" && typeof event.data?.closes?.instant === "string" && !Number.isNaN(Date.parse(event.data.closes.instant)) ? event.data : null;
}

/** The tree goes on with the hashes of the events that nobody may read yet. */
async function continueWithHeldBack(contents, check, tree, opening, sizes, roots) {
  const file = "held-back.txt";
  if (!contents.has(file))
    return;
  const [written, before] = [await contents.text(file, MOST_FILE_BYTES), tree.size];
  for (const line of written?.endsWith("\n") ? written.slice(0, -1).split("\n") : []) {
    const hash = fromBase64(line);
    if (hash?.length !== 32) {
      check.fail("held-back-malformed", { file });
      return;
    }
    tree.add(hash);
    if (sizes.has(tree.size))
      roots.set(tree.size, tree.root());
  }
  if (tree.size === before)
    check.fail("held-back-malformed", { file });
  else if (opening === null)
    check.fail("held-back-for-nothing", { file });
}

function envelopeFault(event, association) {
  if (event === null || typeof event !== "object" || Array.isArray(event))
    return { key: "canonical" };
  const strange = Object.keys(event).find(name => !FIELDS.has(name));
  if (strange !== undefined)
    return { key: "field-unknown", details: { field: strange.slice(0, 60) } };
  const object = value => typeof value === "object" && value !== null && !Array.isArray(value);
  const id = value => typeof value === "string" && UUID.test(value);
  const filled = value => typeof value === "string" && value !== "";
  const forms = {
    association: id,
    index: value => Number.isSafeInteger(value) && value >= 1,
    stream: filled,
    version: value => Number.isSafeInteger(value) && value >= 1,
    id,
    type: filled,
    recorded: value => typeof value === "string" && RECORDED.test(value) && !Number.isNaN(Date.parse(value)),
    correlation: value => value === undefined || filled(value),
    causation: value => value === undefined || filled(value),
    headers: object,
    data: object,
  };
  const wrong = Object.keys(forms).find(name => !forms[name](event[name]));
  if (wrong !== undefined)
    return { key: "field", details: { field: wrong } };
  return event.association === association ? null : { key: "association", details: { found: event.association } };
}

async function verifySignature(check, file, checkpoint, { keys, knows, manifest }) {
  if (checkpoint === null)
    return check.fail("checkpoint-unreadable", { file });
  if (checkpoint.origin !== manifest.origin)
    return check.fail("checkpoint-origin", { file, origin: checkpoint.origin, expected: manifest.origin });
  if (keys === null)
    return check.fail("keys-unreadable");
  if (keys.keys.some(key => key.name !== manifest.origin))
    return check.fail("key-of-another", { origin: keys.keys.find(key => key.name !== manifest.origin).name });
  if (!knows)
    return check.fail("ed25519");
  for (const key of keysInForce(keys, checkpoint.size)) {
    if (await isSignedBy(checkpoint.note, key))
      return undefined;
  }
  return check.fail("signature-wrong", { file, key: keysInForce(keys, checkpoint.size).at(-1).vkey });
}

async function verifyKeys(check, { keys, knows, manifest }) {
  if (keys === null || keys.rotations.length !== keys.keys.length - 1
    || keys.rotations.some((rotation, i) => rotation.origin !== manifest.origin || rotation.vkey !== keys.keys[i + 1].vkey))
    return check.fail("keys-unreadable");
  if (keys.rotations.length === 0)
    return check.none("one-key");
  if (!knows)
    return check.fail("ed25519");
  let size = 0;
  for (const [i, rotation] of keys.rotations.entries()) {
    if (rotation.size < size || !await isSignedBy(rotation.note, keys.keys[i]) || !await isSignedBy(rotation.note, keys.keys[i + 1]))
      check.fail("key-unsigned", { number: i + 2 });
    size = rotation.size;
  }
  return check.pass("keys", { count: keys.rotations.length });
}

/** The earlier checkpoints with their proofs: { file, checkpoint, proof: { from, to, hashes } }, null where it cannot be read. */
async function readEarlier(contents) {
  const stems = new Set();
  for (const name of new Set([...contents.directory.keys(), ...Object.keys(contents.manifest.files)])) {
    const [, stem] = /^(earlier\/.+)\.(?:txt|json)$/.exec(name) ?? [];
    if (stem !== undefined)
      stems.add(stem);
  }
  const earlier = [];
  for (const stem of [...stems].sort()) {
    const checkpoint = readCheckpoint(await contents.text(`${stem}.txt`));
    earlier.push({ file: `${stem}.txt`, checkpoint, proof: readProof(await contents.text(`${stem}.json`)) });
  }
  return earlier;
}

function readProof(written) {
  try {
    const { from, to, hashes } = JSON.parse(written);
    return Array.isArray(hashes) ? { from, to, hashes: hashes.map(fromBase64) } : null;
  } catch {
    return null;
  }
}

async function verifyEarlier(check, earlier, roots, checkpoint, signing) {
  if (earlier.length === 0)
    return check.none("no-earlier");
  const [size, root] = [signing.manifest.size, checkpoint?.size === signing.manifest.size ? checkpoint.root : roots.get(signing.manifest.size)];
  for (const { file, checkpoint: old, proof } of earlier) {
    await verifySignature(check, file, old, signing);
    if (old === null)
      continue;
    const proofFile = file.replace(/txt$/, "json");
    if (proof === null || proof.from !== old.size || proof.to !== size)
      check.fail("proof-sizes", { file: proofFile });
    else if (root === undefined)
      check.fail("leaves-missing", { size });
    else {
      const fault = consistencyFault(proof.from, proof.to, old.root, root, proof.hashes);
      if (fault !== null)
        check.fail(fault, { file: proofFile });
    }
    verifyRoot(check, file, old, roots);
  }
  return check.pass("consistency", { count: earlier.length });
}

function verifyRoot(check, file, old, roots) {
  const computed = old.size === 0 ? undefined : roots.get(old.size);
  if (computed === undefined)
    check.fail("earlier-size", { file, size: old.size });
  else if (!sameBytes(computed, old.root))
    check.fail("earlier-root", { file, size: old.size });
}

async function verifyOwn(check, given, { roots, reach, opening, now }, signing) {
  const [file, { size: expected }] = [null, signing.manifest];
  await verifySignature(check, file, given, signing);
  if (given === null)
    return;
  const closes = opening === null ? "" : minute(opening.closes.instant);
  if (given.size > expected && opening === null)
    check.fail("own-longer", { size: given.size, expected });
  // Whoever cuts a log short at the opening of a ballot leaves this, and so does a bundle that was made before the checkpoint was signed.
  else if (given.size > reach)
    check.leaveOpen("own-beyond", { size: given.size, expected, closes });
  else if (given.size > 0)
    verifyRoot(check, file, given, roots);
  if (check.state !== "waiting")
    return;
  if (given.size <= expected)
    check.pass("own", { size: given.size });
  else if (Date.parse(opening.closes.instant) <= now)
    check.leaveOpen("own-overdue", { size: given.size, expected, closes });
  else
    check.pass("own-held-back", { size: given.size, expected, held: given.size - expected, closes });
}

/** The checkpoints that witnesses cosigned: { file, checkpoint }, null where it cannot be read. */
async function readCosigned(contents) {
  const cosigned = [];
  for (const file of contents.below("cosigned/"))
    cosigned.push({ file, checkpoint: readCheckpoint(await contents.text(file)) });
  return cosigned;
}

/** The keys that the bundle names as those of witnesses, which are no more than its word; null among them where one cannot be read. */
async function readWitnesses(contents) {
  if (!contents.has("witnesses.txt"))
    return [];
  return (await contents.text("witnesses.txt") ?? "?").split("\n").filter(line => line !== "").map(readWitnessKey);
}

/** What the bundle says that witnesses cosigned has to hold; who they are the reader knows from elsewhere. */
async function verifyWitnesses(check, cosigned, { named, given, own, witnesses }, roots, signing) {
  const notes = [];
  if (named.includes(null))
    check.fail("witness-keys", { file: "witnesses.txt" });
  for (const { file, checkpoint } of cosigned) {
    if (checkpoint === null || checkpoint.note.text.split("\n").length !== 4) {
      check.fail("cosigned-malformed", { file });
      continue;
    }
    await verifySignature(check, file, checkpoint, signing);
    verifyRoot(check, file, checkpoint, roots);
    for (const key of named.filter(each => each !== null)) {
      if (checkpoint.note.signatures.some(s => s.name === key.name && s.id === key.id) && await cosignedAt(checkpoint.note, key) === null)
        check.fail("cosigned-wrong", { file, key: key.vkey });
    }
    notes.push(checkpoint);
  }
  const asked = witnesses.map(readWitnessKey);
  if (asked.includes(null))
    check.fail("no-witness-key", { key: witnesses[asked.indexOf(null)] });
  if (check.failures > 0)
    return;
  if (asked.length === 0) {
    const said = await cosignaturesOf(named, notes);
    check.none(said.length === 0 ? "no-cosignatures" : "cosigned-unnamed", { cosignatures: said });
    return;
  }
  if (own.state === "passed")
    notes.push(given);
  const missing = [];
  for (const key of asked) {
    if ((await cosignaturesOf([key], notes)).length === 0)
      missing.push(key);
  }
  if (missing.length === 0)
    check.pass("witnesses", { cosignatures: await cosignaturesOf(asked, notes) });
  else if (own.state === "unjudged" && (await cosignaturesOf(missing, [given])).length === missing.length)
    check.leaveOpen("witnesses-unjudged", { cosignatures: await cosignaturesOf(missing, [given]) });
  else
    check.fail("not-witnessed", { key: missing[0].vkey });
}

/** The largest checkpoint that each of some witnesses cosigned: { name, size, at }, left out where it cosigned none. */
async function cosignaturesOf(keys, checkpoints) {
  const found = [];
  for (const key of keys) {
    let largest = null;
    for (const checkpoint of checkpoints) {
      const seconds = await cosignedAt(checkpoint.note, key);
      if (seconds !== null && checkpoint.size >= (largest?.size ?? 0))
        largest = { name: key.name, size: checkpoint.size, at: seconds <= 253402300799 ? minute(new Date(seconds * 1000).toISOString()) : String(seconds) };
    }
    if (largest !== null)
      found.push(largest);
  }
  return found;
}

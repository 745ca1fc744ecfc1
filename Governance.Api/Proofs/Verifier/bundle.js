// The manifest of a bundle, and the limits of what this page takes.

export const MOST_EVENTS = 1_000_000;
export const MOST_FILE_BYTES = 256 * 1024 * 1024;
export const MOST_NOTE_BYTES = 1024 * 1024;
const MOST_MANIFEST_BYTES = 16 * 1024 * 1024;

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * What the manifest says.
 * @throws {Unreadable} there is none, or it says something else than a bundle of this format.
 */
export async function readManifest(blob, directory) {
  const file = directory.get("manifest.json");
  if (file === undefined)
    throw new Unreadable("manifest-none");
  let manifest;
  try {
    manifest = JSON.parse(text(await readFile(blob, file, MOST_MANIFEST_BYTES)));
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable("manifest-form", { field: "JSON" });
  }
  const field = manifestFault(manifest);
  if (field !== null)
    throw new Unreadable(field === "format" ? "manifest-format" : "manifest-form", { field });
  if (manifest.size > MOST_EVENTS)
    throw new Unreadable("too-many-events", { size: manifest.size, most: MOST_EVENTS });
  return manifest;
}

function manifestFault(manifest) {
  const whole = value => Number.isSafeInteger(value) && value >= 0;
  const object = value => typeof value === "object" && value !== null && !Array.isArray(value);
  if (!object(manifest))
    return "JSON";
  if (manifest.format !== "governance-bundle/1")
    return "format";
  if (!UUID.test(manifest.association))
    return "association";
  if (typeof manifest.origin !== "string")
    return "origin";
  if (typeof manifest.name !== "string")
    return "name";
  if (!whole(manifest.size))
    return "size";
  if (manifest.first !== 1)
    return "first";
  if (manifest.last !== manifest.size)
    return "last";
  if (!whole(manifest.eventsPerFile) || manifest.eventsPerFile < 1)
    return "eventsPerFile";
  if (!object(manifest.files))
    return "files";
  return Object.values(manifest.files).every(file => object(file) && whole(file.bytes) && /^[0-9a-f]{64}$/.test(file.sha256)) ? null : "files";
}

/** The names of the files with the events, in order. */
export function eventFiles({ size, eventsPerFile }) {
  return Array.from({ length: Math.ceil(size / eventsPerFile) }, (_, i) => `events/${String(i + 1).padStart(6, "0")}.jsonl`);
}

/** Whether an origin is one that an association's log can have. */
export function isOriginOf(origin, association) {
  return origin === `governance/${association}` || (origin.startsWith(`governance/${association}/`) && /^([2-9]|[1-9][0-9]+)$/.test(origin.slice(`governance/${association}/`.length)));
}

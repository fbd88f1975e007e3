// Judges every case through the package, the same way in Node and in a browser: no built-in of either is used here.

import { Instance } from '../npm/memory.js';
import { loadVerifier } from '../npm/verifier.js';

const HEADERS = [
  'expect', 'spec', 'now', 'pack', 'root', 'encoding', 'comment', 'effect', 'status', 'register',
  'object', 'document', 'match', 'proof', 'salt', 'exits', // these only in objects
];
// SPEC section 10; every other reason is undetermined and shows nothing
const GENUINE = [
  'genuine', 'status-old', 'status-unknown', 'past-validity', 'states-not-admitted', 'states-otherwise', 'one-sheet', 'register-unknown', 'withdrawn', 'suspended',
  'replaced',
];
const REFUSED = ['past-validity', 'states-not-admitted', 'withdrawn', 'suspended', 'replaced'];
const NOT_GENUINE = ['signature-invalid', 'outside-scope'];

/**
 * Runs a bundle `{ vectors, objects, side, wycheproof, golden }` of files by name (base64), of Wycheproof's cases and of golden papers.
 * Returns how many cases agreed, and a line on each that did not.
 */
export async function run(bundle, verifierModule, conformanceModule) {
  const world = new World(bundle);
  const faults = [];
  let passed = 0;
  const check = async (name, judge) => {
    try {
      await judge();
      passed += 1;
    } catch (error) {
      faults.push(`${name}: ${error.message}`);
    }
  };
  const judged = (name) => [...Object.keys(OBJECTS), ...ELSEWHERE].includes(world.header(name).object);
  const skipped = Object.keys(bundle.objects).filter((name) => !judged(name));
  if (skipped.length > 0) faults.push(`objects of a kind that is not known: ${skipped}`);
  for (const name of world.names('vectors')) {
    await check(name, async () => document(world, world.vector(name), await loadVerifier(verifierModule)));
  }
  for (const [kind, judge] of Object.entries(OBJECTS)) {
    for (const name of world.names('objects', kind)) {
      await check(name, async () => judge(world, world.vector(name), await loadVerifier(verifierModule), conformanceModule));
    }
  }
  const verifiers = new Map();
  for (const row of bundle.golden.answers) {
    await check(`golden ${row}`, () => goldenAnswer(bundle.golden, row, verifiers, verifierModule));
  }
  for (const { id, key, message, signature, holds } of bundle.wycheproof) {
    await check(`wycheproof ${id}`, () => signatureHolds(conformanceModule, [key, message, signature], holds));
  }
  return { passed, faults };
}

/** Minutes and their lines go to the module for test suites. */
const OBJECTS = { legalisation, proof, story, minutes, 'minutes-lines': lines };

/** Kinds of which the package does not answer: which lists are the newest of a line, and what bytes a state is kept as. */
const ELSEWHERE = ['line', 'keep', 'state', 'kept-pack'];

/** The files of a bundle, read. */
export class World {
  constructor(bundle) {
    this.bundle = bundle;
  }

  /** The names of all vectors, or of all objects of a kind. */
  names(folder, kind) {
    return Object.keys(this.bundle[folder]).filter((name) => this.header(name).object === kind);
  }

  pack(name) {
    return fromBase64(this.bundle.side[name]);
  }

  /** A vector's header and artefact. */
  vector(name) {
    const { bytes, end } = this.#file(name);
    const header = this.header(name);
    const unknown = Object.keys(header).filter((line) => !HEADERS.includes(line));
    if (unknown.length > 0) throw new Error(`header lines ${unknown}`);
    const artefact = bytes.subarray(end + 2, bytes.at(-1) === 0x0a ? bytes.length - 1 : bytes.length);
    return { header, artefact: utf8(header.encoding === 'hex' ? fromHex(utf8(artefact)) : artefact) };
  }

  header(name) {
    const { bytes, end } = this.#file(name);
    const lines = utf8(bytes.subarray(0, end)).split('\n').map((line) => line.split(/:(.*)/, 2));
    return Object.fromEntries(lines.map(([name, value]) => [name, value.trim()]));
  }

  // split as bytes, for the text may hold any line ending
  #file(name) {
    const bytes = fromBase64(this.bundle.vectors[name] ?? this.bundle.objects[name]);
    const end = bytes.findIndex((byte, at) => byte === 0x0a && bytes[at + 1] === 0x0a);
    if (end < 0) throw new Error(`${name}: no empty line after the header`);
    return { bytes, end };
  }

  load({ header }, verifier) {
    const names = header.pack === 'none' ? [] : header.pack.split(',').map((name) => name.trim());
    for (const name of names) verifier.loadPack(this.pack(name), header.root ?? null);
  }
}

function document(world, vector, verifier) {
  world.load(vector, verifier);
  const report = verifier.verify(vector.artefact, BigInt(vector.header.now));
  compare(vector.header, report, 'document');
  if (vector.header.register) equal(report.register, vector.header.register, 'register');
  const story = verifier.story([vector.artefact], BigInt(vector.header.now));
  equal(story.exit_status, exit(vector.header.expect), 'exit status');
  equal(JSON.stringify(story.reports), JSON.stringify([report]), 'report in the story');
}

/** A row of `golden/answers.tsv`; each set of packs is loaded once. */
async function goldenAnswer({ texts, packs }, row, verifiers, verifierModule) {
  const [text, root, names, now, ...answer] = row.split('\t');
  const place = `${root} ${names}`;
  if (!verifiers.has(place)) {
    const verifier = await loadVerifier(verifierModule);
    const first = await loadVerifier(verifierModule);
    const { root: held } = first.loadPack(fromBase64(packs[`${root}-1.sceau`]), null);
    for (const name of names.split(',')) verifier.loadPack(fromBase64(packs[name]), held);
    verifiers.set(place, verifier);
  }
  const [country, line] = text.split('-');
  const { reason, status, register, document } = verifiers.get(place).verify(texts[country][line - 1], Number(now));
  equal([reason, status, register, document?.digest ?? '-'].join(' '), answer.join(' '), 'answer');
}

function exit(reason) {
  return reason === 'genuine' ? 0 : REFUSED.includes(reason) || NOT_GENUINE.includes(reason) ? 1 : 2;
}

function legalisation(world, object, verifier) {
  world.load(object, verifier);
  const now = Number(object.header.now);
  const report = verifier.verify(object.artefact, now, proofsOf(object));
  compare(object.header, report, 'legalisation');
  if (object.header.register) equal(report.register, object.header.register, 'register');
  if (!object.header.document) return;
  const story = verifier.story([world.vector(object.header.document).artefact, object.artefact], now);
  const relation = object.header.match === 'undetermined' ? 'undetermined' : `${object.header.match}-document`;
  const expected = { record: 1, document: relation === 'same-document' ? 0 : null, relation };
  equal(JSON.stringify(story.reports[1]), JSON.stringify(report), 'report in the story');
  equal(sorted(story.legalisations.find(({ record }) => record === 1)), sorted(expected), 'match');
  const bound = { 'same-document': 0, 'other-document': 1, undetermined: 2 }[relation];
  equal(story.exit_statuses[1], exit(report.reason) || bound, 'exit status of the record');
}

function story(world, object, verifier) {
  world.load(object, verifier);
  const found = verifier.story(object.artefact.split('\n'), Number(object.header.now));
  equal(found.exit_statuses.map((status) => status ?? '-').join(', '), object.header.exits, 'exit statuses');
  equal(['accepted', 'refused', 'undetermined'][found.exit_status], object.header.expect, 'exit status');
}

function proof(world, object, verifier) {
  world.load(object, verifier);
  const report = verifier.verify(object.artefact, Number(object.header.now), proofsOf(object));
  compare(object.header, report, 'document');
  if (object.header.register) equal(report.register, object.header.register, 'register');
  const story = verifier.story([object.artefact], Number(object.header.now), proofsOf(object));
  equal(JSON.stringify(story.reports), JSON.stringify([report]), 'report in the story');
}

function proofsOf({ header }) {
  return (header.proof ?? '').split(',').map((hex) => hex.trim()).filter(Boolean).map(fromHex);
}

function minutes(world, { header, artefact }, _, module) {
  const answer = new Instance(module).call('open_minutes', [fromHex(artefact), world.pack(header.pack)]);
  equal(utf8(answer) || 'accepted', header.expect, 'expect');
}

function lines(_, { header, artefact }, __, module) {
  const args = [frame(artefact.split('\n').filter(Boolean).map(fromHex)), fromHex(header.salt), fromHex(header.root)];
  const answer = new Instance(module).call('judge_minutes_lines', args, ([lines, salt, root]) => [...lines, salt[0], root[0]]);
  equal(utf8(answer), header.expect, 'expect');
}

/** Each behind its length in 4 bytes, little-endian. */
function frame(proofs) {
  const length = (bytes) => new Uint8Array(Uint32Array.of(bytes.length).buffer);
  return Uint8Array.from(proofs.flatMap((bytes) => [...length(bytes), ...bytes]));
}

/** The package takes codes of both kinds; a report of the other kind is what a reader of one kind calls foreign. */
function compare(header, report, kind) {
  const expected = header.expect;
  if (expected === 'foreign-code' && !(kind in report)) return;
  const verdict = GENUINE.includes(expected) ? 'genuine' : NOT_GENUINE.includes(expected) ? 'not-genuine' : 'undetermined';
  equal(report.reason, expected, 'reason');
  equal(report.verdict, verdict, 'verdict');
  equal((report[kind] ?? null) !== null, GENUINE.includes(expected) || expected === 'specimen', 'fields shown');
  if (header.status) equal(report.status, header.status, 'status');
}

function signatureHolds(module, args, holds) {
  const instance = new Instance(module);
  const [key, message, signature] = args.map((hex) => instance.put(fromHex(hex)));
  equal(instance.exports.signature_holds(key[0], ...message, ...signature), holds ? 1 : 0, 'holds');
}

function equal(found, expected, what) {
  if (found !== expected) throw new Error(`${what}: ${expected} expected, ${found} found`);
}

function sorted(object) {
  return JSON.stringify(Object.entries(object).sort());
}

function utf8(bytes) {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

function fromHex(text) {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Error('hexadecimal digits are wanted');
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16));
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

// Times other readers of GS1 element strings, and tells which texts each of them takes.
// node peers.mjs FILE, where each line of FILE is one text; the first is what is timed.
// One line a reader: name, version, ns of one call in the run that was disturbed least, and a 1 or
// 0 for each text. A reader takes a text where it throws nothing and finds anything in it.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import vm from 'node:vm';

// Modules are installed in the build tree, beside the file of texts.
const require = createRequire(path.resolve(process.argv[2]));
const texts = fs.readFileSync(process.argv[2], 'latin1').split('\n').slice(0, -1);
const calls = 20_000;
const runs = 21;

const bark = require('bark-js');
const { parseBarcode } = require('gs1-barcode-parser-mod');
const { GS1Reader } = require('gs1js');
// Written for a page: it exports nothing, and leaves its function where all scripts see it.
const parse_for_page = vm.runInThisContext(
    `${fs.readFileSync(require.resolve('gs1-barcode-parser'), 'utf8')};parseBarcode`,
);

const readers = {
    'gs1-barcode-parser-mod': (text) => parseBarcode(text).parsedCodeItems,
    'gs1-barcode-parser': (text) => parse_for_page(text).parsedCodeItems,
    'bark-js': (text) => bark(text).elements,
    gs1js: (text) => new GS1Reader(text).getApplicationIdentifiers(),
};

let seen = 0;

function takes(read, text) {
    try {
        return read(text).length > 0;
    } catch {
        return false; // how these libraries refuse
    }
}

function nanoseconds(read, text) {
    let best = Infinity;
    for (let run = 0; run < runs; run += 1) {
        const begun = process.hrtime.bigint();
        for (let i = 0; i < calls; i += 1) {
            seen += read(text).length;
        }
        best = Math.min(best, Number(process.hrtime.bigint() - begun) / calls);
    }
    return best;
}

for (const [name, read] of Object.entries(readers)) {
    const manifest = path.join(path.dirname(process.argv[2]), 'node_modules', name, 'package.json');
    const { version } = JSON.parse(fs.readFileSync(manifest, 'utf8'));
    const taken = texts.map((text) => (takes(read, text) ? '1' : '0')).join('');
    console.log(name, version, nanoseconds(read, texts[0]).toFixed(0), taken);
}
if (seen === 0) {
    throw new Error('no reader found anything in the first text');
}

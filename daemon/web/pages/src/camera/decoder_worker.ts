// The worker that reads codes: ZXing in WebAssembly, from this origin only. Pixels in, texts and
// places out; it knows nothing of the page.
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import type { ReaderOptions } from "zxing-wasm/reader";

import type { Answer, Question } from "./decoder";
import type { Sighting } from "./sightings";

declare const CARTWATCH_DECODER_WASM: string; // set by build.mjs

// More than lie before a camera; a sheet of labels is scanned with the trigger.
const symbols_max = 32;

// What packs, badges and labels bear. Left out are linear codes without a check digit, of which a
// part reads as another code.
const options: ReaderOptions = {
    formats: [
        "DataMatrix",
        "QRCode",
        "MicroQRCode",
        "Aztec",
        "PDF417",
        "EAN13",
        "EAN8",
        "UPCA",
        "UPCE",
        "Code128",
        "Code39",
        "ITF14",
        "DataBarOmni",
        "DataBarLtd",
        "DataBarExp",
    ],
    textMode: "Plain",
    tryHarder: true,
    maxNumberOfSymbols: symbols_max,
};

const port = globalThis as unknown as {
    onmessage: (event: MessageEvent<Question>) => void;
    postMessage: (answer: Answer) => void;
};

prepareZXingModule({ overrides: { locateFile: () => CARTWATCH_DECODER_WASM } });

async function sightings_in(question: Question): Promise<Sighting[]> {
    const pixels = new ImageData(
        new Uint8ClampedArray(question.pixels),
        question.width,
        question.height,
    );
    const results = await readBarcodes(pixels, options);
    return results
        .filter((one) => one.isValid && one.symbologyIdentifier !== "")
        .map((one) => {
            const { topLeft, topRight, bottomRight, bottomLeft } = one.position;
            return {
                text: one.symbologyIdentifier + one.text,
                corners: [topLeft, topRight, bottomRight, bottomLeft].map(({ x, y }) => ({ x, y })),
            };
        });
}

port.onmessage = ({ data }) => {
    sightings_in(data).then(
        (found) => port.postMessage({ id: data.id, found }),
        (error: unknown) => port.postMessage({ id: data.id, failed: String(error) }),
    );
};

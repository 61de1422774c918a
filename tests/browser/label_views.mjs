// Labels as a daemon offers and draws them, for pictures with set answers: three carts, and a sheet
// with its outlines and words (what codes look like is shown with real daemons, labels_test.mjs).
const a4 = (name, columns, rows, width, height, left, top, step_x) => ({
    ...{ name, roll: false, page_width: 210, page_height: 297, columns, rows, width, height },
    ...{ left, top, step_x, step_y: height },
});
const roll = (name, width, height) => ({
    ...{ name, roll: true, page_width: width, page_height: height, columns: 1, rows: 1 },
    ...{ width, height, left: 0, top: 0, step_x: width, step_y: height },
});
const papers = [
    a4("a4-24", 3, 8, 64, 33.9, 7, 12.9, 66),
    a4("a4-65", 5, 13, 38.1, 21.2, 4.75, 10.7, 40.6),
    roll("roll-50x30", 50, 30),
    roll("roll-60x40", 60, 40),
    roll("card", 85.6, 53.98),
];

const cart = (id, code, zh, en, place) => ({ id, cart: "", code, zh, en, detail: id, place });
const carts = [
    cart("OR-1", "9000100017", "手术室抢救车", "Theatre crash cart", "手术室"),
    cart("3F-1", "9000100024", "三楼护士站抢救车", "3rd floor crash cart", "三楼护士站"),
    cart("EMS-1", "9000100031", "120 急救箱", "Ambulance emergency case", "120 急救站"),
];

const offer = {
    kinds: [
        { what: "carts", count: carts.length, left_out: 1, paper: "a4-24" },
        { what: "lines", count: 138, left_out: 0, paper: "a4-65" },
        { what: "devices", count: 9, left_out: 0, paper: "a4-24" },
        { what: "commands", count: 44, left_out: 0, paper: "a4-24" },
        { what: "seals", count: 2, left_out: 1, paper: "a4-24" },
    ],
    papers,
    limits: {
        ...{ page_side_min: 20, page_side_max: 420, sheet_width: 210, sheet_height: 297 },
        ...{ label_width_min: 30, label_height_min: 20, bars_label_height_min: 28 },
        ...{ columns_max: 20, rows_max: 40, offset_max: 5, offset_step: 0.5, margin: 2 },
        ...{ labels_max: 10_000, zpl_labels_max: 1_000, only_max: 120 },
    },
};

function drawn(query) {
    const paper = papers.find(({ name }) => name === query.get("paper")) ?? papers[0];
    const start = Number(query.get("start") ?? 1) - 1;
    const labels = Array.from({ length: paper.columns * paper.rows }, (_one, place) => {
        const x = paper.left + paper.step_x * (place % paper.columns);
        const y = paper.top + paper.step_y * Math.floor(place / paper.columns);
        const one = carts[place - start];
        const words = one ? `<text x="${x + 3}" y="${y + 7}">${one.zh}</text>` : "";
        return `<rect x="${x}" y="${y}" width="${paper.width}" height="${paper.height}"/>${words}`;
    });
    const size = `viewBox="0 0 ${paper.page_width} ${paper.page_height}"`;
    return Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-size="4" font-family="sans-serif">` +
            `<g fill="none" stroke="#999" stroke-width="0.2">${labels.join("").replace(/<text.*?<\/text>/g, "")}</g>` +
            `${labels.join("").replace(/<rect[^>]*>/g, "")}</svg>`,
    );
}

export const label_gets = {
    "/api/v1/labels": offer,
    "/api/v1/labels/things": { labels: carts, left_out: [] },
    "/api/v1/labels/sheet": drawn,
};

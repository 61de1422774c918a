// Devices of an open check as the daemon shows them.
import { own_tag } from "./key_places.mjs";

const name = (zh, en) => ({ zh, en });

export function devices() {
    return [
        ["defib", "除颤仪", "Defibrillator", "车顶", true],
        ["suction", "电动吸引器", "Suction unit", "车侧", true],
        ["laryngoscope", "喉镜", "Laryngoscope", "3层 右2", false],
    ].map(([id, zh, en, position, critical], i) => ({
        id,
        tag: own_tag(3, 10 + i),
        name: name(zh, en),
        position,
        critical,
        state: "open",
        tests: id === "suction" ? suction_tests() : [],
    }));
}

function device_test(id, zh, en, more) {
    return {
        id,
        name: name(zh, en),
        critical: true,
        unit: null,
        limits: null,
        state: "open",
        reading: null,
        last_on: "2026-11-16",
        last_reading: null,
        ...more,
    };
}

// One answered, one whose reading is asked for.
function suction_tests() {
    return [
        device_test("switch", "开关与管路", "Switch and tubing", { state: "passed" }),
        device_test("vacuum", "负压", "Vacuum", {
            unit: "kPa",
            limits: "≥ 40 kPa",
            last_reading: "61.5 kPa",
        }),
    ];
}

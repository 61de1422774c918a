// One function test of a device: answered yes or no, or by a reading within limits.
import type { JSX } from "preact";

import { name_of, text, word } from "../texts";
import { bounds_of } from "./bounds";
import { is_named } from "./cart_faults";
import { change_test, change_unit, take_test_out, usual_tolerance_percent } from "./cart_parts";
import { Choice, NumberInput, ReadingInput, TextInput, YesNo } from "./inputs";
import { SubForm } from "./sub_form";
import { test_units } from "./wire";
import type { DeviceBody, TestBody } from "./wire";

const field = (name: string): string => word("setup_field", name);

function Readings({ test, unit, change }: {
    test: TestBody;
    unit: string;
    change: (part: Partial<TestBody>) => void;
}): JSX.Element {
    return (
        <>
            <ReadingInput
                label={field("least")}
                value={test.least}
                unit={unit}
                faults={["limits_missing"]}
                about={test.id}
                change={(least) => change({ least })}
            />
            <ReadingInput
                label={field("most")}
                value={test.most}
                unit={unit}
                faults={["limits_crossed"]}
                about={test.id}
                change={(most) => change({ most })}
            />
            <ReadingInput
                label={field("selected")}
                value={test.selected}
                unit={unit}
                change={(selected) =>
                    change(
                        selected === null
                            ? { selected, tolerance_percent: usual_tolerance_percent }
                            : { selected },
                    )
                }
            />
            {test.selected !== null && (
                <NumberInput
                    label={field("tolerance_percent")}
                    value={test.tolerance_percent}
                    bounds={bounds_of("tolerance_percent")}
                    change={(tolerance_percent) => change({ tolerance_percent })}
                />
            )}
        </>
    );
}

export function DeviceTest({ device, test }: { device: DeviceBody; test: TestBody }): JSX.Element {
    const change = (part: Partial<TestBody>): void => change_test(device, test.id, part);
    const title = name_of(test.name) || text("setup.new_test");
    return (
        <SubForm title={title} named={name_of(test.name) !== ""} take_away={() => take_test_out(device, test.id)}>
            <TextInput
                label={field("name_zh")}
                value={test.name.zh}
                faults={is_named(test.name) ? [] : ["name_missing"]}
                about={test.id}
                change={(zh) => change({ name: { ...test.name, zh } })}
            />
            <TextInput
                label={field("name_en")}
                value={test.name.en}
                change={(en) => change({ name: { ...test.name, en } })}
            />
            <NumberInput
                label={field("interval_days")}
                hint={text("setup.test_interval")}
                value={test.interval_days}
                bounds={bounds_of("interval_days")}
                change={(interval_days) => change({ interval_days })}
            />
            <YesNo
                label={field("critical")}
                value={test.critical}
                change={(critical) => change({ critical })}
            />
            <Choice
                label={text("setup.test_answer")}
                value={test.unit ?? ""}
                choices={["", ...test_units]}
                name_of={(unit) =>
                    unit === "" ? text("setup.test_yes_no") : text("setup.test_reading", { unit })
                }
                change={(unit) =>
                    change_unit(device, test.id, unit === "" ? null : (unit as TestBody["unit"]))
                }
            />
            {test.unit !== null && <Readings test={test} unit={test.unit} change={change} />}
        </SubForm>
    );
}

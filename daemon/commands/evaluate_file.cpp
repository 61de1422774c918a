#include "daemon/commands/evaluate_file.hpp"

#include "daemon/commands/json_reader.hpp"
#include "daemon/readiness/device_tests.hpp"
#include "daemon/readiness/limits.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <set>

namespace cartwatch::commands {

namespace {

using namespace readiness;

constexpr int par_max = 10'000; // the largest par level seen in the field is 200
constexpr int delivery_days_max = 366;
constexpr int band_days_max = 3'660; // ten years: longer than any shelf life of a drug

void check_limits(const FunctionTest& test, ObjectReader& given, Faults& faults) {
    const Limits limits = limits_of(test);
    if (!test.unit) {
        if (limits.least || limits.most) {
            faults.note(given.pointer_to("unit"), "is missing: a limit is a reading's");
        }
        return;
    }
    const std::pair<const char*, std::optional<Amount>> amounts[] = {
        {"least", test.least}, {"most", test.most}, {"selected", test.selected}};
    for (const auto& [name, amount] : amounts) {
        if (amount && !is_possible(*test.unit, *amount)) {
            faults.note(given.pointer_to(name), "is beyond what the unit can reach");
        }
    }
    if (!limits.least && !limits.most) {
        faults.note(given.pointer_to("least"), "is missing: a reading has a limit");
    } else if (limits.least && limits.most && *limits.most < *limits.least) {
        faults.note(given.pointer_to("most"), "is below the lowest reading in order");
    }
}

// Of a reading the value says whether it passed; one without a value could not be taken.
TestResult read_result(
    const OrderedJson& value, const std::string& at, const FunctionTest& test, Faults& faults) {
    ObjectReader given(value, at, faults, {"on", "passed", "value"});
    TestResult result;
    result.on = given.day("on");
    result.value = given.optional_amount("value");
    result.passed = result.value ? given.optional_boolean("passed", true) : given.boolean("passed");
    if (!test.unit && result.value) {
        faults.note(given.pointer_to("value"), "belongs to a test with a unit");
    } else if (test.unit && !result.value && result.passed) {
        faults.note(given.pointer_to("value"), "is missing");
    } else if (test.unit && result.value && !is_possible(*test.unit, *result.value)) {
        faults.note(
            given.pointer_to("value"),
            "is no possible reading: " + reading_text(result.value, test.unit));
    }
    return result;
}

FunctionTest read_function_test(const OrderedJson& value, const std::string& at, Faults& faults) {
    ObjectReader given(
        value,
        at,
        faults,
        {"id",
         "critical",
         "interval_days",
         "unit",
         "least",
         "most",
         "selected",
         "tolerance_percent",
         "last"});
    FunctionTest test;
    test.id = given.text("id");
    test.critical = given.optional_boolean("critical", true);
    if (given.has("interval_days")) {
        test.interval_days = given.integer("interval_days", 1, interval_days_max);
    }
    if (given.has("unit")) {
        test.unit = parse_test_unit(given.text("unit"));
        if (!test.unit) {
            faults.note(given.pointer_to("unit"), "must be %, MPa, kPa or J");
        }
    }
    test.least = given.optional_amount("least");
    test.most = given.optional_amount("most");
    test.selected = given.optional_amount("selected");
    test.tolerance_percent =
        given.optional_integer("tolerance_percent", 1, 100, test.tolerance_percent);
    check_limits(test, given, faults);
    if (const OrderedJson* last = given.find("last")) {
        test.last = read_result(*last, given.pointer_to("last"), test, faults);
    }
    return test;
}

// Reads the parts of one file; ids are unique over the whole of it.
class FileReader {
public:
    [[nodiscard]] EvaluateFile read(const OrderedJson& document) {
        ObjectReader file(
            document,
            "",
            faults,
            {"policy", "cart", "lines", "devices", "recalls", "substitutions"});
        EvaluateFile result;
        if (const OrderedJson* policy = file.find("policy")) {
            result.policy = read_policy(*policy, file.pointer_to("policy"));
        }
        if (const OrderedJson* cart = file.find("cart")) {
            read_cart(*cart, file.pointer_to("cart"), result.cart);
        } else {
            faults.note("/cart", "is missing");
        }
        file.each("lines", true, [&](const OrderedJson& value, const std::string& at) {
            result.cart.lines.push_back(read_line(value, at));
        });
        file.each("devices", false, [&](const OrderedJson& value, const std::string& at) {
            result.cart.devices.push_back(read_device(value, at));
        });
        file.each("recalls", false, [&](const OrderedJson& value, const std::string& at) {
            ObjectReader recall(value, at, faults, {"product", "lot"});
            std::string product = recall.text("product");
            result.recalls.push_back({std::move(product), recall.optional_text("lot")});
        });
        file.each("substitutions", false, [&](const OrderedJson& value, const std::string& at) {
            result.substitutions.push_back(read_substitution(value, at));
        });
        return result;
    }

    Faults faults;

private:
    Substitution read_substitution(const OrderedJson& value, const std::string& at) {
        ObjectReader given(
            value, at, faults, {"product", "substitute", "until", "warning", "line"});
        Substitution result;
        result.product = given.text("product");
        result.substitute = given.text("substitute");
        result.until = given.day("until");
        result.warning = given.optional_text("warning");
        result.line = given.optional_text("line");
        return result;
    }

    std::string read_id(ObjectReader& object) {
        std::string id = object.text("id");
        if (!id.empty() && !ids_.insert(id).second) {
            faults.note(
                object.pointer_to("id"), "\"" + quotable(id) + "\" is the id of another one");
        }
        return id;
    }

    Policy read_policy(const OrderedJson& value, const std::string& pointer) {
        ObjectReader policy(
            value,
            pointer,
            faults,
            {"check_interval_days",
             "delivery_days",
             "near_expiry_days",
             "sealed_within_days",
             "sealed_counts_as_weekly",
             "sealed_interval_days",
             "handover_interval_days"});
        Policy result;
        result.check_interval_days = policy.optional_integer(
            "check_interval_days", 1, interval_days_max, result.check_interval_days);
        result.delivery_days =
            policy.optional_integer("delivery_days", 0, delivery_days_max, result.delivery_days);
        const auto days = [&](const char* name, int otherwise) {
            return policy.optional_integer(name, 0, interval_days_max, otherwise);
        };
        result.sealed_within_days = days("sealed_within_days", result.sealed_within_days);
        result.sealed_counts_as_weekly = policy.optional_boolean("sealed_counts_as_weekly", false);
        result.sealed_interval_days = days("sealed_interval_days", 0);
        result.handover_interval_days = days("handover_interval_days", 0);
        if (policy.has("near_expiry_days")) {
            result.near_expiry_days.clear();
            policy.each(
                "near_expiry_days", false, [&](const OrderedJson& band, const std::string& at) {
                    if (!band.is_number_integer() || band < 0 || band > band_days_max) {
                        faults.note(at, "must be a whole number from 0 to 3660");
                    } else {
                        result.near_expiry_days.push_back(band.get<int>());
                    }
                });
        }
        return result;
    }

    void read_cart(const OrderedJson& value, const std::string& pointer, Cart& result) {
        ObjectReader cart(
            value,
            pointer,
            faults,
            {"id", "last_full_check", "last_sealed_check", "last_handover", "seal"});
        result.id = read_id(cart);
        result.last_full_check = cart.optional_day("last_full_check", true);
        result.last_sealed_check = cart.optional_day("last_sealed_check", true);
        result.last_handover = cart.optional_day("last_handover", true);
        if (const OrderedJson* given = cart.find("seal")) {
            ObjectReader seal(*given, cart.pointer_to("seal"), faults, {"number", "intact"});
            result.seal = Seal{seal.text("number"), seal.boolean("intact")};
        }
    }

    Line read_line(const OrderedJson& value, const std::string& pointer) {
        ObjectReader line(
            value, pointer, faults, {"id", "product", "par", "critical", "function", "holdings"});
        Line result;
        result.id = read_id(line);
        result.product = line.text("product");
        result.par = line.integer("par", 0, par_max);
        result.critical = line.optional_boolean("critical", false);
        result.function = line.optional_text("function");
        std::set<std::string> lots;
        line.each("holdings", false, [&](const OrderedJson& holding, const std::string& at) {
            result.holdings.push_back(read_holding(holding, at, lots));
        });
        if (result.holdings.size() > holdings_of_a_line_max) {
            faults.note(line.pointer_to("holdings"), "must have at most 1000 holdings");
        }
        return result;
    }

    Holding read_holding(
        const OrderedJson& value, const std::string& pointer, std::set<std::string>& lots) {
        ObjectReader holding(
            value, pointer, faults, {"lot", "last_usable_day", "quantity", "damaged", "product"});
        Holding result;
        result.lot = holding.text("lot");
        if (!result.lot.empty() && !lots.insert(result.lot).second) {
            faults.note(
                holding.pointer_to("lot"),
                "\"" + quotable(result.lot) + "\" occurs on this line already");
        }
        result.last_usable_day = holding.optional_day("last_usable_day", true);
        result.quantity = holding.integer("quantity", 0, units_max);
        result.damaged = holding.optional_integer("damaged", 0, result.quantity, 0);
        result.product = holding.optional_text("product");
        return result;
    }

    Device read_device(const OrderedJson& value, const std::string& pointer) {
        ObjectReader device(
            value,
            pointer,
            faults,
            {"id",
             "critical",
             "function",
             "last_test",
             "tests",
             "service_due",
             "calibration_due",
             "accessories"});
        Device result;
        result.id = read_id(device);
        result.critical = device.optional_boolean("critical", false);
        result.function = device.optional_text("function");
        if (const OrderedJson* given = device.find("last_test")) {
            ObjectReader test(*given, device.pointer_to("last_test"), faults, {"on", "passed"});
            const Day on = test.day("on");
            result.last_test = DeviceTest{on, test.boolean("passed")};
        }
        std::set<std::string> tests;
        device.each("tests", false, [&](const OrderedJson& given, const std::string& at) {
            FunctionTest test = read_function_test(given, at, faults);
            if (!test.id.empty() && !tests.insert(test.id).second) {
                faults.note(
                    at + "/id", "\"" + quotable(test.id) + "\" is another test of this device");
            }
            result.tests.push_back(std::move(test));
        });
        if (result.tests.size() > tests_max) {
            faults.note(device.pointer_to("tests"), "must have at most 50 tests");
        }
        result.service_due = device.optional_day("service_due", false);
        result.calibration_due = device.optional_day("calibration_due", false);
        device.each("accessories", false, [&](const OrderedJson& given, const std::string& at) {
            ObjectReader accessory(given, at, faults, {"id", "last_usable_day"});
            Accessory read;
            read.id = read_id(accessory);
            read.last_usable_day = accessory.optional_day("last_usable_day", true);
            result.accessories.push_back(std::move(read));
        });
        return result;
    }

    std::set<std::string> ids_;
};

// Whole numbers without a point.
OrderedJson amount_json(Amount amount) {
    constexpr int thousandths_of_one = 1'000;
    if (amount.thousandths % thousandths_of_one == 0) {
        return amount.thousandths / thousandths_of_one;
    }
    return amount.thousandths / static_cast<double>(thousandths_of_one);
}

// What a test read and between which limits it belongs.
void put_reading(OrderedJson& json, const Finding& finding) {
    if (finding.value) {
        json["value"] = amount_json(*finding.value);
    }
    if (finding.unit) {
        json["unit"] = to_text(*finding.unit);
    }
    if (finding.least) {
        json["least"] = amount_json(*finding.least);
    }
    if (finding.most) {
        json["most"] = amount_json(*finding.most);
    }
}

OrderedJson finding_json(const Finding& finding) {
    OrderedJson json;
    json["kind"] = to_text(finding.kind);
    json["severity"] = to_text(finding.severity);
    const auto text_if = [&](const char* name, const std::string& value) {
        if (!value.empty()) {
            json[name] = value;
        }
    };
    text_if("line", finding.line);
    text_if("device", finding.device);
    text_if("accessory", finding.accessory);
    text_if("test", finding.test);
    if (finding.lot) {
        json["lot"] = *finding.lot;
    }
    if (finding.quantity) {
        json["quantity"] = *finding.quantity;
    }
    if (finding.reasons) {
        OrderedJson reasons = OrderedJson::object();
        const auto units_if = [&](const char* name, int units) {
            if (units > 0) {
                reasons[name] = units;
            }
        };
        units_if("recalled", finding.reasons->recalled);
        units_if("expired", finding.reasons->expired);
        units_if("damaged", finding.reasons->damaged);
        units_if("absent", finding.reasons->absent);
        json["reasons"] = reasons;
    }
    if (finding.last_usable_day) {
        json["last_usable_day"] = to_text(*finding.last_usable_day);
    }
    if (finding.days_left) {
        json["days_left"] = *finding.days_left;
    }
    if (finding.band) {
        json["band"] = *finding.band;
    }
    put_reading(json, finding);
    return json;
}

} // namespace

Result<EvaluateFile> parse_evaluate_file(std::string_view text) {
    if (text.size() > evaluate_file_bytes_max) {
        return refused(ErrorCode::too_large, "more than 16 MiB: one file holds one cart");
    }
    FileReader reader;
    const auto document = parse_strict_json(text, reader.faults);
    if (!document) {
        return tl::make_unexpected(document.error());
    }
    EvaluateFile file = reader.read(*document);
    if (const auto fault = reader.faults.first_in(*document)) {
        return tl::make_unexpected(*fault);
    }
    return file;
}

std::string judgement_line(const Judgement& judgement) {
    OrderedJson json;
    json["as_of"] = to_text(judgement.as_of);
    json["readiness"] = to_text(judgement.readiness);
    OrderedJson functions = OrderedJson::object();
    for (const auto& [function, worth] : judgement.functions) {
        functions[function] = to_text(worth);
    }
    json["functions"] = functions;
    json["ready_until"] = nullptr;
    if (judgement.ready_until) {
        json["ready_until"] = to_text(*judgement.ready_until);
    }
    json["rate"] = {{"in_order", judgement.in_order}, {"required", judgement.required}};
    json["findings"] = OrderedJson::array();
    for (const Finding& finding : judgement.findings) {
        json["findings"].push_back(finding_json(finding));
    }
    return json.dump();
}

} // namespace cartwatch::commands

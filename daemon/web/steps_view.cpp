#include "daemon/readiness/device_tests.hpp"
#include "daemon/web/view_parts.hpp"

#include <variant>

namespace cartwatch::web {

namespace {

// Fills in what a kind of step has; the rest stays null.
struct StepMembers {
    Json& json;

    void operator()(const readiness::LineCounted& step) const {
        json["action"] = "line_counted";
        json["subject"] = step.line;
        json["quantity"] = step.holding.quantity;
        json["lot"] = step.holding.lot;
        json["raw"] = text_or_null(step.raw);
    }

    void operator()(const readiness::LineMissing& step) const {
        json["action"] = "line_missing";
        json["subject"] = step.line;
        json["quantity"] = 0;
    }

    void operator()(const readiness::HoldingTakenOut& step) const {
        json["action"] = "holding_taken_out";
        json["subject"] = step.line;
        json["quantity"] = step.quantity;
        json["lot"] = step.lot;
    }

    void operator()(const readiness::DeviceTested& step) const {
        json["action"] = "device_tested";
        json["subject"] = step.device;
        json["passed"] = step.passed;
    }

    void operator()(const readiness::CodeParked& step) const {
        json["action"] = "code_parked";
        json["raw"] = step.raw;
    }

    void operator()(const readiness::ScanNoted& step) const {
        json["action"] = "scan_noted";
        json["subject"] = text_or_null(step.line);
        json["verdict"] = step.verdict;
        json["raw"] = step.raw;
    }

    void operator()(const readiness::SealRead& step) const {
        json["action"] = "seal_read";
        json["raw"] = step.number;
    }

    void operator()(const readiness::SealFound& step) const {
        json["action"] = "seal_found";
        json["raw"] = step.number;
    }

    void operator()(const readiness::UnitsUsed& step) const {
        json["action"] = "units_used";
        json["subject"] = step.line;
        json["quantity"] = step.quantity;
        json["lot"] = step.lot;
        json["raw"] = text_or_null(step.raw);
    }

    void operator()(const readiness::LineLeft& step) const {
        json["action"] = "line_left";
        json["subject"] = step.line;
        json["quantity"] = step.quantity;
    }
};

// Of a device's own tests: which one, and what it read.
void put_test(Json& json, const CartView& view, const readiness::DeviceTested& step) {
    const readiness::Device* device = find_device(view.cart, step.device);
    const readiness::FunctionTest* test =
        device == nullptr ? nullptr : readiness::find_test(*device, step.test);
    if (test != nullptr) {
        json["test"] = name_json(test->name);
        json["reading"] = text_or_null(readiness::reading_text(step.value, test->unit));
    }
}

// A scan of a blind line assumes what is expected: not to be seen before a number was entered, and
// after that it is no number that anybody counted.
bool hides_quantity(
    const readiness::Line& line, const readiness::Check& check, const readiness::Step& step) {
    const auto* counted = std::get_if<readiness::LineCounted>(&step.action);
    const bool assumed = counted != nullptr && !counted->number_entered;
    return readiness::is_blind(check.progress, line.id)
           && (assumed || !readiness::is_settled(line, check.progress));
}

Json step_json(const CartView& view, const readiness::Check& check, const readiness::Step& step) {
    Json json;
    json["number"] = step.number;
    json["at"] = to_text(step.at);
    for (const char* member :
         {"action",
          "subject",
          "name",
          "quantity",
          "lot",
          "verdict",
          "raw",
          "passed",
          "test",
          "reading"}) {
        json[member] = nullptr;
    }
    std::visit(StepMembers{json}, step.action);
    if (json["subject"].is_string()) {
        const auto subject = json["subject"].get<std::string>();
        const readiness::Line* line = find_line(view.cart, subject);
        if (line != nullptr && hides_quantity(*line, check, step)) {
            json["quantity"] = nullptr;
        }
        json["name"] = subject_name(view, subject);
    }
    if (const auto* tested = std::get_if<readiness::DeviceTested>(&step.action)) {
        put_test(json, view, *tested);
    }
    json["undone"] = step.undone;
    return json;
}

} // namespace

Json steps_json(const CartView& view, const readiness::Check& check, std::size_t most) {
    Json json = Json::array();
    for (auto step = check.steps.rbegin(); step != check.steps.rend(); ++step) {
        if (json.size() == most) {
            break;
        }
        json.push_back(step_json(view, check, *step));
    }
    return json;
}

} // namespace cartwatch::web

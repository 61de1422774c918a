#include "daemon/records/check_record.hpp"

#include "daemon/journal/names.hpp"
#include "daemon/records/check_told.hpp"
#include "daemon/records/history_rows.hpp"
#include "daemon/web/view_parts.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace cartwatch::records {

namespace {

// What the tables and the journal say of the check; written by the reading thread, read on the
// loop's after it.
struct Found {
    std::optional<store::CheckReport> report;
    std::vector<store::CheckLineReport> lines;
    std::optional<store::CountedBefore> counted_before; // whose lines they are, if not its own
    CheckTold told;
};

constexpr std::string_view word_of(store::LineResult result) {
    switch (result) {
    case store::LineResult::counted:
        return "counted";
    case store::LineResult::missing:
        return "missing";
    case store::LineResult::taken_out:
        return "taken_out";
    case store::LineResult::not_scanned:
        return "not_scanned";
    case store::LineResult::sealed:
        return "sealed";
    case store::LineResult::not_asked:
        break;
    }
    return "not_asked";
}

Json line_json(const store::CheckLineReport& report) {
    const store::CheckLine& line = report.line;
    Json json;
    json["line"] = line.line;
    json["name"] = web::name_json(report.product_name);
    json["strength"] = report.strength;
    json["position"] = line.position;
    json["par"] = line.par;
    json["critical"] = line.critical;
    json["result"] = word_of(line.result);
    json["quantity"] = line.quantity;
    json["damaged"] = line.damaged;
    json["taken_out"] = line.taken_out;
    json["evidence"] = line.evidence ? Json(journal::name_of(*line.evidence)) : Json();
    json["lots"] = Json::array();
    for (const readiness::Holding& lot : line.lots) {
        json["lots"].push_back(
            {{"lot", lot.lot},
             {"last_usable_day", web::text_or_null(lot.last_usable_day)},
             {"quantity", lot.quantity}});
    }
    json["at"] = web::text_or_null(line.at);
    return json;
}

// Newest first, each with who took it.
Json steps_with_people(const web::CartView& view, const readiness::Check& check) {
    Json steps = web::steps_json(view, check, record_steps_max);
    auto step = check.steps.rbegin();
    for (Json& json : steps) {
        json["by"] = web::person_json(view.state, view.node, step->by);
        ++step;
    }
    return steps;
}

Result<std::string> record_text(ledger::Ledger& ledger, const Found& found) {
    if (!found.report) {
        return refused(ErrorCode::not_found, "there is no such check on that day");
    }
    const store::ClosedCheck& check = found.report->check;
    const readiness::State& state = ledger.state();
    const readiness::NodeState& node = node_of(state, check.node);
    const auto cart = node.carts.find(check.cart);
    if (cart == node.carts.end()) {
        return refused(ErrorCode::not_found, "the check's cart was never on a list here");
    }
    const CheckTold& told = found.told;
    const web::CartView view{state, check.node, cart->second, check.working_day, {}};
    Json json = check_json(*found.report);
    json["node"] = check.node;
    json["cart"] = check.cart;
    json["cart_name"] = web::name_json(found.report->cart_name);
    json["station"] = web::name_json(found.report->station_name);
    json["lines"] = Json::array();
    for (const store::CheckLineReport& line : found.lines) {
        json["lines"].push_back(line_json(line));
    }
    json["lines_of"] = nullptr;
    if (found.counted_before) {
        json["lines_of"] = {
            {"check", found.counted_before->check},
            {"working_day", to_text(found.counted_before->working_day)}};
    }
    json["findings"] =
        told.closed ? web::findings_json(view, told.closed->findings) : Json::array();
    json["steps"] = steps_with_people(view, told.check);
    json["journal"] = range_json(check.node, told.first, told.last);
    json["now"] = to_text(ledger.moment().now);
    json["steps_whole"] = told.whole && told.check.steps.size() <= record_steps_max;
    return web::dumped(json);
}

void find(store::Reader& reader, const web::CheckQuestion& question, Found& found) {
    const store::Period day{question.working_day, question.working_day};
    reader.checks(day, [&](const store::CheckReport& report) {
        if (report.check.node == question.node && report.check.id == question.check) {
            found.report = report;
        }
    });
    if (found.report) {
        reader.check_lines(question.node, question.check, [&](const store::CheckLineReport& line) {
            found.lines.push_back(line);
        });
        found.counted_before = reader.counted_before(question.node, question.check);
        found.told = told_of(reader, found.report->check);
    }
}

} // namespace

std::function<void(web::CheckQuestion, TextDone)> check_records(
    ReadingThread& thread, const std::filesystem::path& store_file, ledger::Ledger& ledger) {
    return [&thread, &store_file, &ledger](const web::CheckQuestion& question, TextDone done) {
        const auto found = std::make_shared<Found>();
        const auto work = [&store_file, question, found] {
            store::Reader reader(store_file);
            find(reader, question, *found);
            return Result<std::string>();
        };
        thread.ask(work, [&ledger, found, done = std::move(done)](const Result<std::string>& read) {
            done(read ? record_text(ledger, *found) : read);
        });
    };
}

} // namespace cartwatch::records

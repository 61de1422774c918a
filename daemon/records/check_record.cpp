#include "daemon/records/check_record.hpp"

#include "daemon/journal/entry.hpp"
#include "daemon/journal/names.hpp"
#include "daemon/records/history_rows.hpp"
#include "daemon/web/view_parts.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace cartwatch::records {

namespace {

constexpr std::int64_t entries_at_once = 256;

// What the tables say of the check; written by the reading thread, read on the loop's after it.
struct Found {
    std::optional<store::CheckReport> report;
    std::vector<store::CheckLineReport> lines;
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

// What the journal says of the check.
struct Told {
    readiness::Check check;
    std::optional<readiness::CheckClosed> closed;
    bool whole = false; // its opening was found
};

// Takes one entry of the check in; those of others are passed over.
void take(Told& told, const readiness::Recorded& entry, const std::string& check) {
    if (const auto* opened = std::get_if<readiness::CheckOpened>(&entry.event)) {
        if (opened->check == check) {
            told.check.blind = opened->blind;
            told.whole = true;
        }
    } else if (const auto* stepped = std::get_if<readiness::CheckStepped>(&entry.event)) {
        if (stepped->check == check) {
            told.check.steps.push_back(
                {stepped->step, entry.at, stepped->by, stepped->action, false});
        }
    } else if (const auto* undone = std::get_if<readiness::StepUndone>(&entry.event)) {
        for (readiness::Step& step : told.check.steps) {
            step.undone = step.undone || (undone->check == check && undone->step == step.number);
        }
    } else if (const auto* closed = std::get_if<readiness::CheckClosed>(&entry.event)) {
        if (closed->check == check) {
            told.closed = *closed;
        }
    }
}

// The entries of the node from the check's opening to its signature, as far as they are looked for.
std::vector<readiness::Recorded> entries_of(store::Store& store, const store::ClosedCheck& check) {
    std::vector<readiness::Recorded> all; // the last first
    const std::int64_t first = std::max(check.seq - record_entries_max, std::int64_t{0});
    for (std::int64_t last = check.seq; last > first;) {
        const std::int64_t after = std::max(last - entries_at_once, first);
        auto entries = store.entries_after(
            check.node,
            after,
            static_cast<std::size_t>(last - after),
            entries_at_once * journal::entry_bytes_max);
        for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
            auto recorded = journal::to_recorded(*entry);
            if (!recorded) {
                continue; // `cartwatch verify` names it
            }
            all.push_back(std::move(*recorded));
            const auto* opened = std::get_if<readiness::CheckOpened>(&all.back().event);
            if (opened != nullptr && opened->check == check.id) {
                return all;
            }
        }
        last = after;
    }
    return all;
}

Told told_of(ledger::Ledger& ledger, const store::ClosedCheck& check) {
    Told told;
    told.check.id = check.id;
    told.check.cart = check.cart;
    told.check.kind = check.kind;
    if (ledger.store() == nullptr) {
        return told;
    }
    const auto entries = entries_of(*ledger.store(), check);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        take(told, *entry, check.id);
    }
    told.check.progress = progress_of(told.check);
    return told;
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
    const Told told = told_of(ledger, check);
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
    json["findings"] =
        told.closed ? web::findings_json(view, told.closed->findings) : Json::array();
    json["steps"] = steps_with_people(view, told.check);
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

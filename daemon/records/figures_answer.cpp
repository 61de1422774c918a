#include "daemon/records/figures_answer.hpp"

#include "daemon/figures/check_figures.hpp"
#include "daemon/figures/readiness_figures.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/web/views.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace cartwatch::records {

using figures::CartName;
using std::chrono::days;
using web::Json;

namespace {

// Entries with their place in the order of arrival.
struct Journal {
    std::vector<std::int64_t> positions;
    std::vector<readiness::Recorded> entries;
};

Journal journal_of(store::Reader& reader, const std::string& node) {
    Journal journal;
    reader.entries_of(node, [&](std::int64_t position, const readiness::Recorded& entry) {
        journal.positions.push_back(position);
        journal.entries.push_back(entry);
    });
    return journal;
}

// What stands in a node's journal and in the pharmacy's, in the order of arrival: nothing else says
// anything of the node's carts. Held once: a hundred thousand entries take about a hundred
// megabytes.
std::vector<readiness::Recorded> together(
    const std::filesystem::path& store_file, const std::string& node, const Journal& pharmacy) {
    store::Reader reader(store_file); // no longer than it reads: it keeps the daemon's log long
    std::vector<readiness::Recorded> all;
    const auto count = static_cast<std::size_t>(reader.head(node).seq);
    all.reserve(count + pharmacy.entries.size());
    std::size_t next = 0;
    reader.entries_of(node, [&](std::int64_t position, const readiness::Recorded& entry) {
        for (; next < pharmacy.entries.size() && pharmacy.positions[next] < position; ++next) {
            all.push_back(pharmacy.entries[next]);
        }
        all.push_back(entry);
    });
    all.insert(
        all.end(),
        pharmacy.entries.begin() + static_cast<std::ptrdiff_t>(next),
        pharmacy.entries.end());
    return all;
}

std::map<std::string, std::vector<CartName>> by_node(const std::vector<CartName>& carts) {
    std::map<std::string, std::vector<CartName>> nodes;
    for (const CartName& cart : carts) {
        nodes[cart.first].push_back(cart);
    }
    return nodes;
}

bool are_too_many(
    const std::filesystem::path& store_file,
    const std::string& pharmacy,
    const std::map<std::string, std::vector<CartName>>& nodes,
    std::int64_t entries_max) {
    store::Reader reader(store_file);
    // The pharmacy's own are gone through with each ward's.
    const std::int64_t of_all = reader.head(pharmacy).seq;
    std::int64_t sum = 0;
    for (const auto& [node, carts] : nodes) {
        sum += reader.head(node).seq + (node == pharmacy ? 0 : of_all);
    }
    return sum > entries_max;
}

// Adds the rows of one node's carts.
void put_node(
    Json& rows,
    const std::vector<readiness::Recorded>& entries,
    const std::vector<CartName>& carts,
    const clock::Calendar& calendar,
    const FiguresAsked& asked) {
    const figures::Past past = figures::past_of(
        entries,
        asked.pharmacy,
        [&](Day day) { return calendar.begin_of(day); },
        [&](Instant at, std::span<const int> hours) { return calendar.shifts_at(at, hours); });
    const Day last = std::min(asked.question.to, asked.today);
    const figures::Period period{asked.question.from, last + days(1)};
    const figures::Scope scope{carts.front().first, "", asked.question.cart};
    auto ready = figures::time_ready_by_cart(past, scope, period, asked.now);
    auto overrides = figures::overrides_by_cart(past, scope, period);
    const auto seconds = [](std::chrono::milliseconds span) {
        return std::chrono::duration_cast<std::chrono::seconds>(span).count();
    };
    for (const CartName& cart : carts) {
        rows.push_back(
            {{"node", cart.first},
             {"cart", cart.second},
             {"ready_s", seconds(ready[cart].ready)},
             {"total_s", seconds(ready[cart].total)},
             {"lines", overrides[cart].lines},
             {"typed", overrides[cart].typed},
             {"skipped", overrides[cart].skipped}});
    }
}

} // namespace

FiguresAsked figures_asked_of(ledger::Ledger& ledger, web::HistoryQuestion question) {
    const readiness::Context moment = ledger.moment();
    const readiness::State& state = ledger.state();
    FiguresAsked asked{std::move(question), moment.today, moment.now, state.pharmacy, {}};
    const web::HistoryQuestion& wanted = asked.question;
    for (const auto& [name, node] : state.nodes) {
        for (const auto& [id, cart] : node.carts) {
            const bool other = (!wanted.node.empty() && wanted.node != name)
                               || (!wanted.cart.empty() && wanted.cart != id);
            if (!cart.retired && !other) {
                asked.carts.emplace_back(name, id);
            }
        }
    }
    return asked;
}

Result<std::string> figures_text(
    const std::filesystem::path& store_file,
    const clock::Calendar& calendar,
    const FiguresAsked& asked,
    const std::function<bool()>& stopped,
    std::int64_t entries_max) {
    const auto nodes = by_node(asked.carts);
    Json json;
    json["from"] = to_text(asked.question.from);
    json["to"] = to_text(asked.question.to);
    json["overrides_goal"] = figures::overrides_goal;
    json["overrides_limit"] = figures::overrides_limit;
    json["too_many"] = are_too_many(store_file, asked.pharmacy, nodes, entries_max);
    json["carts"] = Json::array();
    if (json["too_many"].get<bool>()) {
        return web::dumped(json);
    }
    Journal pharmacy;
    if (!nodes.empty()) {
        store::Reader reader(store_file);
        pharmacy = journal_of(reader, asked.pharmacy);
    }
    for (const auto& [node, carts] : nodes) {
        if (stopped()) {
            return refused(ErrorCode::unavailable, "the program is stopping");
        }
        if (node == asked.pharmacy) {
            put_node(json["carts"], pharmacy.entries, carts, calendar, asked);
        } else {
            const auto entries = together(store_file, node, pharmacy);
            put_node(json["carts"], entries, carts, calendar, asked);
        }
    }
    return web::dumped(json);
}

} // namespace cartwatch::records

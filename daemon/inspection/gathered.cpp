#include "daemon/inspection/gathered.hpp"

#include <algorithm>
#include <utility>

namespace cartwatch::inspection {

using namespace readiness;
using std::chrono::days;

namespace {

Result<void> check_days(const PackRequest& request) {
    if (request.from > request.to) {
        return refused(
            ErrorCode::bad_input,
            "the first day " + to_text(request.from) + " is after the last " + to_text(request.to));
    }
    if (request.from > request.today) {
        return refused(
            ErrorCode::bad_input,
            to_text(request.from) + " is still to come: today is " + to_text(request.today));
    }
    return {};
}

int units_in(const Line& line) {
    int units = 0;
    for (const Holding& holding : line.holdings) {
        units += holding.quantity;
    }
    return units;
}

// The controlled lines of a cart whose signature comes next, as they are on file before it.
class SignatureWatch {
public:
    SignatureWatch(const Gathered& gathered, const State& state, const Recorded& next)
        : node_(next.node), closed_(std::get_if<CheckClosed>(&next.event)) {
        if (closed_ == nullptr || closed_->kind == CheckKind::sealed
            || closed_->kind == CheckKind::handover || closed_->working_day < gathered.request.from
            || closed_->working_day > gathered.request.to) {
            return;
        }
        const auto node = state.nodes.find(next.node);
        if (node == state.nodes.end() || !node->second.carts.contains(closed_->cart)) {
            return;
        }
        const Cart& cart = node->second.carts.at(closed_->cart);
        const auto check = node->second.open_checks.find(closed_->check);
        if (!gathered.holds(cart.station)) {
            return;
        }
        for (const Line& line : cart.lines) {
            const auto product = find_strictly(state, next.node, line.product);
            if (product && product->controlled) {
                counts_.push_back({next.node, cart, *closed_, next.at, next.seq, line, 0, {}});
            }
        }
        if (closed_->kind != CheckKind::after_use || check == node->second.open_checks.end()) {
            return;
        }
        for (const UsedLine& used : used_lines(cart, check->second.progress)) {
            for (ControlledCount& count : counts_) {
                if (count.line.id == used.line) {
                    count.used = used;
                }
            }
        }
    }

    // What the state says after the signature.
    void finish(const State& state, std::vector<ControlledCount>& all) {
        for (ControlledCount& count : counts_) {
            const auto& carts = state.nodes.at(node_).carts;
            for (const Line& line : carts.at(closed_->cart).lines) {
                count.counted = line.id == count.line.id ? units_in(line) : count.counted;
            }
            all.push_back(std::move(count));
        }
    }

private:
    std::string node_;
    const CheckClosed* closed_;
    std::vector<ControlledCount> counts_;
};

void fold(Gathered& gathered, const figures::Past& past) {
    figures::Telling telling(past, figures::Told::as_it_arrived);
    while (const Recorded* next = telling.upcoming()) {
        if (const auto* defined = std::get_if<StaffDefined>(&next->event)) {
            gathered.badges.insert(defined->staff.badge);
        }
        SignatureWatch watch(gathered, telling.state, *next);
        telling.take();
        watch.finish(telling.state, gathered.controlled);
    }
    gathered.badges.erase("");
    gathered.state = std::move(telling.state);
}

// Of each node with a cart asked for, and of the pharmacy: entries of these days by their numbers,
// or, where nothing was recorded then, the place between those before and after.
void find_ranges(Gathered& gathered, const std::string& pharmacy) {
    std::set<std::string> nodes{pharmacy};
    for (const figures::Scope& scope : gathered.cart_scopes()) {
        nodes.insert(scope.node);
    }
    const store::Span span = gathered.span();
    std::map<std::string, pack::PackJournal> journals;
    for (const Recorded& entry : gathered.entries) {
        if (!nodes.contains(entry.node) || entry.at >= span.to) {
            continue;
        }
        pack::PackJournal& journal = journals[entry.node];
        const bool is_first_in = entry.at >= span.from && journal.node.empty();
        if (is_first_in) {
            journal.node = entry.node;
            journal.first = entry.seq;
        } else if (journal.node.empty()) {
            journal.first = std::max(journal.first, entry.seq + 1);
        }
        journal.last = std::max(journal.last, entry.seq);
    }
    for (auto& [node, journal] : journals) {
        journal.node = node;
        gathered.journals.push_back(std::move(journal));
    }
}

} // namespace

figures::Period Gathered::period() const {
    return {request.from, std::min(request.to, request.today) + days(1)};
}

store::Span Gathered::span() const {
    return {request.begin_of(request.from), request.begin_of(request.to + days(1))};
}

const Cart* Gathered::cart(const std::string& node, const std::string& id) const {
    const auto found = state.nodes.find(node);
    if (found == state.nodes.end()) {
        return nullptr;
    }
    const auto known = found->second.carts.find(id);
    return known == found->second.carts.end() ? nullptr : &known->second;
}

std::string Gathered::cart_name(const std::string& node, const std::string& id) const {
    const Cart* known = cart(node, id);
    return known == nullptr ? id : known->name.zh;
}

std::string Gathered::station_of(const std::string& node, const std::string& id) const {
    const Cart* known = cart(node, id);
    return known == nullptr ? "" : known->station;
}

std::string Gathered::station_name(const std::string& node, const std::string& station) const {
    const auto found = state.nodes.find(node);
    if (found == state.nodes.end()) {
        return station;
    }
    const auto known = found->second.stations.find(station);
    return known == found->second.stations.end() ? station : known->second.name.zh;
}

std::string Gathered::person(const std::string& node, const std::string& id) const {
    const Staff* staff = find_staff(state, node, id);
    return staff == nullptr ? "" : staff->name;
}

std::vector<figures::Scope> Gathered::wholes() const {
    if (stations.empty()) {
        return {figures::Scope{}};
    }
    std::vector<figures::Scope> scopes;
    for (const std::string& station : stations) {
        scopes.push_back({"", station, ""});
    }
    return scopes;
}

std::vector<figures::Scope> Gathered::station_scopes() const {
    std::vector<figures::Scope> scopes;
    for (const figures::Scope& whole : wholes()) {
        std::ranges::copy(
            archive->parts_of(whole, figures::Parts::stations), std::back_inserter(scopes));
    }
    return scopes;
}

std::vector<figures::Scope> Gathered::cart_scopes() const {
    std::vector<figures::Scope> scopes;
    for (const figures::Scope& whole : wholes()) {
        std::ranges::copy(
            archive->parts_of(whole, figures::Parts::carts), std::back_inserter(scopes));
    }
    return scopes;
}

Result<void> gather(store::Reader& reader, PackRequest request, Gathered& gathered) {
    if (const auto checked = check_days(request); !checked) {
        return checked;
    }
    const std::int64_t count = reader.count_entries();
    if (count > request.entries_max) {
        return refused(
            ErrorCode::too_large,
            "the journal has " + std::to_string(count) + " entries, more than the "
                + std::to_string(request.entries_max)
                + " that a pack is made of here; `cartwatch pack` takes more than the page, and "
                  "each ward's own node has fewer");
    }
    gathered.stations.insert(request.stations.begin(), request.stations.end());
    gathered.request = std::move(request);
    gathered.entries.reserve(static_cast<std::size_t>(count));
    reader.entries([&](const Recorded& entry) { gathered.entries.push_back(entry); });
    const std::string pharmacy = reader.pharmacy();
    figures::Past past = figures::past_of(
        gathered.entries, pharmacy, gathered.request.begin_of, gathered.request.shifts_at);
    fold(gathered, past);
    gathered.archive.emplace(std::move(past));
    for (const std::string& station : gathered.stations) {
        if (gathered.archive->parts_of({"", station, ""}, figures::Parts::whole).empty()) {
            return refused(
                ErrorCode::not_found, "no cart is on a list at station \"" + station + "\"");
        }
    }
    find_ranges(gathered, pharmacy);
    return {};
}

} // namespace cartwatch::inspection

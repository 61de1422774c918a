#include "daemon/records/check_told.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace cartwatch::records {

namespace {

// Takes one entry of the check in; those of others are passed over.
void take(CheckTold& told, const readiness::Recorded& entry) {
    const std::string& check = told.check.id;
    if (const auto* opened = std::get_if<readiness::CheckOpened>(&entry.event)) {
        if (opened->check == check) {
            told.check.blind = opened->blind;
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

bool opens(const readiness::Recorded& entry, const std::string& check) {
    const auto* opened = std::get_if<readiness::CheckOpened>(&entry.event);
    return opened != nullptr && opened->check == check;
}

} // namespace

CheckTold told_of(store::Reader& reader, const store::ClosedCheck& check) {
    CheckTold told;
    told.check.id = check.id;
    told.check.cart = check.cart;
    told.check.kind = check.kind;
    bool all_read = true;
    std::vector<readiness::Recorded> entries; // the last first
    const auto collect = [&](const journal::Entry& entry) {
        if (told.last.seq == 0) {
            told.last = {entry.seq, entry.hash};
        }
        told.first = entry.seq;
        auto recorded = journal::to_recorded(entry);
        if (!recorded) {
            all_read = false; // it may have been of this check: `cartwatch verify` names it
            return true;
        }
        entries.push_back(std::move(*recorded));
        told.whole = opens(entries.back(), check.id);
        return !told.whole;
    };
    const std::int64_t first = std::max(check.seq - record_entries_max + 1, std::int64_t{1});
    reader.entries_back(check.node, check.seq, first, collect);
    told.whole = told.whole && all_read;
    std::ranges::for_each(entries.rbegin(), entries.rend(), [&](const readiness::Recorded& entry) {
        take(told, entry);
    });
    told.check.progress = progress_of(told.check);
    return told;
}

} // namespace cartwatch::records

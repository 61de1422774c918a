// The members of each event's body in JSON. What an event wraps whole (a product, a cart) is the
// body itself; a cart's key stands flat in it.
#pragma once

#include "daemon/journal/shapes.hpp"

namespace cartwatch::journal::shapes {

void describe(auto& member, Of<readiness::StationDefined> auto& event) {
    describe(member, event.station);
}

void describe(auto& member, Of<readiness::ProductDefined> auto& event) {
    describe(member, event.product);
}

void describe(auto& member, Of<readiness::StaffDefined> auto& event) {
    describe(member, event.staff);
}

void describe(auto& member, Of<readiness::CartDefined> auto& event) {
    describe(member, event.cart);
}

void describe(auto& member, Of<readiness::StockRecorded> auto& event) {
    member("cart", event.cart);
    member("line", event.line);
    member("holdings", event.holdings);
    member.require(
        distinct(event.holdings, [](const readiness::Holding& each) { return each.lot; }),
        "holdings",
        "each lot once");
}

void describe(auto& member, Of<readiness::PolicyChanged> auto& event) {
    describe(member, event.policy);
}

void describe(auto& member, Of<readiness::CodeLinked> auto& event) {
    member("product", event.product);
    member("identifier", event.identifier);
}

void describe(auto& member, Of<readiness::RecallIssued> auto& event) {
    describe(member, event.recall);
    member("reason", event.reason);
}

void describe(auto& member, Of<readiness::RecallWithdrawn> auto& event) {
    describe(member, event.recall);
    member("reason", event.reason);
}

void describe(auto& member, Of<readiness::RecallAnswered> auto& event) {
    member("recall", event.seq, sequence);
    describe(member, event.recall);
    member("held", event.held);
}

void describe(auto& member, Of<readiness::RecallUnitsRemoved> auto& event) {
    member("check", event.removal.check);
    member("cart", event.removal.cart);
    member("line", event.removal.line);
    member("position", event.removal.position);
    member("product", event.removal.product);
    member("lot", event.removal.lot);
    member("quantity", event.removal.quantity, units);
    member("evidence", event.removal.evidence);
    member("by", event.removal.by);
}

void describe(auto& member, Of<readiness::SubstitutionPublished> auto& event) {
    describe(member, event.substitution);
}

void describe(auto& member, Of<readiness::SubstitutionWithdrawn> auto& event) {
    describe(member, event.substitution);
    member("reason", event.reason);
}

void describe(auto& member, Of<readiness::CheckOpened> auto& event) {
    member("check", event.check);
    member("cart", event.cart);
    member("kind", event.kind);
    member("by", event.by);
    member.added("seed", event.seed, sequence);
    member.added("blind", event.blind);
}

void describe(auto& member, Of<readiness::CheckTurned> auto& event) {
    member("check", event.check);
    member("kind", event.kind);
    member("by", event.by);
}

void describe(auto& member, Of<readiness::CheckTaken> auto& event) {
    member("check", event.check);
    member("by", event.by);
}

void describe(auto& member, Of<readiness::LineCounted> auto& action) {
    member("line", action.line);
    member("holding", action.holding);
    member("raw", action.raw);
    member.added("number_entered", action.number_entered);
}

void describe(auto& member, Of<readiness::LineMissing> auto& action) {
    member("line", action.line);
}

void describe(auto& member, Of<readiness::HoldingTakenOut> auto& action) {
    member("line", action.line);
    member("lot", action.lot);
    member("quantity", action.quantity, units);
}

void describe(auto& member, Of<readiness::DeviceTested> auto& action) {
    member("device", action.device);
    member("passed", action.passed);
    member.added("test", action.test);
    member.added("value", action.value);
    member.added("on", action.on);
}

void describe(auto& member, Of<readiness::CodeParked> auto& action) {
    member("raw", action.raw);
}

void describe(auto& member, Of<readiness::ScanNoted> auto& action) {
    member("raw", action.raw);
    member("verdict", action.verdict);
    member("line", action.line);
}

void describe(auto& member, Of<readiness::SealRead> auto& action) {
    member("number", action.number);
}

void describe(auto& member, Of<readiness::SealFound> auto& action) {
    member("number", action.number);
}

void describe(auto& member, Of<readiness::UnitsUsed> auto& action) {
    member("line", action.line);
    member("lot", action.lot);
    member("quantity", action.quantity, units);
    member("raw", action.raw);
}

void describe(auto& member, Of<readiness::LineLeft> auto& action) {
    member("line", action.line);
    member("quantity", action.quantity, units);
}

// The step's own members; those of its action are described beside them.
void describe(auto& member, Of<readiness::CheckStepped> auto& event) {
    member("check", event.check);
    member("step", event.step, from_one);
    member("by", event.by);
}

void describe(auto& member, Of<readiness::StepUndone> auto& event) {
    member("check", event.check);
    member("step", event.step, from_one);
    member("by", event.by);
}

void describe(auto& member, Of<readiness::CheckReviewed> auto& event) {
    member("check", event.check);
}

void describe(auto& member, Of<readiness::CheckClosed> auto& event) {
    member("check", event.check);
    member("cart", event.cart);
    member("by", event.by);
    member("working_day", event.working_day);
    member("readiness", event.readiness);
    member("in_order", event.in_order, Range{0, number_max});
    member("required", event.required, Range{0, number_max});
    member.require(event.in_order <= event.required, "in_order", "at most what is required");
    member("ready_until", event.ready_until);
    member("not_scanned", event.not_scanned);
    member("findings", event.findings);
    member.added("kind", event.kind);
    member.added("witness", event.witness);
    member.added("seal", event.seal);
    member.added("remarks", event.remarks);
}

void describe(auto& member, Of<readiness::CheckCancelled> auto& event) {
    member("check", event.check);
    member("cart", event.cart);
    member("by", event.by);
}

void describe(auto& member, Of<readiness::SealsIssued> auto& event) {
    member("station", event.station);
    member("numbers", event.numbers);
    member("by", event.by);
}

void describe(auto& member, Of<readiness::SealVoided> auto& event) {
    member("number", event.number);
    member("reason", event.reason);
    member("by", event.by);
}

void describe(auto& member, Of<readiness::SealBroken> auto& event) {
    member("cart", event.cart);
    member("number", event.number);
    member("found", event.found);
    member("how", event.how);
    member("by", event.by);
}

void describe(auto& member, Of<readiness::SealCorrected> auto& event) {
    member("cart", event.cart);
    member("number", event.number);
    member("found", event.found);
    member("by", event.by);
}

void describe(auto& member, Of<readiness::AlertKey> auto& key) {
    member("cart", key.cart);
    member("subject", key.subject);
}

void describe(auto& member, Of<readiness::AlertRaised> auto& event) {
    describe(member, event.key);
    member("episode", event.episode, from_one);
    member("need", event.need);
}

void describe(auto& member, Of<readiness::AlertChanged> auto& event) {
    describe(member, event.key);
    member("episode", event.episode, from_one);
    member("need", event.need);
    member.added("arrived", event.arrived);
}

// Whether it was resolved or withdrawn is the kind's to say.
void describe(auto& member, Of<readiness::AlertClosed> auto& event) {
    describe(member, event.key);
    member("episode", event.episode, from_one);
}

void describe(auto& member, Of<readiness::AlertAccepted> auto& event) {
    member("node", event.node);
    describe(member, event.key);
    member("episode", event.episode, from_one);
    member("by", event.by);
    member("expected_at", event.expected_at);
    member("seen_seq", event.seen_seq, sequence);
}

void describe(auto& member, Of<readiness::AlertHandedBack> auto& event) {
    member("node", event.node);
    describe(member, event.key);
    member("episode", event.episode, from_one);
    member("by", event.by);
    member.added("never_left", event.never_left);
}

void describe(auto& member, Of<readiness::AlertDispatched> auto& event) {
    member("node", event.node);
    describe(member, event.key);
    member("episode", event.episode, from_one);
    member("by", event.by);
    member("units", event.units);
    member("reason", event.reason);
    member("seen_seq", event.seen_seq, sequence);
}

void describe(auto& member, Of<readiness::AlertSilenced> auto& event) {
    member("node", event.node);
    describe(member, event.key);
    member("episode", event.episode, from_one);
    describe(member, event.silence);
    member("seen_seq", event.seen_seq, sequence);
}

void describe(auto& member, Of<readiness::AlertEscalated> auto& event) {
    member("node", event.node);
    describe(member, event.key);
    member("episode", event.episode, from_one);
    member("rule", event.rule);
}

void describe(auto& member, Of<readiness::DayJudged> auto& event) {
    member("day", event.day);
}

void describe(auto& member, Of<readiness::DayCorrected> auto& event) {
    member("day", event.day);
    member("by", event.by);
}

} // namespace cartwatch::journal::shapes

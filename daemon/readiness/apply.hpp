// What each event changes, one function an event; grouped in files by subject. Only `apply` calls
// them. An event that does not fit the state changes nothing.
#pragma once

#include "daemon/readiness/state.hpp"

namespace cartwatch::readiness {

struct Application {
    State& state;
    const Recorded& entry;

    // The part of the node whose journal the entry stands in.
    [[nodiscard]] NodeState& node() const {
        return state.nodes[entry.node];
    }
};

// The cart's list alone: no holdings, tests, last check, seal.
[[nodiscard]] Cart list_of(Cart cart);

// apply_setup.cpp
void apply_event(const Application& at, const StationDefined& event);
void apply_event(const Application& at, const ProductDefined& event);
void apply_event(const Application& at, const StaffDefined& event);
void apply_event(const Application& at, const CartDefined& event);
void apply_event(const Application& at, const StockRecorded& event);
void apply_event(const Application& at, const PolicyChanged& event);
void apply_event(const Application& at, const CodeLinked& event);
void apply_event(const Application& at, const RecallIssued& event);
void apply_event(const Application& at, const RecallWithdrawn& event);
void apply_event(const Application& at, const RecallAnswered& event);
void apply_event(const Application& at, const RecallUnitsRemoved& event);
void apply_event(const Application& at, const SubstitutionPublished& event);
void apply_event(const Application& at, const SubstitutionWithdrawn& event);

// apply_check.cpp
void apply_event(const Application& at, const CheckOpened& event);
void apply_event(const Application& at, const CheckTurned& event);
void apply_event(const Application& at, const CheckTaken& event);
void apply_event(const Application& at, const CheckStepped& event);
void apply_event(const Application& at, const StepUndone& event);
void apply_event(const Application& at, const CheckReviewed& event);
void apply_event(const Application& at, const CheckClosed& event);
void apply_event(const Application& at, const CheckCancelled& event);

// apply_seal.cpp
void apply_event(const Application& at, const SealsIssued& event);
void apply_event(const Application& at, const SealVoided& event);
void apply_event(const Application& at, const SealBroken& event);
void apply_event(const Application& at, const SealCorrected& event);

// Who did what to a seal, and when.
struct SealDeed {
    std::string by;
    Instant at;
    std::string check;
};

// The cart's intact seal is broken, put right again, or a new one is put on.
void break_seal(NodeState& node, Cart& cart, SealBreak how, const SealDeed& deed);
void mend_seal(NodeState& node, Cart& cart);
void put_on_seal(NodeState& node, const Cart& cart, const SealDeed& deed);

// apply_alert.cpp
void apply_event(const Application& at, const AlertRaised& event);
void apply_event(const Application& at, const AlertChanged& event);
void apply_event(const Application& at, const AlertClosed& event);
void apply_event(const Application& at, const AlertAccepted& event);
void apply_event(const Application& at, const AlertHandedBack& event);
void apply_event(const Application& at, const AlertDispatched& event);
void apply_event(const Application& at, const AlertSilenced& event);
void apply_event(const Application& at, const AlertEscalated& event);
void apply_event(const Application& at, const UnknownEvent& event);

// apply_calendar.cpp
void apply_event(const Application& at, const DayJudged& event);
void apply_event(const Application& at, const DayCorrected& event);

} // namespace cartwatch::readiness

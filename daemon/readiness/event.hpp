// Everything that can happen, as values. An event becomes a journal entry; nothing else changes the
// state. Text forms of the kinds and the JSON of their bodies are the journal's (daemon/journal).
#pragma once

#include "daemon/readiness/alert.hpp"
#include "daemon/readiness/check.hpp"
#include "daemon/readiness/recall.hpp"
#include "daemon/readiness/seals.hpp"
#include "daemon/readiness/substitution.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace cartwatch::readiness {

struct StationDefined { // station.defined
    Station station;
    friend bool operator==(const StationDefined&, const StationDefined&) = default;
};

struct ProductDefined { // product.defined; replaces the product of that id
    Product product;
    friend bool operator==(const ProductDefined&, const ProductDefined&) = default;
};

struct StaffDefined { // staff.defined
    Staff staff;
    friend bool operator==(const StaffDefined&, const StaffDefined&) = default;
};

// cart.defined: the cart's list. Holdings, last tests and the seal in it are ignored: those of
// lines and devices that stay are kept.
struct CartDefined {
    Cart cart;
    friend bool operator==(const CartDefined&, const CartDefined&) = default;
};

struct StockRecorded { // stock.recorded: what a line holds, without a check (opening stock)
    std::string cart;
    std::string line;
    std::vector<Holding> holdings;
    friend bool operator==(const StockRecorded&, const StockRecorded&) = default;
};

struct PolicyChanged { // policy.changed
    Policy policy;
    friend bool operator==(const PolicyChanged&, const PolicyChanged&) = default;
};

struct CodeLinked { // code.linked: this code means this product from now on
    std::string product;
    Identifier identifier;
    friend bool operator==(const CodeLinked&, const CodeLinked&) = default;
};

struct RecallIssued { // recall.issued
    Recall recall;
    std::string reason;
    friend bool operator==(const RecallIssued&, const RecallIssued&) = default;
};

struct RecallWithdrawn { // recall.withdrawn: it was wrong; its units count again
    Recall recall;
    std::string reason;
    friend bool operator==(const RecallWithdrawn&, const RecallWithdrawn&) = default;
};

// recall.answered, in a ward's journal: it knows of the pharmacy's recall, and held this then.
struct RecallAnswered {
    std::int64_t seq = 0; // the pharmacy's entry that issued it
    Recall recall;
    std::vector<HeldUnits> held;
    friend bool operator==(const RecallAnswered&, const RecallAnswered&) = default;
};

// recall.removed: recalled units left a cart, under the signature of a check.
struct RecallUnitsRemoved {
    RecallRemoval removal;
    friend bool operator==(const RecallUnitsRemoved&, const RecallUnitsRemoved&) = default;
};

// substitution.published; in place of one of the same products at the same place
struct SubstitutionPublished {
    Substitution substitution;
    friend bool operator==(const SubstitutionPublished&, const SubstitutionPublished&) = default;
};

// substitution.withdrawn: of these products at this place
struct SubstitutionWithdrawn {
    Substitution substitution; // as it was in force
    std::string reason;
    friend bool operator==(const SubstitutionWithdrawn&, const SubstitutionWithdrawn&) = default;
};

struct CheckOpened { // check.opened; a check that asks for lines breaks the seal
    std::string check;
    std::string cart;
    CheckKind kind = CheckKind::full;
    std::string by;
    std::int64_t seed = 0;               // 0: no random number was given
    std::vector<std::string> blind = {}; // lines whose number must be entered
    friend bool operator==(const CheckOpened&, const CheckOpened&) = default;
};

// check.turned: it goes on as another kind. One that turns into a check of the seal before anything
// was counted has not broken it.
struct CheckTurned {
    std::string check;
    CheckKind kind = CheckKind::full;
    std::string by;
    friend bool operator==(const CheckTurned&, const CheckTurned&) = default;
};

struct CheckTaken { // check.taken: another person goes on with it
    std::string check;
    std::string by;
    friend bool operator==(const CheckTaken&, const CheckTaken&) = default;
};

struct CheckStepped { // check.<action>, e.g. check.line_counted
    std::string check;
    int step = 0;
    std::string by;
    StepAction action;
    friend bool operator==(const CheckStepped&, const CheckStepped&) = default;
};

struct StepUndone { // check.step_undone
    std::string check;
    int step = 0;
    std::string by;
    friend bool operator==(const StepUndone&, const StepUndone&) = default;
};

// check.reviewed: it was shown what will be called missing, and what will make the cart not ready
struct CheckReviewed {
    std::string check;
    friend bool operator==(const CheckReviewed&, const CheckReviewed&) = default;
};

struct CheckClosed { // check.closed: the signature, with what was found
    std::string check;
    std::string cart;
    std::string by;
    Day working_day;
    Readiness readiness = Readiness::not_ready;
    int in_order = 0;
    int required = 0;
    std::optional<Day> ready_until;
    std::vector<std::string> not_scanned; // lines and devices without a step: called missing
    std::vector<Finding> findings;
    CheckKind kind = CheckKind::full;
    std::string witness = {};         // staff id of the second badge; empty: none was asked for
    std::string seal = {};            // number that it was closed with; ready_until is bound to it
    std::vector<Remark> remarks = {}; // how it was done
    friend bool operator==(const CheckClosed&, const CheckClosed&) = default;
};

struct CheckCancelled { // check.cancelled: nothing it counted holds; the seal stays broken
    std::string check;
    std::string cart;
    std::string by;
    friend bool operator==(const CheckCancelled&, const CheckCancelled&) = default;
};

struct SealsIssued { // seal.issued: a station has these seals in stock
    std::string station;
    std::vector<std::string> numbers;
    std::string by;
    friend bool operator==(const SealsIssued&, const SealsIssued&) = default;
};

struct SealVoided { // seal.voided: lost or damaged before it was used
    std::string number;
    std::string reason;
    std::string by;
    friend bool operator==(const SealVoided&, const SealVoided&) = default;
};

// seal.broken: the seal on record was found broken, or another in its place.
struct SealBroken {
    std::string cart;
    std::string number; // on record
    std::string found;  // on the cart; empty: none
    SealBreak how = SealBreak::unexplained;
    std::string by;
    friend bool operator==(const SealBroken&, const SealBroken&) = default;
};

struct SealCorrected { // seal.corrected: the record named a wrong number
    std::string cart;
    std::string number; // on record
    std::string found;  // what the seal on the cart bears
    std::string by;
    friend bool operator==(const SealCorrected&, const SealCorrected&) = default;
};

struct AlertRaised { // alert.raised
    AlertKey key;
    int episode = 1;
    AlertNeed need;
    friend bool operator==(const AlertRaised&, const AlertRaised&) = default;
};

// alert.changed: the need changed. An acceptance holds unless it got worse (more units, or a higher
// severity): then the alert is raised again in the same episode. Units that the ward counted since
// they were sent are on their way no longer.
struct AlertChanged {
    AlertKey key;
    int episode = 1;
    AlertNeed need;
    std::vector<DispatchedUnits> arrived = {}; // of what had been sent, as the ward knew it
    friend bool operator==(const AlertChanged&, const AlertChanged&) = default;
};

// alert.resolved (the ward saw the new units) or alert.withdrawn (the line is no longer required).
struct AlertClosed {
    AlertKey key;
    int episode = 1;
    bool resolved = true;
    friend bool operator==(const AlertClosed&, const AlertClosed&) = default;
};

struct AlertAccepted { // alert.accepted, in the pharmacy's journal
    std::string node;
    AlertKey key;
    int episode = 1;
    std::string by;
    std::optional<Instant> expected_at;
    // Alert::worse_seq as the pharmacy saw it: where the ward has made the alert worse since, the
    // acceptance speaks of another need and holds on neither side. 0: not stated, holds.
    std::int64_t seen_seq = 0;
    friend bool operator==(const AlertAccepted&, const AlertAccepted&) = default;
};

struct AlertHandedBack { // alert.handed_back, in the pharmacy's journal
    std::string node;
    AlertKey key;
    int episode = 1;
    std::string by;
    bool never_left = false; // what was sent; in old journals so where the alert is dispatched
    friend bool operator==(const AlertHandedBack&, const AlertHandedBack&) = default;
};

// alert.dispatched, in the pharmacy's journal: units are on their way. Of an alert that became
// worse since `seen_seq` the units are known, but what it asks for now is open again.
struct AlertDispatched {
    std::string node;
    AlertKey key;
    int episode = 1;
    std::string by;
    std::vector<DispatchedUnits> units;
    std::string reason; // for fewer than asked; else empty
    std::int64_t seen_seq = 0;
    friend bool operator==(const AlertDispatched&, const AlertDispatched&) = default;
};

struct AlertSilenced { // alert.silenced, in the pharmacy's journal
    std::string node;
    AlertKey key;
    int episode = 1;
    Silence silence;
    std::int64_t seen_seq = 0; // one that became worse since is not silenced
    friend bool operator==(const AlertSilenced&, const AlertSilenced&) = default;
};

struct AlertEscalated { // alert.escalated, in the pharmacy's journal or the alert's own ward's
    std::string node;
    AlertKey key;
    int episode = 1;
    Escalation rule = Escalation::not_accepted;
    friend bool operator==(const AlertEscalated&, const AlertEscalated&) = default;
};

struct DayJudged { // day.judged: the calendar went over every cart
    Day day;
    friend bool operator==(const DayJudged&, const DayJudged&) = default;
};

// day.corrected: the clock had been wrong, and somebody says which day it is. Days later than that
// were never lived: checks and tests dated there are as if they had not been.
struct DayCorrected {
    Day day;
    std::string by;
    friend bool operator==(const DayCorrected&, const DayCorrected&) = default;
};

// An entry of a kind that this version does not know: stored, passed on, changes nothing here.
struct UnknownEvent {
    std::string kind;
    friend bool operator==(const UnknownEvent&, const UnknownEvent&) = default;
};

using EventKinds = std::variant<
    StationDefined,
    ProductDefined,
    StaffDefined,
    CartDefined,
    StockRecorded,
    PolicyChanged,
    CodeLinked,
    RecallIssued,
    RecallWithdrawn,
    RecallAnswered,
    RecallUnitsRemoved,
    SubstitutionPublished,
    SubstitutionWithdrawn,
    CheckOpened,
    CheckTurned,
    CheckTaken,
    CheckStepped,
    StepUndone,
    CheckReviewed,
    CheckClosed,
    CheckCancelled,
    SealsIssued,
    SealVoided,
    SealBroken,
    SealCorrected,
    AlertRaised,
    AlertChanged,
    AlertClosed,
    AlertAccepted,
    AlertHandedBack,
    AlertDispatched,
    AlertSilenced,
    AlertEscalated,
    DayJudged,
    DayCorrected,
    UnknownEvent>;

// Copied, moved and compared in event.cpp alone: in every file that holds one, the compiler would
// otherwise write that out again for each kind.
class Event : public EventKinds {
public:
    using EventKinds::variant;
    Event();
    Event(const Event& other);
    Event(Event&& other) noexcept;
    Event& operator=(const Event& other);
    Event& operator=(Event&& other) noexcept;
    ~Event();

    friend bool operator==(const Event& left, const Event& right);
};

// An event that stands in a journal: whose, where in it, when, by whom.
struct Recorded {
    std::string node;
    std::int64_t seq = 0;
    Instant at;
    std::string actor; // staff id, or "system"
    Event event;

    friend bool operator==(const Recorded&, const Recorded&) = default;
};

} // namespace cartwatch::readiness

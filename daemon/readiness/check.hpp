// One check of one cart while it is open: the steps taken, and what they add up to. A step holds
// absolute values, so that what a check knows is the fold of its steps that were not undone.
#pragma once

#include "daemon/readiness/cart.hpp"
#include "daemon/readiness/shared_map.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cartwatch::readiness {

enum class CheckKind {
    full,      // every line and device
    sealed,    // the seal alone: unbroken, and bearing the number recorded last
    after_use, // the cart was opened for an emergency
    handover,  // the seal and the devices
    restock,   // packs are put in, outside a full check; what else lies there stays as it is
};

// What a line holds of one lot, as counted in this check; in a restock, what was put in of it.
// Replaces what the check knew of that lot.
struct LineCounted {
    std::string line;
    Holding holding;
    std::string raw;             // the scan it came from; empty where typed
    bool number_entered = false; // a person stated the number of units

    friend bool operator==(const LineCounted&, const LineCounted&) = default;
};

// Somebody said that the line is empty.
struct LineMissing {
    std::string line;

    friend bool operator==(const LineMissing&, const LineMissing&) = default;
};

// The units of this lot were taken out of the cart.
struct HoldingTakenOut {
    std::string line;
    std::string lot;
    int quantity = 0;

    friend bool operator==(const HoldingTakenOut&, const HoldingTakenOut&) = default;
};

// One test of a device. An empty `test` speaks of the whole: of a device without tests of its own,
// or of one that is not there.
struct DeviceTested {
    std::string device;
    bool passed = false;
    std::string test = {};            // FunctionTest::id
    std::optional<Amount> value = {}; // of a reading
    std::optional<Day> on = {};       // working day; nullopt: that of the signature (old journals)

    friend bool operator==(const DeviceTested&, const DeviceTested&) = default;
};

// A well-formed code that nothing has: kept for somebody who may link it.
struct CodeParked {
    std::string raw;

    friend bool operator==(const CodeParked&, const CodeParked&) = default;
};

// A scan that counted nothing (unreadable, duplicate, not on the list, wrong cart): evidence only.
struct ScanNoted {
    std::string raw;
    std::string verdict; // text form of Verdict
    std::string line;    // where one was meant

    friend bool operator==(const ScanNoted&, const ScanNoted&) = default;
};

// The number of the seal that will close the cart.
struct SealRead {
    std::string number;

    friend bool operator==(const SealRead&, const SealRead&) = default;
};

// The number of the seal that was found on the cart in place of the one on record. Until somebody
// says why, the one on record was broken without a use on record.
struct SealFound {
    std::string number;

    friend bool operator==(const SealFound&, const SealFound&) = default;
};

// How many units of a lot were used in an emergency; an empty lot: the code told none. Replaces
// what the check knew of that lot.
struct UnitsUsed {
    std::string line;
    std::string lot;
    int quantity = 0;
    std::string raw; // the scan it came from; empty where typed

    friend bool operator==(const UnitsUsed&, const UnitsUsed&) = default;
};

// How many units the line still holds after an emergency, counted by a person.
struct LineLeft {
    std::string line;
    int quantity = 0;

    friend bool operator==(const LineLeft&, const LineLeft&) = default;
};

using StepActionKinds = std::variant<
    LineCounted,
    LineMissing,
    HoldingTakenOut,
    DeviceTested,
    CodeParked,
    ScanNoted,
    SealRead,
    UnitsUsed,
    LineLeft,
    SealFound>;

// Copied, moved and compared in check.cpp alone: in every file that holds one, the compiler would
// otherwise write that out again for each kind.
class StepAction : public StepActionKinds {
public:
    using StepActionKinds::variant;
    StepAction();
    StepAction(const StepAction& other);
    StepAction(StepAction&& other) noexcept;
    StepAction& operator=(const StepAction& other);
    StepAction& operator=(StepAction&& other) noexcept;
    ~StepAction();

    friend bool operator==(const StepAction& left, const StepAction& right);
};

struct Step {
    int number = 0; // 1, 2, … within the check
    Instant at;
    std::string by; // staff id
    StepAction action;
    bool undone = false;

    friend bool operator==(const Step&, const Step&) = default;
};

// What the steps say of one line so far.
struct LineProgress {
    bool missing = false;          // said to be empty; a later count takes that back
    std::vector<Holding> holdings; // as counted, in order of first count
    std::vector<HoldingTakenOut> taken_out;
    Instant last_at;
    std::string last_by;
    std::vector<std::string> numbered; // lots whose number a person stated
    std::map<std::string, int> used;   // in an emergency: units by lot
    std::optional<int> left;           // after it, counted

    // Some step speaks of this line: counted, missing, or taken out (see is_settled).
    [[nodiscard]] bool done() const {
        return missing || !holdings.empty() || !taken_out.empty();
    }

    friend bool operator==(const LineProgress&, const LineProgress&) = default;
};

// Whether units of it were counted that nothing was scanned of.
[[nodiscard]] bool is_typed(const LineProgress& line);

// What one function test said in this check.
struct TestTaken {
    bool passed = false;
    std::optional<Amount> value;
    std::string by;             // staff id
    std::optional<Day> on = {}; // working day; nullopt: that of the signature

    friend bool operator==(const TestTaken&, const TestTaken&) = default;
};

struct CheckProgress {
    CheckKind kind = CheckKind::full;
    std::vector<std::string> blind;      // lines whose number must be entered
    SharedMap<LineProgress> lines;       // by line id; only those with a step
    std::map<std::string, bool> devices; // by device id: nothing failed so far
    std::map<std::string, std::map<std::string, TestTaken>> tests; // by device id, by test id
    std::vector<std::string> parked;                               // raw codes
    std::string seal;
    std::optional<Instant> seal_at; // when it was read
    std::string seal_found;         // in place of the one on record
    std::string last_line;          // the line that a quantity or command without a line speaks of
    std::string last_lot;

    friend bool operator==(const CheckProgress&, const CheckProgress&) = default;
};

struct Check {
    std::string id; // "<node>/<number>"
    std::string cart;
    CheckKind kind = CheckKind::full;
    Instant opened_at;
    std::string opened_by;
    std::string checker;   // who has it now
    bool reviewed = false; // what the signature will say has been shown since the last step
    std::vector<Step> steps;
    CheckProgress progress;         // progress_of(*this)
    bool broke_seal = false;        // opening it broke the seal on record
    std::int64_t seed = 0;          // the random number that the blind lines were chosen by
    std::vector<std::string> blind; // their ids

    friend bool operator==(const Check&, const Check&) = default;
};

// Something about how a check was done, for the head nurse. Neutral, and never a reason to refuse.
enum class RemarkKind {
    pace,       // value: seconds that the whole check took
    same_label, // value: how often one label was scanned
    list_order, // value: how many checks in a row kept to the order of the list
};

struct Remark {
    RemarkKind kind = RemarkKind::pace;
    int value = 0;

    friend bool operator==(const Remark&, const Remark&) = default;
};

[[nodiscard]] std::string_view to_text(CheckKind kind);
[[nodiscard]] std::string_view to_text(RemarkKind kind);

// Whether a check of this kind goes through the lines.
[[nodiscard]] constexpr bool asks_for_lines(CheckKind kind) {
    return kind == CheckKind::full;
}

// Whether packs are counted in a check of this kind: all that lie there, or those that are put in.
[[nodiscard]] constexpr bool counts_packs(CheckKind kind) {
    return kind == CheckKind::full || kind == CheckKind::restock;
}

// Whether a check of this kind opens the cart, and so breaks its seal.
[[nodiscard]] constexpr bool opens_cart(CheckKind kind) {
    return counts_packs(kind) || kind == CheckKind::after_use;
}

// Takes one more step into what the check knows; an undone step changes nothing. Cost: the size of
// the step's own line.
void add_step(CheckProgress& progress, const Step& step);

[[nodiscard]] bool is_blind(const CheckProgress& progress, std::string_view line);

// Whether nothing is left to say of the line: counted, missing, or everything on file taken out; of
// a blind line, counted with its number. What is not settled is listed for review and called
// missing at closing. A check that does not ask for lines has nothing to settle.
[[nodiscard]] bool is_settled(const Line& line, const CheckProgress& progress);

// The lines and devices of the cart that have no step yet: ids, in the cart's order.
[[nodiscard]] std::vector<std::string> not_scanned(const Cart& cart, const CheckProgress& progress);

// Whether somebody was inside the cart in this check, as far as its steps tell: something of a line
// was scanned or said, also where it was taken back.
[[nodiscard]] bool was_opened(const std::vector<Step>& steps);

// Whether the check asks for the seal on record and it was not read.
[[nodiscard]] bool seal_not_read(const Cart& cart, const CheckProgress& progress);

// Whether the seal on record gave way to another one before this check was opened, and nobody has
// said why. One that was put on as the new one was only read too early; where the one on record was
// read after all, the other was misread.
[[nodiscard]] bool
has_unanswered_break(const Cart& cart, const Check& check, const CheckProgress& progress);

// Whether a check that opened a cart has read no new seal, where one was on record or the station
// keeps seals: the cart stays open when it is signed.
[[nodiscard]] bool
seal_not_put_on(const Cart& cart, const CheckProgress& progress, bool keeps_seals);

// The fold of the steps that were not undone.
[[nodiscard]] CheckProgress progress_of(const Check& check);

// Whether a step stands that counts towards the check: a scan that was only noted and a seal that
// was only found do not.
[[nodiscard]] bool has_counted(const std::vector<Step>& steps);

// The cart as it would be if the check were closed now on this working day. After a check that asks
// for lines: counted holdings in place of those on file, lines without a step empty, untested
// devices without a test, the seal that was read. After a check of the seal: everything behind it
// proved by it. After a handover: the same where the seal was read, else the seal is not known to
// be unbroken; and the devices. After an emergency: what was used is gone (see use.hpp). After a
// restock: what was put in is there, too (see restock.hpp).
[[nodiscard]] Cart
cart_after(const Cart& cart, const Check& check, Day working_day, Instant closed_at);

} // namespace cartwatch::readiness

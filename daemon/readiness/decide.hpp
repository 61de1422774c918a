// The heart: what follows from a command. decide(state, session, command, context) answers with
// events to record, the session as it then is, and a reply for the person; it changes nothing
// itself and reads no clock. A refusal is a reply too: it says what, why and what to do.
#pragma once

#include "daemon/readiness/state.hpp"
#include "scanner/codes/scanned_code.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cartwatch::readiness {

// What a scan says; the first that applies, in this order (domain: "What a scan says").
enum class Verdict {
    unreadable,
    unclear, // read well, but as several things, or as a lot without its product
    unknown_code,
    not_on_list,
    wrong_cart,
    recalled,
    expired,
    duplicate,
    needs_expiry,
    new_lot,
    short_life,
    expires_before_next_check,
    near_expiry,
    ok,
};

[[nodiscard]] std::string_view to_text(Verdict verdict);

// One way to read the code of a pack that can be read in several.
struct PackReading {
    std::string lot;                    // empty: this reading names none
    std::optional<Day> last_usable_day; // nullopt: likewise
    std::string serial;

    friend bool operator==(const PackReading&, const PackReading&) = default;
};

// --- commands ---------------------------------------------------------------------------------

struct Scan { // anything that a scanner read: badge, cart, product, slot, device, seal, command
    codes::Reading reading;
    bool typed = false; // keyed in by hand
};

struct SelectLine {
    std::string line;
    std::string lot; // of a line with several; empty: not chosen
};                   // what the next command or number speaks of

struct SelectDevice {
    std::string device;
    std::string test = {}; // empty: the one that is asked for next
};

struct EnterQuantity {
    int quantity = 0;
    std::string line;
}; // absolute, 0 to 9999

struct MarkMissing {
    std::string line;
}; // empty line: the current one

struct MarkDamaged {
    int quantity = 1;
    std::string line;
};

struct TakeOutExpired {
    std::string line;
}; // everything expired on the line

struct EnterExpiry {
    Day last_usable_day;
    std::string lot;
    std::string line;
};

// Which of the readings that were asked about (unclear_code) stands on the pack; by what it says,
// so that an answer to an older question is never taken for one to a newer.
struct ChooseReading {
    PackReading reading;
};

struct ReportTest {
    bool passed = false;
    std::string device;    // empty: the current one
    std::string test = {}; // empty: the current one, else the one that is asked for next
};

// What a test read, in the unit that it is defined with.
struct EnterReading {
    Amount value;
    std::string device = {}; // as ReportTest
    std::string test = {};
};

// A seal was read; 1 to 64 bytes. Before a check, or before anything was counted, the one on the
// cart; else the new one.
struct EnterSeal {
    std::string number;
};

// What somebody says of a seal that is not the one on record.
enum class SealSaid { emergency, mistake, record_wrong };

struct SaySeal {
    SealSaid said = SealSaid::mistake;
};

// The check that begins next, or the open one, is of this kind: full or handover.
struct TurnCheck {
    CheckKind kind = CheckKind::full;
};

struct NextDrawer {}; // the next one that is not finished

struct Help {}; // what can be done now

// A range of seals goes into a station's stock: 1 to seals_issued_max numbers.
struct IssueSeals {
    std::string station;
    std::string first;
    std::string last;
    std::string badge; // who: a badge code; empty: the badge that was scanned at this place
};

// A seal of the stock was lost or damaged.
struct VoidSeal {
    std::string number;
    std::string reason;
    std::string badge; // as IssueSeals
};

struct Undo {};

struct CloseCheck {}; // review first; the signature is a badge scan

struct CancelCheck {};

struct LinkCode {
    std::string raw_code;
    Identifier identifier;
    std::string product;
    std::string fault{}; // which rule of its family the code breaks; empty: none
};

// The cart was opened for an emergency: what was used is scanned out. For the check that begins
// next, or the open one.
struct BeginUse {};

// Packs are put in, outside a full check. For the check that begins next, or the open one.
struct BeginRestock {};

// How many units a line still holds after an emergency: counted.
struct EnterLeft {
    int quantity = 0;
    std::string line; // empty: the current one
};

// The next number is what is left, not what was used.
struct CountLeft {};

// From the pharmacy's board.
struct AcceptAlert {
    std::string node;
    AlertKey key;
    int episode = 0;
    std::string badge; // who: a badge code
    std::optional<Instant> expected_at;
};

struct HandBackAlert {
    std::string node;
    AlertKey key;
    int episode = 0;
    std::string badge;
};

// What left the pharmacy for an open alert.
struct DispatchAlert {
    std::string node;
    AlertKey key;
    int episode = 0;
    std::string badge;
    std::vector<DispatchedUnits> units; // at least one for a line
    std::string reason;                 // required for fewer than asked
};

// Nobody is reminded of the alert until the end, at most silence_max from now.
struct SilenceAlert {
    std::string node;
    AlertKey key;
    int episode = 0;
    std::string badge;
    std::string reason;
    Instant until;
};

struct IssueRecall {
    Recall recall;
    std::string reason;
    std::string badge;
};

// The recall was wrong. With the badge of a role that may issue one.
struct WithdrawRecall {
    Recall recall;
    std::string reason; // 1 to 512 bytes
    std::string badge;
};

// Until a day, this product may lie where that one belongs. With a badge as IssueRecall.
struct PublishSubstitution {
    Substitution substitution;
    std::string badge;
};

// It may not any more, from now on.
struct WithdrawSubstitution {
    Substitution substitution; // `until` and `warning` do not count
    std::string reason;        // 1 to 512 bytes
    std::string badge;
};

// What the hospital may change is so from now on, at the pharmacy and at every ward. With a badge
// as IssueRecall.
struct SetPolicy {
    Policy before; // as the person saw it: where another is in force by now, nothing is changed
    Policy policy;
    std::string badge;
};

// From the calendar: midnight, and start-up. Judges every cart and brings the alerts up to date. To
// be run as well after a Define, and after entries of the pharmacy that bring a recall, a policy or
// a product: it may run at any time and any number of times.
struct JudgeDay {};

// From the clock: escalates what has run out. May run at any time and any number of times;
// next_run_out says when it has something to say.
struct JudgeClock {};

// The machine's clock is right, although a later day was judged already: that one had been wrong.
// Holds once the next scan of the station is the badge of somebody who answers for the place.
struct ConfirmDay {
    Day day; // as it was shown; must still be today
};

// From imports: recorded as they are, all or nothing. Tags left empty are given numbers.
struct Define {
    std::vector<Event> events; // station, product, staff, cart, stock, policy only
    std::string actor;
};

// The same by a person in the page; who may, and what it is compared with: setup.hpp.
struct ChangeSetup {
    std::vector<Event> events; // no policy
    std::vector<Event> before; // `standing` as the person saw it
    std::string badge;         // of whoever signs; empty: the first staff
};

using CommandKinds = std::variant<
    Scan,
    SelectLine,
    SelectDevice,
    EnterQuantity,
    MarkMissing,
    MarkDamaged,
    TakeOutExpired,
    EnterExpiry,
    ChooseReading,
    ReportTest,
    EnterReading,
    EnterSeal,
    SaySeal,
    TurnCheck,
    NextDrawer,
    Help,
    IssueSeals,
    VoidSeal,
    Undo,
    CloseCheck,
    CancelCheck,
    LinkCode,
    BeginUse,
    BeginRestock,
    EnterLeft,
    CountLeft,
    AcceptAlert,
    HandBackAlert,
    DispatchAlert,
    SilenceAlert,
    IssueRecall,
    WithdrawRecall,
    PublishSubstitution,
    WithdrawSubstitution,
    SetPolicy,
    JudgeDay,
    JudgeClock,
    ConfirmDay,
    Define,
    ChangeSetup>;

// Copied, moved and compared in decide.cpp alone: in every file that holds one, the compiler would
// otherwise write that out again for each kind.
class Command : public CommandKinds {
public:
    using CommandKinds::variant;
    Command();
    Command(const Command& other);
    Command(Command&& other) noexcept;
    Command& operator=(const Command& other);
    Command& operator=(Command&& other) noexcept;
    ~Command();

    friend bool operator==(const Command& left, const Command& right);
};

// --- what a command is decided with --------------------------------------------------------------

// A lot, expiry or serial number whose code came before that of its product.
struct HeldPart {
    std::string raw;
    bool sends_separators = false; // as ScannedCode has it
    Instant at;

    friend bool operator==(const HeldPart&, const HeldPart&) = default;
};

// What one station's place remembers between two commands. Not journalled: losing it loses nothing
// that was acknowledged (an open check is found again in the state).
struct Session {
    std::string station;
    std::optional<std::chrono::milliseconds> used_at; // its last command, by Context::uptime
    std::string staff;                                // badge scanned, no cart yet
    std::string cart;                                 // cart scanned, no badge yet
    std::string check;                                // the open check shown here
    std::string line;                                 // current line
    std::string line_product;                         // what it asked for when it became current
    std::string lot;                                  // current lot of it
    std::string device;                               // current device
    std::string test;                                 // current test of it
    bool slot = false;         // the current line was named by the label on its place
    bool slot_counted = false; // and then a number for what lies there
    // A refused scan is what the person sees now, not the current line nor a question about it:
    // what is keyed in or chosen without naming a line is of neither.
    bool line_unseen = false;
    // A scan or a number that waits for an expiry date (needs_expiry).
    std::string pending_raw;
    std::string pending_serial;
    std::string pending_substitute; // what its pack is, where it is not the line's own product
    std::optional<int> pending_quantity;
    int pending_damaged = 0;      // units of it that were said to be damaged
    bool pending_new_lot = false; // another lot than those on file was announced: it waits alone
    // The readings of pending_raw while the person is asked which is meant.
    std::vector<PackReading> pending_readings;
    CheckKind kind = CheckKind::full;  // what begins next
    std::string seal;                  // read before a badge, or not the one on record
    std::optional<SealSaid> seal_said; // of that seal, before a badge
    bool left = false;                 // the next number is what is left after an emergency
    std::string drawer;                // where the next line is looked for
    // Of the check that waits for a witness: who signed it, and what was signed (steps, undone ones
    // counted twice). Another checker's check, or one that went on, is signed anew.
    std::string signed_by;
    std::size_t signed_steps = 0;
    // The check whose checker has signed: it waits for the witness's badge; anything else gives
    // that up.
    std::string witness_for;
    // The check whose review was the last thing shown here: a badge signs for what it calls
    // missing. Anything else has it shown again.
    std::string review_shown;
    // Waits for the product's code, which must be the next command; anything else gives it up.
    std::optional<HeldPart> held;
    // When the code that abandons the check was read last, by Context::uptime: its next scan
    // abandons it, anything else goes on.
    std::optional<std::chrono::milliseconds> cancel_asked;
    // Digits from printed codes, not entered yet; anything else gives them up, and is told so.
    std::string digits;
    // Lots that were listed by number to choose from (which_lot); for the next command alone.
    std::vector<std::string> lots_asked;
    // A day that waits for a badge (ConfirmDay); anything but a badge gives it up.
    std::optional<Day> day_to_confirm;

    friend bool operator==(const Session&, const Session&) = default;
};

struct Context {
    Instant now;
    Day today;         // calendar day in the hospital's zone
    Day working_day;   // today, or the day before until the working day begins
    int tag_block = 0; // this node's block of tag numbers: 0 to 999, ten thousand numbers each
    // A random number for what is chosen by chance, 1 to 2^53; another one each time. 0: none is
    // given, and nothing is chosen.
    std::int64_t seed = 0;
    // Of the machine, its sleep included: how long a session rested is measured by it, for the time
    // of day may be set back.
    std::chrono::milliseconds uptime{};
    // Of `now`, by the policy's hours; nullopt: it names none.
    std::optional<Shifts> shifts = {};

    [[nodiscard]] AsOf as_of() const {
        return {today, shifts};
    }
};

// Whether nobody was at the place for longer than session_rests_after.
[[nodiscard]] bool has_rested(const Session& session, std::chrono::milliseconds uptime);

// The session as the next command finds it: one that has rested gave up what was read and led
// nowhere; its open check stays.
[[nodiscard]] Session after_rest(Session session, std::chrono::milliseconds uptime);

// --- what the person is told --------------------------------------------------------------------

enum class ReplyKind { accept, attention, reject, command };

[[nodiscard]] std::string_view to_text(ReplyKind kind);

// `message` names a text of the catalogues; `values` fill it in. Keys of values are listed beside
// each message in messages.hpp.
struct Reply {
    ReplyKind kind = ReplyKind::reject;
    std::string message;
    std::map<std::string, std::string> values;
    std::optional<Verdict> verdict; // of scans
    std::string line;               // the line or device it speaks of
    std::string device;
    std::string lot;
    std::optional<Day> last_usable_day;
    int step = 0;                      // the step recorded; 0: none
    std::vector<PackReading> readings; // with unclear_code: those to choose from
    std::vector<std::string> warnings; // of scans: what was repaired or is doubted (schema/read.md)
    // Counts what the station was told since the daemon's start, so that the same words twice are
    // two replies. Given by the ledger; 0: answered before that start.
    std::int64_t number = 0;

    friend bool operator==(const Reply&, const Reply&) = default;
};

struct Decision {
    std::vector<Event> events;
    std::string actor = "system"; // staff id
    Session session;
    Reply reply;
};

[[nodiscard]] Decision
decide(const State& state, const Session& session, const Command& command, const Context& context);

// --- control codes -----------------------------------------------------------------------------

// Printed command codes are own tags of type command with these numbers (a promise: sheets outlive
// versions); quantities are own tags of type quantity with the number itself, 0 to 50.
enum class ControlCode {
    undo = 1,
    missing = 2,
    damaged = 3,
    expired_out = 4,
    new_lot = 5,
    test_passed = 6,
    test_failed = 7,
    close = 8,
    cancel = 9,
    used = 10,
    next_drawer = 11,
    help = 12,
    handover = 13,
    full_check = 14,
    restock = 15,
    count_left = 16,
    digits_point = 17,
    digits_enter = 18,
    digits_clear = 19,
    seal_emergency = 20,
    seal_mistake = 21,
    seal_record_wrong = 22,
    digits_enter_before = 23, // of a date: not usable from that day on (失效期)
    digit_0 = 100,
    digit_1 = 101,
    digit_2 = 102,
    digit_3 = 103,
    digit_4 = 104,
    digit_5 = 105,
    digit_6 = 106,
    digit_7 = 107,
    digit_8 = 108,
    digit_9 = 109,
};

} // namespace cartwatch::readiness

// What exports and history ask, one function a question, on a read-only connection of its own: any
// thread may have one, beside the daemon's. Rows come one at a time, in a stated order.
#pragma once

#include "daemon/journal/entry.hpp"
#include "daemon/readiness/state.hpp"
#include "daemon/readiness/tag_day.hpp"
#include "daemon/store/failure.hpp"
#include "daemon/store/history_rows.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace cartwatch::store {

class Connection;
class Names;

// Both days included; by the working day that a check counts for.
struct Period {
    Day from;
    Day to;
};

// From `from` on, before `to`.
struct Span {
    Instant from;
    Instant to;
};

struct CheckReport {
    ClosedCheck check;
    readiness::Name cart_name;
    readiness::Name station_name;
    std::string opened_by_name; // empty: not on file
    std::string closed_by_name;
};

struct CheckLineReport {
    CheckLine line;
    readiness::Name product_name;
    std::string strength;
};

struct FindingReport {
    std::string node;
    std::string check;
    std::string cart;
    readiness::Name cart_name;
    std::string station;
    Day working_day;
    Instant closed_at;
    FoundThen found;
    readiness::Name product_name; // of a line
    std::string strength;
    readiness::Name device_name; // of a device
};

struct AlertReport {
    AlertStep step;
    readiness::Name cart_name;
    std::string station;
    readiness::Name product_name;
    std::string strength;
    readiness::Name device_name;
    std::string by_name;
};

// A step of an alert, and where in the order of arrival the entry stands that made it.
struct ArrivedStep {
    std::int64_t position = 0; // from 1
    AlertReport alert;
};

// One holding; a line that holds nothing is one row without a holding.
struct StockReport {
    std::string node;
    std::string cart;
    readiness::Name cart_name;
    std::string station;
    readiness::Line line; // its holdings are left empty
    readiness::Name product_name;
    std::string strength;
    std::string unit;
    bool controlled = false;
    std::optional<readiness::Holding> holding; // without serials
};

// What emergencies used of a product on one line.
struct UsedReport {
    std::string node;
    std::string cart;
    std::string line;
    std::string product;
    int units = 0;
};

struct ReadinessReport {
    std::string node;
    std::string cart;
    readiness::Name cart_name;
    std::string station;
    readiness::Name station_name;
    std::string check;
    Day working_day;
    Instant closed_at;
    readiness::Readiness readiness = readiness::Readiness::not_ready;
    int in_order = 0;
    int required = 0;
    std::optional<Day> ready_until;
};

// How a cart stood from an instant on.
struct StandingReport {
    std::string node;
    std::string cart;
    Instant since;
    readiness::CartStanding standing;
};

// A check that was signed, as far as due dates need it.
struct CheckDay {
    std::string node;
    std::string cart;
    Day working_day;
};

// A full check or a check of the seal, whether it counts or not.
struct CheckMadeReport {
    std::string node;
    std::string cart;
    readiness::CheckKind kind = readiness::CheckKind::full;
    Day working_day;
    Instant closed_at;
    bool voided = false;
};

// A policy, and when its node came to have it.
struct PolicyReport {
    std::string node;
    Instant at;
    readiness::Policy policy;
};

// How the lines of a cart's full checks are known.
struct OverrideReport {
    std::string node;
    std::string cart;
    int lines = 0;
    int typed = 0;
    int skipped = 0;
};

// What one person signed on one working day.
struct StaffReport {
    std::string node;
    std::string person; // staff id
    std::string name;   // empty: not on file
    Day working_day;
    int full = 0; // checks signed, by kind
    int sealed = 0;
    int handover = 0;
    int after_use = 0;
    int restock = 0;
    int witnessed = 0;            // signed as the second
    int lines = 0;                // of the full checks
    int typed = 0;                // of these lines
    int skipped = 0;              // likewise
    int undone = 0;               // steps taken back in these checks
    std::int64_t duration_ms = 0; // from opening to signature, summed over the checks signed
    int accepted = 0;             // alerts; `staff_activity` leaves these three to `answers`
    int handed_back = 0;
    int dispatched = 0;
};

// What a person did for an alert: accepted, handed back or dispatched.
struct AnswerReport {
    std::string node; // whose entry did it
    std::string person;
    std::string name; // empty: not on file
    AlertStepKind step = AlertStepKind::accepted;
    Instant at;
};

struct SealReport {
    std::string node;
    readiness::SealLine line;
};

// The full check that last counted what a later one proved by its seal.
struct CountedBefore {
    std::string check;
    Day working_day;
};

// A cart with the seal on it, for the tag that hangs there.
struct CartTagReport {
    std::string id;
    std::string tag;
    readiness::Name name;
    std::optional<readiness::Seal> seal; // the last one, broken or not
    std::optional<Day> stands_until;     // last day on which it is ready, as it stands now
    std::string checked_by;              // name, or id where nobody knows it; empty: no check yet
    std::optional<Day> checked_on;
    std::vector<readiness::TagAlert> alerts; // all of the cart's, over or not
};

// What can bear a label of ours.
enum class Labelled { carts, lines, devices, staff };

// One thing that is in use, with what people know it by.
struct LabelReport {
    std::string id;
    std::string cart;           // of lines and devices
    std::string tag;            // ours; a badge may be the hospital's own code
    readiness::Name name;       // of the cart, the line's product, the device or the person
    std::string detail;         // strength of a product, asset code of a device; else empty
    readiness::Name place_name; // of a cart its station, of lines and devices their cart
    std::string position;       // of lines and devices
};

// How many rows a question will answer at most, for progress.
enum class Question {
    checks,
    findings,
    alerts,
    stock,
    readiness,
    seals,
    staff,
    expiry,
    rotation,
    dues,
};

class Reader {
public:
    // Throws StoreFailure where the file is missing, not ours or of another version. What a Reader
    // sees is the database at its first question; long-lived ones keep the log from shrinking.
    explicit Reader(const std::filesystem::path& path);
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader();

    template <typename Report>
    using Sink = std::function<void(const Report&)>;

    // In order of the signature.
    void checks(const Period& period, const Sink<CheckReport>& sink);

    // Those of one kind alone.
    void
    checks_of_kind(readiness::CheckKind kind, const Period& period, const Sink<CheckReport>& sink);

    // Those of one cart: as long as they take, however many others there are.
    void checks_of(
        const std::string& node,
        const std::string& cart,
        const Period& period,
        const Sink<CheckReport>& sink);

    // Every line of one check, in the cart's order then. Of one that read the cart's seal and did
    // not open it: the lines of the full check before it, as proved by the seal.
    void check_lines(
        const std::string& node, const std::string& check, const Sink<CheckLineReport>& sink);

    // The full check whose lines those of a check of the seal alone are; nullopt: they are its own.
    [[nodiscard]] std::optional<CountedBefore>
    counted_before(const std::string& node, const std::string& check);

    // In order of the signature, then as the check lists them.
    void findings(const Period& period, const Sink<FindingReport>& sink);

    // Every step in the life of every alert, in order of time.
    void alerts(const Span& span, const Sink<AlertReport>& sink);

    // Those of one cart.
    void alerts_of(
        const std::string& node,
        const std::string& cart,
        const Span& span,
        const Sink<AlertReport>& sink);

    // Every step in the life of every alert that arrived after that position, in the order of
    // arrival: nothing that a ward sends late is left out of it.
    void alerts_after(std::int64_t position, const Sink<ArrivedStep>& sink);

    // The last step of each alert that is open, in the order of arrival.
    void open_alerts(const Sink<ArrivedStep>& sink);

    // Of the entry that arrived last; 0: none has.
    [[nodiscard]] std::int64_t last_position();

    // What every cart that is not retired holds now, by station, cart and line.
    void stock(const Sink<StockReport>& sink);

    // What of it is usable until that day or less, the first to expire first, until the sink
    // answers false. With a node or a cart named, of those alone.
    void stock_expiring(
        Day last,
        const std::string& node,
        const std::string& cart,
        const std::function<bool(const StockReport&)>& sink);

    // Units scanned out or stated in checks after use that count for figures, by node, cart, line
    // and product.
    void used_units(const Period& period, const Sink<UsedReport>& sink);

    // What every node's stock is judged by: recalls and substitutes, with the pharmacy's name;
    // nothing else of a state.
    [[nodiscard]] readiness::State standards();

    // What every check found its cart to be worth, by cart, then in order of time.
    void readiness(const Period& period, const Sink<ReadinessReport>& sink);

    // How every cart stood, retired ones too, before `to`: from its last change up to `from` on, by
    // cart, then in order of time. With a node or a cart named, of those alone.
    void standings(
        const std::string& node,
        const std::string& cart,
        const Span& span,
        const Sink<StandingReport>& sink);

    // The days of the checks of this kind that count for figures, in order of the day.
    void check_days(readiness::CheckKind kind, const Period& period, const Sink<CheckDay>& sink);

    // Of each cart all that were ever signed, in the order of its journal.
    void checks_made(const Sink<CheckMadeReport>& sink);

    // Every change of a policy by any node, in order of time. Throws as `entries`.
    void policies(const Sink<PolicyReport>& sink);

    // Sums over the full checks of the days that count for figures, by cart.
    void overrides(const Period& period, const Sink<OverrideReport>& sink);

    // Checks that count for figures, by working day, node and person.
    void staff_activity(const Period& period, const Sink<StaffReport>& sink);

    // What people accepted, handed back and dispatched, in order of time.
    void answers(const Span& span, const Sink<AnswerReport>& sink);

    // Every seal that was issued or seen, by node, station and number.
    void seals(const Sink<SealReport>& sink);

    // Every cart that is not retired, by station and id.
    void cart_tags(const Sink<CartTagReport>& sink);

    // Everything of a kind that is not retired: by station, cart and place in the cart; staff by
    // id, once where two nodes know them alike.
    void labels(Labelled what, const Sink<LabelReport>& sink);

    [[nodiscard]] std::int64_t count(Question question);

    // The pharmacy's node name.
    [[nodiscard]] std::string pharmacy();

    // How many entries the journals have that are here.
    [[nodiscard]] std::int64_t count_entries();

    // Every entry of every node, in the order in which it arrived. Throws StoreFailure (corrupt)
    // where one does not read.
    void entries(const Sink<readiness::Recorded>& sink);

    // The node's own, in their order, each with its place in the order of arrival. Throws as
    // `entries`.
    void entries_of(
        const std::string& node,
        const std::function<void(std::int64_t position, const readiness::Recorded&)>& sink);

    // The node's entries from `last` back to `first`, the last first, until the sink answers false;
    // as they stand there, whether they read or not.
    void entries_back(
        const std::string& node,
        std::int64_t last,
        std::int64_t first,
        const std::function<bool(const journal::Entry&)>& sink);

    // Where the node's journal ends here; entry 0 where it has none.
    [[nodiscard]] journal::Head head(const std::string& node);

private:
    std::filesystem::path path_;
    std::unique_ptr<Connection> connection_;
    std::unique_ptr<Names> names_; // as the connection sees them
};

} // namespace cartwatch::store

// One decision in the making: what it is decided with, the events so far, and the reply. The
// deciding functions (decide_*.cpp) take turns at it; none of them sees the state change.
#pragma once

#include "daemon/readiness/decide.hpp"
#include "daemon/readiness/lookup.hpp"
#include "daemon/readiness/state.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::readiness {

using Values = std::map<std::string, std::string>;

class Turn {
public:
    Turn(const State& of, const Session& session, const Context& with);

    const State& state;
    const NodeState& node; // this node's part
    // `today` is the latest day that is known: with the clock set back, what expired stays expired.
    const Context context;
    const Day clock_day; // what the machine's clock says
    Decision decision;

    // The open check of the session and its cart; nullptr without one.
    const Check* check = nullptr;
    const Cart* cart = nullptr;

    // The day that waited for a badge before this turn; the session waits no more.
    std::optional<Day> day_to_confirm;

    // The check that waited for a witness before this turn.
    std::string witness_for;
    std::string review_shown;
    // When the command before this one asked whether the check is to be abandoned.
    std::optional<std::chrono::milliseconds> cancel_asked;

    // Nobody was here for a while (session_rests_after).
    bool rested = false;
    // The part of a pack that waited for its product before this turn; the session waits no more.
    std::optional<HeldPart> held;

    // Digits that were not entered before this turn, and the lots that were listed to choose from;
    // the session has them no more.
    std::string digits;
    std::vector<std::string> lots_asked;
    bool digits_lost = false; // somebody else's, from before the rest

    // What the check knows with the steps of this turn.
    CheckProgress progress;
    int steps = 0;

    // The rules in force, looked up once.
    Policy policy;
    std::vector<Recall> recalls;
    std::vector<Substitution> substitutions;

    // Those that speak of the open check's cart.
    [[nodiscard]] std::vector<Substitution> cart_substitutions() const {
        return substitutions_on(substitutions, cart == nullptr ? "" : cart->id);
    }

    [[nodiscard]] bool clock_back() const {
        return clock_day < context.today;
    }

    // With the clock set back it is not known which shift this is.
    [[nodiscard]] AsOf as_of() const {
        return clock_back() ? AsOf(context.today) : context.as_of();
    }

    [[nodiscard]] Session& session() {
        return decision.session;
    }

    [[nodiscard]] Reply& reply() {
        return decision.reply;
    }

    void say(ReplyKind kind, std::string_view message, Values values = {});

    // Adds an event; `actor` of the decision is set apart.
    void add(Event event);

    // Records a step of the open check. Precondition: there is one.
    void record(StepAction action);

    // Records a scan that counted nothing; without an open check nothing.
    void note(Verdict verdict, std::string_view raw, std::string_view line = "");

    // Nothing is current any more but the station.
    void forget_session();

    // What the next command without a line or device speaks of. An empty id: nothing.
    void select_line(std::string_view line, std::string_view lot = "");
    void select_device(std::string_view device, std::string_view test = "");

private:
    void forget_redefined_line();
};

// --- words for replies: values that several messages share
// ----------------------------------------

void add_name(Values& values, const Name& name, std::string_view prefix = "");

// The person's name, or the id where the node does not know them.
[[nodiscard]] std::string name_of_staff(const State& state, std::string_view id);

// A product; where the catalogue has not arrived, one that bears the id as its name.
[[nodiscard]] Product product_named(const State& state, const std::string& id);

// The product that a line asks for.
[[nodiscard]] Product product_of(const State& state, const Line& line);

// That, and what lies there in its place, on file or counted in the open check.
[[nodiscard]] std::vector<Product> products_on(const Turn& turn, const Line& line);

// name, name_en, strength, unit, position, par, total (units counted in this check; in a
// restock all that lie there then).
[[nodiscard]] Values line_values(const Turn& turn, const Line& line);

// name, name_en, position.
[[nodiscard]] Values device_values(const Device& device);

// Those of the device with test, test_en, unit, limits.
[[nodiscard]] Values test_values(const Device& device, const FunctionTest& test);

// cart, cart_name, cart_name_en.
[[nodiscard]] Values cart_values(const Cart& cart);

// names, names_en, or by another key: at most names_listed_max of them, parted by "、" and ", ".
void add_names(Values& values, const std::vector<Name>& names, std::string_view key = "names");

// Text as evidence: well-formed UTF-8 (other bytes as \xNN) of at most `limit` bytes.
[[nodiscard]] std::string kept_text(std::string_view raw, std::size_t limit);

// What the check knows of the line; nothing: an empty progress.
[[nodiscard]] LineProgress progress_of_line(const CheckProgress& progress, std::string_view line);

// "2026-11-22", or empty.
[[nodiscard]] std::string day_text(std::optional<Day> day);

[[nodiscard]] int units_of(const std::vector<Holding>& holdings);

} // namespace cartwatch::readiness

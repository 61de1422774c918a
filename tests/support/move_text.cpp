#include "tests/support/hospital.hpp"

namespace cartwatch::support {

using namespace readiness;

namespace {

std::string quoted(const std::string& text) {
    return "\"" + text + "\"";
}

// A command as a line of a report; enough to write it down as a test.
struct CommandText {
    std::string operator()(const Scan& scan) const {
        if (!scan.reading) {
            return "scans the unreadable " + quoted(scan.reading.error().raw);
        }
        std::string text = "scans " + quoted(scan.reading->raw.substr(0, 60));
        text += scan.reading->lot.empty() ? "" : " lot " + scan.reading->lot;
        text += scan.reading->expiry ? " to " + cartwatch::to_text(*scan.reading->expiry) : "";
        text += scan.reading->serial.empty() ? "" : " serial " + scan.reading->serial;
        return text + (scan.typed ? " (typed)" : "");
    }

    std::string operator()(const SelectLine& what) const {
        return "selects line " + quoted(what.line) + " lot " + quoted(what.lot);
    }

    std::string operator()(const SelectDevice& what) const {
        return "selects device " + quoted(what.device);
    }

    std::string operator()(const EnterQuantity& what) const {
        return "enters quantity " + std::to_string(what.quantity) + " for " + quoted(what.line);
    }

    std::string operator()(const MarkMissing& what) const {
        return "says missing " + quoted(what.line);
    }

    std::string operator()(const MarkDamaged& what) const {
        return "says damaged " + std::to_string(what.quantity) + " of " + quoted(what.line);
    }

    std::string operator()(const TakeOutExpired& what) const {
        return "takes out expired of " + quoted(what.line);
    }

    std::string operator()(const EnterExpiry& what) const {
        return "enters expiry " + cartwatch::to_text(what.last_usable_day) + " lot "
               + quoted(what.lot) + " for " + quoted(what.line);
    }

    std::string operator()(const ReportTest& what) const {
        return std::string("reports a test ") + (what.passed ? "passed" : "failed") + " of "
               + quoted(what.device);
    }

    std::string operator()(const EnterReading& what) const {
        return "reads " + to_text(what.value) + " of " + quoted(what.device) + " test "
               + quoted(what.test);
    }

    std::string operator()(const EnterSeal& what) const {
        return "enters seal " + quoted(what.number);
    }

    std::string operator()(const SaySeal& what) const {
        return "says of the seal " + std::to_string(static_cast<int>(what.said));
    }

    std::string operator()(const TurnCheck& what) const {
        return "turns to " + std::string(readiness::to_text(what.kind));
    }

    std::string operator()(const NextDrawer&) const {
        return "asks for the next drawer";
    }

    std::string operator()(const Help&) const {
        return "asks for help";
    }

    std::string operator()(const IssueSeals& what) const {
        return "issues seals " + what.first + " to " + what.last + " to " + what.station;
    }

    std::string operator()(const VoidSeal& what) const {
        return "voids seal " + what.number;
    }

    std::string operator()(const Undo&) const {
        return "undoes";
    }

    std::string operator()(const CloseCheck&) const {
        return "closes";
    }

    std::string operator()(const CancelCheck&) const {
        return "cancels";
    }

    std::string operator()(const LinkCode& what) const {
        return "links " + quoted(what.identifier.value) + " to " + what.product;
    }

    std::string operator()(const AcceptAlert& what) const {
        return "accepts " + what.key.cart + " " + what.key.subject + " episode "
               + std::to_string(what.episode) + " with " + what.badge;
    }

    std::string operator()(const HandBackAlert& what) const {
        return "hands back " + what.key.cart + " " + what.key.subject + " episode "
               + std::to_string(what.episode) + " with " + what.badge;
    }

    std::string operator()(const IssueRecall& what) const {
        return "recalls " + what.recall.product + " lot " + quoted(what.recall.lot) + " with "
               + what.badge;
    }

    std::string operator()(const PublishSubstitution& what) const {
        return "says with " + what.badge + " that " + place_of(what.substitution) + " until "
               + cartwatch::to_text(what.substitution.until);
    }

    std::string operator()(const WithdrawSubstitution& what) const {
        return "says with " + what.badge + " no more that " + place_of(what.substitution);
    }

    std::string operator()(const SetPolicy& what) const {
        return "sets a policy of " + std::to_string(what.policy.check_interval_days)
               + " days between checks with " + what.badge;
    }

    static std::string place_of(const Substitution& what) {
        return what.substitute + " may lie for " + what.product + " on " + quoted(what.cart)
               + " line " + quoted(what.line);
    }

    std::string operator()(const JudgeDay&) const {
        return "judges the day";
    }

    std::string operator()(const ConfirmDay& what) const {
        return "confirms the day " + cartwatch::to_text(what.day);
    }

    std::string operator()(const Define& what) const {
        return "defines " + std::to_string(what.events.size()) + " things, the first of kind "
               + (what.events.empty() ? "none" : std::to_string(what.events.front().index()));
    }

    // A command that this list does not know yet.
    template <typename Other>
    std::string operator()(const Other&) const {
        return "gives another command";
    }
};

} // namespace

std::string to_text(const Move& move) {
    switch (move.mover) {
    case Mover::station_a:
        return "station a " + std::visit(CommandText{}, move.command);
    case Mover::station_b:
        return "station b " + std::visit(CommandText{}, move.command);
    case Mover::board:
        return "the pharmacy " + std::visit(CommandText{}, move.command);
    case Mover::link:
        return "the link carries " + std::to_string(move.amount) + " entries each way";
    case Mover::calendar:
        return "the calendar goes on by " + std::to_string(move.amount) + " days";
    case Mover::clock:
        break;
    }
    return "the clock is set by " + std::to_string(move.amount) + " seconds";
}

} // namespace cartwatch::support

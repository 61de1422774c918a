#include "daemon/readiness/controls.hpp"

#include <algorithm>
#include <iterator>

namespace cartwatch::readiness {

namespace {

constexpr ControlCode codes_by_number[] = {
    ControlCode::undo,
    ControlCode::missing,
    ControlCode::damaged,
    ControlCode::expired_out,
    ControlCode::new_lot,
    ControlCode::test_passed,
    ControlCode::test_failed,
    ControlCode::close,
    ControlCode::cancel,
    ControlCode::used,
    ControlCode::next_drawer,
    ControlCode::help,
    ControlCode::handover,
    ControlCode::full_check,
    ControlCode::restock,
    ControlCode::count_left,
    ControlCode::seal_emergency,
    ControlCode::seal_mistake,
    ControlCode::seal_record_wrong,
};

} // namespace

std::span<const ControlCode> control_codes() {
    return codes_by_number;
}

std::optional<ControlCode> control_code(int number) {
    const auto* found = std::find(
        std::begin(codes_by_number), std::end(codes_by_number), static_cast<ControlCode>(number));
    return found == std::end(codes_by_number) ? std::nullopt : std::optional(*found);
}

std::string_view to_text(ControlCode code) {
    switch (code) {
    case ControlCode::undo:
        return "undo";
    case ControlCode::missing:
        return "missing";
    case ControlCode::damaged:
        return "damaged";
    case ControlCode::expired_out:
        return "expired_out";
    case ControlCode::new_lot:
        return "new_lot";
    case ControlCode::test_passed:
        return "test_passed";
    case ControlCode::test_failed:
        return "test_failed";
    case ControlCode::close:
        return "close";
    case ControlCode::cancel:
        return "cancel";
    case ControlCode::used:
        return "used";
    case ControlCode::count_left:
        return "count_left";
    case ControlCode::restock:
        return "restock";
    case ControlCode::next_drawer:
        return "next_drawer";
    case ControlCode::help:
        return "help";
    case ControlCode::handover:
        return "handover";
    case ControlCode::full_check:
        return "full_check";
    case ControlCode::seal_emergency:
        return "seal_emergency";
    case ControlCode::seal_mistake:
        return "seal_mistake";
    case ControlCode::seal_record_wrong:
        break;
    }
    return "seal_record_wrong";
}

bool is_command_now(const Turn& turn, ControlCode code) {
    const bool of_seal = code == ControlCode::seal_emergency || code == ControlCode::seal_mistake
                         || code == ControlCode::seal_record_wrong;
    if (of_seal) {
        return awaits_word_on_seal(turn);
    }
    return code != ControlCode::next_drawer || turn.check != nullptr;
}

} // namespace cartwatch::readiness

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
    ControlCode::digits_point,
    ControlCode::digits_enter,
    ControlCode::digits_clear,
    ControlCode::seal_emergency,
    ControlCode::seal_mistake,
    ControlCode::seal_record_wrong,
    ControlCode::digits_enter_before,
    ControlCode::digit_0,
    ControlCode::digit_1,
    ControlCode::digit_2,
    ControlCode::digit_3,
    ControlCode::digit_4,
    ControlCode::digit_5,
    ControlCode::digit_6,
    ControlCode::digit_7,
    ControlCode::digit_8,
    ControlCode::digit_9,
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
    case ControlCode::digits_point:
        return "digits_point";
    case ControlCode::digits_enter:
        return "digits_enter";
    case ControlCode::digits_clear:
        return "digits_clear";
    case ControlCode::digits_enter_before:
        return "digits_enter_before";
    case ControlCode::digit_0:
        return "digit_0";
    case ControlCode::digit_1:
        return "digit_1";
    case ControlCode::digit_2:
        return "digit_2";
    case ControlCode::digit_3:
        return "digit_3";
    case ControlCode::digit_4:
        return "digit_4";
    case ControlCode::digit_5:
        return "digit_5";
    case ControlCode::digit_6:
        return "digit_6";
    case ControlCode::digit_7:
        return "digit_7";
    case ControlCode::digit_8:
        return "digit_8";
    case ControlCode::digit_9:
        return "digit_9";
    case ControlCode::seal_record_wrong:
        break;
    }
    return "seal_record_wrong";
}

std::optional<int> digit_of(ControlCode code) {
    const int digit = static_cast<int>(code) - static_cast<int>(ControlCode::digit_0);
    return digit >= 0 && digit <= 9 ? std::optional(digit) : std::nullopt;
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

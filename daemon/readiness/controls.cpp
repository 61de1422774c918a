#include "daemon/readiness/controls.hpp"

#include "scanner/values/ensure.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::readiness {

namespace {

struct NamedCode {
    ControlCode code;
    std::string_view name;
};

// By number.
constexpr std::array named_codes{
    NamedCode{ControlCode::undo, "undo"},
    NamedCode{ControlCode::missing, "missing"},
    NamedCode{ControlCode::damaged, "damaged"},
    NamedCode{ControlCode::expired_out, "expired_out"},
    NamedCode{ControlCode::new_lot, "new_lot"},
    NamedCode{ControlCode::test_passed, "test_passed"},
    NamedCode{ControlCode::test_failed, "test_failed"},
    NamedCode{ControlCode::close, "close"},
    NamedCode{ControlCode::cancel, "cancel"},
    NamedCode{ControlCode::used, "used"},
    NamedCode{ControlCode::next_drawer, "next_drawer"},
    NamedCode{ControlCode::help, "help"},
    NamedCode{ControlCode::handover, "handover"},
    NamedCode{ControlCode::full_check, "full_check"},
    NamedCode{ControlCode::restock, "restock"},
    NamedCode{ControlCode::count_left, "count_left"},
    NamedCode{ControlCode::digits_point, "digits_point"},
    NamedCode{ControlCode::digits_enter, "digits_enter"},
    NamedCode{ControlCode::digits_clear, "digits_clear"},
    NamedCode{ControlCode::seal_emergency, "seal_emergency"},
    NamedCode{ControlCode::seal_mistake, "seal_mistake"},
    NamedCode{ControlCode::seal_record_wrong, "seal_record_wrong"},
    NamedCode{ControlCode::digits_enter_before, "digits_enter_before"},
    NamedCode{ControlCode::digit_0, "digit_0"},
    NamedCode{ControlCode::digit_1, "digit_1"},
    NamedCode{ControlCode::digit_2, "digit_2"},
    NamedCode{ControlCode::digit_3, "digit_3"},
    NamedCode{ControlCode::digit_4, "digit_4"},
    NamedCode{ControlCode::digit_5, "digit_5"},
    NamedCode{ControlCode::digit_6, "digit_6"},
    NamedCode{ControlCode::digit_7, "digit_7"},
    NamedCode{ControlCode::digit_8, "digit_8"},
    NamedCode{ControlCode::digit_9, "digit_9"},
};

constexpr auto codes_by_number = [] {
    std::array<ControlCode, named_codes.size()> codes{};
    for (std::size_t i = 0; i < codes.size(); ++i) {
        codes[i] = named_codes[i].code;
    }
    return codes;
}();

} // namespace

std::span<const ControlCode> control_codes() {
    return codes_by_number;
}

std::optional<ControlCode> control_code(int number) {
    const auto* found =
        std::find(codes_by_number.begin(), codes_by_number.end(), static_cast<ControlCode>(number));
    return found == codes_by_number.end() ? std::nullopt : std::optional(*found);
}

std::string_view to_text(ControlCode code) {
    const auto* found =
        std::find_if(named_codes.begin(), named_codes.end(), [&](const NamedCode& one) {
            return one.code == code;
        });
    ensure(found != named_codes.end(), "a command code without a name");
    return found->name;
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

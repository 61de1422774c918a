#include "scanner/devices/scanner_profile.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::devices {

namespace {

constexpr std::array<std::string_view, 4> letters_names = {
    "as_printed", "inverted", "upper", "lower"};
constexpr std::array<std::string_view, 3> identifiers_names = {"none", "aim", "letter"};
constexpr std::array<std::string_view, 4> layout_names = {"us", "uk", "de", "fr"};

template <typename Value, std::size_t count>
std::optional<Value>
value_named(const std::array<std::string_view, count>& names, std::string_view text) {
    const auto* const found = std::find(names.begin(), names.end(), text);
    return found == names.end() ? std::nullopt
                                : std::optional(static_cast<Value>(found - names.begin()));
}

char with_case_turned(char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter ? static_cast<char>(c ^ 0x20) : c;
}

} // namespace

std::string_view to_text(Letters letters) {
    return letters_names.at(static_cast<std::size_t>(letters));
}

std::string_view to_text(Identifiers identifiers) {
    return identifiers_names.at(static_cast<std::size_t>(identifiers));
}

std::string_view to_text(Layout layout) {
    return layout_names.at(static_cast<std::size_t>(layout));
}

std::optional<Letters> parse_letters(std::string_view text) {
    return value_named<Letters>(letters_names, text);
}

std::optional<Identifiers> parse_identifiers(std::string_view text) {
    return value_named<Identifiers>(identifiers_names, text);
}

std::string without_habits(const ScannerProfile& profile, std::string_view scan) {
    if (!profile.prefix.empty() && scan.starts_with(profile.prefix)) {
        scan.remove_prefix(profile.prefix.size());
    }
    if (!profile.suffix.empty() && scan.ends_with(profile.suffix)) {
        scan.remove_suffix(profile.suffix.size());
    }
    std::string text(scan);
    if (profile.letters == Letters::inverted) {
        std::transform(text.begin(), text.end(), text.begin(), with_case_turned);
    }
    return text;
}

bool may_be_data(std::string_view separator) {
    constexpr std::string_view data =
        "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    return separator.find_first_not_of(data) == std::string_view::npos;
}

codes::ScannerSettings reader_settings(const ScannerProfile& profile) {
    codes::ScannerSettings settings;
    settings.sends_separators = !profile.separator.empty() && !may_be_data(profile.separator);
    settings.ends_scans = profile.line_end;
    if (settings.sends_separators && profile.separator != "\x1d") {
        settings.gs_substitutes.push_back(profile.separator);
    }
    if (profile.identifiers == Identifiers::letter) {
        settings.code_id = codes::ScannerSettings::CodeId::symbol;
    }
    return settings;
}

} // namespace cartwatch::devices

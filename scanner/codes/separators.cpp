#include "scanner/codes/separators.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace cartwatch::codes {

namespace {

constexpr char group_separator = '\x1d';

// Texts seen in place of GS, longest first where one begins another. None can be data: each holds
// a character outside of CSET 82, which is what data consist of.
constexpr std::array gs_texts = std::to_array<std::string_view>({
    "\\u001d",
    "\\u001D",
    "\\x1d",
    "\\x1D",
    "{GS}",
    "[GS]",
    "{FNC1}",
    "[FNC1]",
    "^FNC1",
    "^]",
    "\xE2\x90\x9D", // U+241D, the picture of GS
    "\xE2\x86\x94", // U+2194, what Alt+29 gives in an OEM code page
    "\xEF\x9C\x8B", // U+F70B, the key F8
    "|",
    "#",
    "@",
    "~",
    "$",
    "]",
    "^",
    "[",
    "{",
    "}",
    "\\",
    "`",
    " ",
});

// Names of GS and keys for it, spelled in data characters. No lot or serial number is called so.
constexpr std::array spelled_gs_texts = std::to_array<std::string_view>(
    {"<GS>", "<FNC1>", "Alt0029", "Alt029", "Alt+029", "aLT029", "<F8>"});

// The replaced text, or nullopt where the substitute does not occur.
std::optional<std::string> replaced(std::string_view text, std::string_view substitute) {
    std::size_t at = substitute.empty() ? std::string_view::npos : text.find(substitute);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    std::string result;
    for (; at != std::string_view::npos; at = text.find(substitute)) {
        result += text.substr(0, at);
        result += group_separator;
        text.remove_prefix(at + substitute.size());
    }
    result += text;
    return result;
}

// The first of the texts that stands at the front; empty where none does.
std::string_view front_of(std::string_view text, std::span<const std::string_view> texts) {
    const auto found = std::find_if(texts.begin(), texts.end(), [&](std::string_view candidate) {
        return text.starts_with(candidate);
    });
    return found == texts.end() ? std::string_view() : *found;
}

} // namespace

std::optional<Restored>
with_spelled_separators(std::string_view text, const ScannerSettings& settings) {
    for (const std::string& substitute : settings.gs_substitutes) {
        if (auto restored = replaced(text, substitute)) {
            return Restored{std::move(*restored), substitute};
        }
    }
    if (!settings.automatic_separators) {
        return std::nullopt;
    }
    // Each of the names holds one of these; nearly no scan does.
    const bool may_be_spelled = text.find('<') != std::string_view::npos
                                || text.find("lt") != std::string_view::npos
                                || text.find("LT") != std::string_view::npos;
    if (!may_be_spelled) {
        return std::nullopt;
    }
    for (const std::string_view name : spelled_gs_texts) {
        if (auto restored = replaced(text, name)) {
            return Restored{std::move(*restored), std::string(name)};
        }
    }
    return std::nullopt;
}

std::optional<Restored> with_separators(std::string_view text, const ScannerSettings& settings) {
    if (!settings.automatic_separators) {
        return std::nullopt;
    }
    for (const std::string_view substitute : gs_texts) {
        if (auto restored = replaced(text, substitute)) {
            return Restored{std::move(*restored), std::string(substitute)};
        }
    }
    return std::nullopt;
}

std::string_view separator_text_at(std::string_view text) {
    const std::string_view found = front_of(text, gs_texts);
    return found.empty() ? front_of(text, spelled_gs_texts) : found;
}

std::string_view
without_leading_separators(std::string_view text, const ScannerSettings& settings) {
    while (!text.empty()) {
        const bool is_separator = text.front() == group_separator;
        const std::size_t length = is_separator                    ? 1
                                   : settings.automatic_separators ? separator_text_at(text).size()
                                                                   : 0;
        if (length == 0) {
            break;
        }
        text.remove_prefix(length);
    }
    return text;
}

} // namespace cartwatch::codes

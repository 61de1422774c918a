#include "scanner/codes/host_layout.hpp"

#include <algorithm>
#include <span>

namespace cartwatch::codes {

namespace {

struct Exchange {
    std::string_view typed; // what the machine made of the key; UTF-8
    std::string_view meant; // what the key is on the American layout; empty: no key gives it
};

// Only what differs; every other character of ASCII stands for itself.
constexpr std::array uk_exchanges = std::to_array<Exchange>(
    {{"\"", "@"},
     {"@", "\""},
     {"£", "#"},
     {"¬", "~"},
     {"#", "\\"},
     {"~", "|"},
     {"\\", ""},
     {"|", ""}});

constexpr std::array de_exchanges = std::to_array<Exchange>({
    {"z", "y"}, {"y", "z"},  {"Z", "Y"},  {"Y", "Z"}, {"ß", "-"}, {"´", "="}, {"?", "_"},
    {"`", "+"}, {"ü", "["},  {"Ü", "{"},  {"+", "]"}, {"*", "}"}, {"ö", ";"}, {"Ö", ":"},
    {"ä", "'"}, {"Ä", "\""}, {"#", "\\"}, {"'", "|"}, {"^", "`"}, {"°", "~"}, {"\"", "@"},
    {"§", "#"}, {"&", "^"},  {"/", "&"},  {"(", "*"}, {")", "("}, {"=", ")"}, {"-", "/"},
    {";", "<"}, {":", ">"},  {"_", "?"},  {"@", ""},  {"[", ""},  {"]", ""},  {"{", ""},
    {"}", ""},  {"\\", ""},  {"|", ""},   {"~", ""},  {"<", ""},  {">", ""},
});

constexpr std::array fr_exchanges = std::to_array<Exchange>({
    {"&", "1"}, {"é", "2"}, {"\"", "3"}, {"'", "4"},  {"(", "5"}, {"-", "6"}, {"è", "7"},
    {"_", "8"}, {"ç", "9"}, {"à", "0"},  {")", "-"},  {"1", "!"}, {"2", "@"}, {"3", "#"},
    {"4", "$"}, {"5", "%"}, {"6", "^"},  {"7", "&"},  {"8", "*"}, {"9", "("}, {"0", ")"},
    {"°", "_"}, {"a", "q"}, {"q", "a"},  {"A", "Q"},  {"Q", "A"}, {"z", "w"}, {"w", "z"},
    {"Z", "W"}, {"W", "Z"}, {"^", "["},  {"$", "]"},  {"¨", "{"}, {"£", "}"}, {"m", ";"},
    {"M", ":"}, {"ù", "'"}, {"%", "\""}, {"*", "\\"}, {"µ", "|"}, {"²", "`"}, {",", "m"},
    {"?", "M"}, {";", ","}, {".", "<"},  {":", "."},  {"/", ">"}, {"!", "/"}, {"§", "?"},
    {"@", ""},  {"#", ""},  {"[", ""},   {"]", ""},   {"{", ""},  {"}", ""},  {"\\", ""},
    {"|", ""},  {"~", ""},  {"<", ""},   {">", ""},   {"`", ""},
});

// A letter that a dead key in front of it put its accent on.
struct Accented {
    std::string_view typed;
    std::string_view accent;
    std::string_view letter;
};

constexpr std::array accented = std::to_array<Accented>({
    {"á", "´", "a"}, {"é", "´", "e"}, {"í", "´", "i"}, {"ó", "´", "o"}, {"ú", "´", "u"},
    {"ý", "´", "y"}, {"Á", "´", "A"}, {"É", "´", "E"}, {"Í", "´", "I"}, {"Ó", "´", "O"},
    {"Ú", "´", "U"}, {"Ý", "´", "Y"}, {"à", "`", "a"}, {"è", "`", "e"}, {"ì", "`", "i"},
    {"ò", "`", "o"}, {"ù", "`", "u"}, {"À", "`", "A"}, {"È", "`", "E"}, {"Ì", "`", "I"},
    {"Ò", "`", "O"}, {"Ù", "`", "U"}, {"â", "^", "a"}, {"ê", "^", "e"}, {"î", "^", "i"},
    {"ô", "^", "o"}, {"û", "^", "u"}, {"Â", "^", "A"}, {"Ê", "^", "E"}, {"Î", "^", "I"},
    {"Ô", "^", "O"}, {"Û", "^", "U"}, {"ä", "¨", "a"}, {"ë", "¨", "e"}, {"ï", "¨", "i"},
    {"ö", "¨", "o"}, {"ü", "¨", "u"}, {"ÿ", "¨", "y"}, {"Ä", "¨", "A"}, {"Ë", "¨", "E"},
    {"Ï", "¨", "I"}, {"Ö", "¨", "O"}, {"Ü", "¨", "U"},
});

std::span<const Exchange> exchanges_of(HostLayout layout) {
    switch (layout) {
    case HostLayout::uk:
        return uk_exchanges;
    case HostLayout::de:
        return de_exchanges;
    case HostLayout::fr:
        return fr_exchanges;
    }
    return {};
}

const Exchange* exchange_at(std::span<const Exchange> exchanges, std::string_view text) {
    const auto found = std::find_if(exchanges.begin(), exchanges.end(), [&](const Exchange& one) {
        return text.starts_with(one.typed);
    });
    return found == exchanges.end() ? nullptr : &*found;
}

// The character behind a key; nullopt where no key gives it. A control character is its own.
std::optional<std::string_view>
meant_by(std::span<const Exchange> exchanges, std::string_view typed) {
    if (const Exchange* exchange = exchange_at(exchanges, typed)) {
        return exchange->meant.empty() ? std::nullopt : std::optional(exchange->meant);
    }
    const bool is_ascii = static_cast<unsigned char>(typed.front()) < 0x80;
    return is_ascii ? std::optional(typed.substr(0, 1)) : std::nullopt;
}

const Accented* accented_at(std::string_view text) {
    const auto* found = std::find_if(accented.begin(), accented.end(), [&](const Accented& one) {
        return text.starts_with(one.typed);
    });
    return found == accented.end() ? nullptr : found;
}

} // namespace

std::string_view to_text(HostLayout layout) {
    constexpr std::array<std::string_view, 3> names = {"uk", "de", "fr"};
    return names.at(static_cast<std::size_t>(layout));
}

std::optional<std::string> typed_as_american(std::string_view text, HostLayout layout) {
    const std::span<const Exchange> exchanges = exchanges_of(layout);
    const std::string_view arrived = text;
    std::string result;
    while (!text.empty()) {
        const Exchange* exchange = exchange_at(exchanges, text);
        const Accented* letter = exchange == nullptr ? accented_at(text) : nullptr;
        const auto first = meant_by(exchanges, letter == nullptr ? text : letter->accent);
        const auto second = letter == nullptr ? std::optional<std::string_view>("")
                                              : meant_by(exchanges, letter->letter);
        if (!first || !second) {
            return std::nullopt;
        }
        result += *first;
        result += *second;
        text.remove_prefix(
            exchange != nullptr ? exchange->typed.size()
            : letter != nullptr ? letter->typed.size()
                                : 1);
    }
    return result == arrived ? std::nullopt : std::optional(result);
}

} // namespace cartwatch::codes

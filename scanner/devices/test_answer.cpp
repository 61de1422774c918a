#include "scanner/devices/test_answer.hpp"

#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::devices {

namespace {

// GTIN of the example range 952, which is on no product; then a lot and a serial number.
constexpr std::string_view gs1_head = "010952123454321310Zy-4a";
constexpr std::string_view gs1_tail = "21Q7/m";

// The longest thing that is sent for a separator: "\u001d" has six bytes.
constexpr std::size_t separator_bytes_max = 12;

constexpr std::array<std::string_view, 3> code_names = {"digits", "letters", "gs1"};

struct Stroke {
    std::uint16_t code = 0;
    Level level = Level::plain;
};

// Keys beyond this code are of no layout here.
constexpr std::uint16_t key_code_max = 127;

// By ASCII character; nullopt where no key of the layout makes it.
using Strokes = std::array<std::optional<Stroke>, 128>;

Strokes strokes_of(Layout layout) {
    Strokes strokes;
    // Keys of the main block have lower codes than those of the keypad.
    for (std::uint16_t code = 1; code <= key_code_max; ++code) {
        for (const Level level : {Level::plain, Level::shifted, Level::third}) {
            const std::string_view character = key_character(layout, code, level);
            const auto place = character.size() == 1 ? static_cast<std::size_t>(character[0]) : 0;
            if (place > 0 && place < strokes.size() && !strokes[place]) {
                strokes[place] = Stroke{code, level};
            }
        }
    }
    return strokes;
}

// Looking for every key anew would cost a check half a second.
std::optional<Stroke> stroke_of(char character, Layout layout) {
    static const std::array<Strokes, 4> by_layout = {
        strokes_of(Layout::us),
        strokes_of(Layout::uk),
        strokes_of(Layout::de),
        strokes_of(Layout::fr)};
    const auto place = static_cast<unsigned char>(character);
    const Strokes& strokes = by_layout.at(static_cast<std::size_t>(layout));
    return place < strokes.size() ? strokes[place] : std::nullopt;
}

char with_letters(char c, Letters letters) {
    const bool small = c >= 'a' && c <= 'z';
    const bool capital = c >= 'A' && c <= 'Z';
    const bool turned = (letters == Letters::inverted && (small || capital))
                        || (letters == Letters::upper && small)
                        || (letters == Letters::lower && capital);
    return turned ? static_cast<char>(c ^ 0x20) : c;
}

std::optional<Match> match_plain(std::string_view text, std::string_view data, const Habit& habit) {
    const std::size_t at = text.find(data);
    if (at == std::string_view::npos || data.empty()) {
        return std::nullopt;
    }
    return Match{
        habit, std::string(text.substr(0, at)), std::string(text.substr(at + data.size())), ""};
}

std::optional<Match> match_gs1(std::string_view text, const Habit& habit, Layout read_as) {
    const std::string tail = sent(gs1_tail, habit, read_as);
    auto match = match_plain(text, sent(gs1_head, habit, read_as), habit);
    const std::size_t at = match ? match->back.find(tail) : std::string::npos;
    if (at > separator_bytes_max) {
        return std::nullopt;
    }
    match->separator = match->back.substr(0, at);
    match->back.erase(0, at + tail.size());
    // A separator in front of the data is the code's own mark: readers take it off.
    while (match->front.ends_with('\x1d')) {
        match->front.pop_back();
    }
    return match;
}

} // namespace

std::string_view to_text(TestCode code) {
    return code_names.at(static_cast<std::size_t>(code));
}

std::string_view test_data(TestCode code) {
    switch (code) {
    case TestCode::digits:
        return "9900000011";
    case TestCode::letters:
        return "aQzWyM/-@#;";
    case TestCode::gs1:
        return "010952123454321310Zy-4a\x1d"
               "21Q7/m";
    }
    return "";
}

std::string retyped(std::string_view ascii, Layout typed_on, Layout read_as) {
    if (typed_on == read_as) {
        return std::string(ascii);
    }
    std::string text;
    for (const char& c : ascii) {
        const auto stroke = stroke_of(c, typed_on);
        text += stroke ? key_character(read_as, stroke->code, stroke->level)
                       : std::string_view(&c, 1); // no key makes it: sent by its number
    }
    return text;
}

std::string sent(std::string_view data, const Habit& habit, Layout read_as) {
    std::string text(data);
    std::transform(text.begin(), text.end(), text.begin(), [&](char c) {
        return with_letters(c, habit.letters);
    });
    if (!habit.keypad) {
        return retyped(text, habit.layout, read_as);
    }
    std::string typed;
    for (const char& c : text) {
        typed += is_digit(c) ? std::string(1, c) : retyped({&c, 1}, habit.layout, read_as);
    }
    return typed;
}

std::optional<Match>
match_with(TestCode code, std::string_view text, const Habit& habit, Layout read_as) {
    auto match = code == TestCode::gs1
                     ? match_gs1(text, habit, read_as)
                     : match_plain(text, sent(test_data(code), habit, read_as), habit);
    const bool framed =
        match && match->front.size() <= frame_bytes_max && match->back.size() <= frame_bytes_max;
    return framed ? match : std::nullopt;
}

} // namespace cartwatch::devices

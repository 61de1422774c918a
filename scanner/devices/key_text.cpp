#include "scanner/devices/key_text.hpp"

#include <array>

#include <linux/input-event-codes.h>

namespace cartwatch::devices {

namespace {

// Alt numbers have at most five digits; a longer one is no character.
constexpr int alt_digits_max = 5;

// Ctrl with these keys is the same on every layout: scanners are set up by the key's place.
struct ControlKey {
    std::uint16_t code;
    char32_t character;
};

constexpr std::array control_keys = {
    ControlKey{KEY_LEFTBRACE, 0x1B},
    ControlKey{KEY_BACKSLASH, 0x1C},
    ControlKey{KEY_RIGHTBRACE, 0x1D},
    ControlKey{KEY_6, 0x1E},
    ControlKey{KEY_MINUS, 0x1F},
};

constexpr std::array keypad_digits = {
    KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4, KEY_KP5, KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9};

// Precondition: a Unicode scalar value.
std::string utf8_of(char32_t character) {
    std::string text;
    const auto tail = [&](int shift) {
        text += static_cast<char>(0x80 | ((character >> shift) & 0x3F));
    };
    if (character < 0x80) {
        text += static_cast<char>(character);
    } else if (character < 0x800) {
        text += static_cast<char>(0xC0 | (character >> 6));
        tail(0);
    } else if (character < 0x10000) {
        text += static_cast<char>(0xE0 | (character >> 12));
        tail(6);
        tail(0);
    } else {
        text += static_cast<char>(0xF0 | (character >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
    return text;
}

bool ends_typed_scan(char32_t character) {
    return character == '\r' || character == '\n' || character == '\t' || character == 0x03;
}

} // namespace

KeyText::KeyText(const KeyTextOptions& options)
    : options_(options), buffer_(options.pause, options.bytes_max) {}

std::optional<TypedScan> KeyText::feed(const KeyEvent& event) {
    auto ended_by_silence = buffer_.touch(event.at);
    const bool alt_was_held = is_alt_held();
    if (take_modifier(event)) {
        if (alt_was_held && !is_alt_held()) {
            auto scan = take_alt_number();
            return scan ? scan : ended_by_silence;
        }
        return ended_by_silence;
    }
    if (event.action != KeyAction::press) {
        return ended_by_silence;
    }
    // After a silence nothing is left for a terminator to end, so one of the two is always empty.
    auto scan = take_key(event.code);
    return scan ? scan : ended_by_silence;
}

bool KeyText::take_modifier(const KeyEvent& event) {
    const bool held = event.action != KeyAction::release;
    switch (event.code) {
    case KEY_LEFTSHIFT:
        left_shift_ = held;
        return true;
    case KEY_RIGHTSHIFT:
        right_shift_ = held;
        return true;
    case KEY_LEFTCTRL:
        left_control_ = held;
        return true;
    case KEY_RIGHTCTRL:
        right_control_ = held;
        return true;
    case KEY_LEFTALT:
        left_alt_ = held;
        return true;
    case KEY_RIGHTALT:
        right_alt_ = held;
        return true;
    default:
        return false;
    }
}

std::optional<TypedScan> KeyText::take_key(std::uint16_t code) {
    if (is_alt_held()) {
        take_alt_digit(code); // Alt with any other key is a command to a window: passed over
        return std::nullopt;
    }
    switch (code) {
    case KEY_ENTER:
    case KEY_KPENTER:
    case KEY_TAB:
    case KEY_LINEFEED:
        return buffer_.end();
    case KEY_F8:
        return take_character(0x1D);
    case KEY_F9:
        return take_character(0x1E);
    default:
        break;
    }
    if (left_control_ || right_control_) {
        return take_control(code);
    }
    buffer_.add(key_character(options_.layout, code, level()));
    return std::nullopt;
}

void KeyText::take_alt_digit(std::uint16_t code) {
    for (std::size_t digit = 0; digit < keypad_digits.size(); ++digit) {
        if (keypad_digits[digit] == code && ++alt_digits_ <= alt_digits_max) {
            alt_number_ = alt_number_ * 10 + static_cast<std::uint32_t>(digit);
        }
    }
}

std::optional<TypedScan> KeyText::take_alt_number() {
    const std::uint32_t number = alt_number_;
    const int digits = alt_digits_;
    alt_number_ = 0;
    alt_digits_ = 0;
    const bool surrogate = number >= 0xD800 && number <= 0xDFFF;
    if (digits == 0 || digits > alt_digits_max || number == 0 || surrogate) {
        return std::nullopt;
    }
    return take_character(static_cast<char32_t>(number));
}

std::optional<TypedScan> KeyText::take_control(std::uint16_t code) {
    const std::string_view typed = key_character(options_.layout, code, level());
    if (typed == "]") {
        return take_character(0x1D);
    }
    if (typed == "^") {
        return take_character(0x1E);
    }
    for (const ControlKey& key : control_keys) {
        if (key.code == code) {
            return take_character(key.character);
        }
    }
    const std::string_view plain = key_character(options_.layout, code, Level::plain);
    if (plain.size() == 1 && plain[0] >= 'a' && plain[0] <= 'z') {
        return take_character(static_cast<char32_t>(plain[0] - 'a' + 1));
    }
    return std::nullopt;
}

std::optional<TypedScan> KeyText::take_character(char32_t character) {
    if (ends_typed_scan(character)) {
        return buffer_.end();
    }
    buffer_.add(utf8_of(character));
    return std::nullopt;
}

bool KeyText::is_alt_held() const {
    return left_alt_ || (right_alt_ && options_.layout == Layout::us);
}

Level KeyText::level() const {
    if (right_alt_) {
        return Level::third;
    }
    return left_shift_ || right_shift_ ? Level::shifted : Level::plain;
}

std::optional<TypedScan> KeyText::finish_if_idle(Ticks now) {
    return buffer_.end_if_idle(now);
}

std::optional<Ticks> KeyText::idle_at() const {
    return buffer_.idle_at();
}

bool KeyText::events_lost() {
    const bool in_work = buffer_.idle_at().has_value();
    *this = KeyText(options_);
    return in_work;
}

} // namespace cartwatch::devices

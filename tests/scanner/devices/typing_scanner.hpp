// A scanner that types, as values: the key events that a keyboard-wedge scanner sends for a text on
// a layout. It finds its keys by asking the layout tables backwards.
#pragma once

#include "scanner/devices/key_text.hpp"

#include <optional>
#include <string_view>
#include <vector>

#include <linux/input-event-codes.h>

namespace cartwatch::test {

using devices::KeyAction;
using devices::KeyEvent;
using devices::Layout;
using devices::Level;
using devices::Ticks;

struct Stroke {
    std::uint16_t code;
    Level level;
};

inline std::optional<Stroke> stroke_for(Layout layout, std::string_view character) {
    for (std::uint16_t code = 1; code < KEY_F1; ++code) {
        for (const Level level : {Level::plain, Level::shifted, Level::third}) {
            if (devices::key_character(layout, code, level) == character) {
                return Stroke{code, level};
            }
        }
    }
    return std::nullopt;
}

class TypingScanner {
public:
    explicit TypingScanner(Layout layout, Ticks between = Ticks{2})
        : layout_(layout), between_(between) {}

    TypingScanner& press(std::uint16_t code) {
        return event(code, KeyAction::press);
    }

    TypingScanner& release(std::uint16_t code) {
        return event(code, KeyAction::release);
    }

    TypingScanner& tap(std::uint16_t code) {
        return press(code).release(code);
    }

    // One character of the layout, or a control character with Ctrl; what the layout lacks is typed
    // as Alt and its number on the keypad.
    TypingScanner& character(std::string_view text) {
        if (const auto stroke = stroke_for(layout_, text)) {
            return with(
                stroke->level == Level::shifted ? KEY_LEFTSHIFT
                : stroke->level == Level::third ? KEY_RIGHTALT
                                                : KEY_RESERVED,
                stroke->code);
        }
        return alt_number(std::to_string(static_cast<unsigned char>(text.front())));
    }

    TypingScanner& text(std::string_view ascii) {
        for (const char& c : ascii) {
            character({&c, 1});
        }
        return *this;
    }

    TypingScanner& with(std::uint16_t modifier, std::uint16_t code) {
        if (modifier == KEY_RESERVED) {
            return tap(code);
        }
        return press(modifier).tap(code).release(modifier);
    }

    TypingScanner& alt_number(std::string_view digits) {
        static constexpr std::uint16_t keypad[] = {
            KEY_KP0,
            KEY_KP1,
            KEY_KP2,
            KEY_KP3,
            KEY_KP4,
            KEY_KP5,
            KEY_KP6,
            KEY_KP7,
            KEY_KP8,
            KEY_KP9};
        press(KEY_LEFTALT);
        for (const char digit : digits) {
            tap(keypad[digit - '0']);
        }
        return release(KEY_LEFTALT);
    }

    TypingScanner& silence(Ticks length) {
        now_ += length;
        return *this;
    }

    [[nodiscard]] const std::vector<KeyEvent>& events() const {
        return events_;
    }

    [[nodiscard]] Ticks now() const {
        return now_;
    }

private:
    TypingScanner& event(std::uint16_t code, KeyAction action) {
        now_ += between_;
        events_.push_back({code, action, now_});
        return *this;
    }

    Layout layout_;
    Ticks between_;
    Ticks now_{1000};
    std::vector<KeyEvent> events_;
};

// The scans that a KeyText of this layout makes of the events.
inline std::vector<devices::TypedScan>
scans_of(const TypingScanner& scanner, const devices::KeyTextOptions& options) {
    devices::KeyText keys(options);
    std::vector<devices::TypedScan> scans;
    for (const KeyEvent& event : scanner.events()) {
        if (auto scan = keys.feed(event)) {
            scans.push_back(std::move(*scan));
        }
    }
    return scans;
}

} // namespace cartwatch::test

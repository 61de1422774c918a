// Key events of a scanner that types → scans. Pure: the layout and the times come in; Caps Lock,
// the machine's own layout and input methods play no part. Knows the forms in which scanners type
// control characters: Ctrl + a key, F8 (GS), F9 (RS), Alt + a number on the keypad.
#pragma once

#include "scanner/devices/key_layout.hpp"
#include "scanner/devices/scan_buffer.hpp"

namespace cartwatch::devices {

enum class KeyAction { release = 0, press = 1, repeat = 2 }; // the values of evdev

struct KeyEvent {
    std::uint16_t code = 0; // of linux/input-event-codes.h
    KeyAction action = KeyAction::press;
    Ticks at{};
};

struct KeyTextOptions {
    Layout layout = Layout::us;
    Ticks pause{150};             // silence that ends a scan without a terminator
    std::size_t bytes_max = 8192; // wire::scan_bytes_max
};

class KeyText {
public:
    explicit KeyText(const KeyTextOptions& options);

    // The scan that this event completes: by a terminator (Enter, keypad Enter, Tab, or a typed CR,
    // LF or ETX) or by the silence before it. Keys that type nothing are passed over; so are
    // repeats, since a scanner holds no key.
    [[nodiscard]] std::optional<TypedScan> feed(const KeyEvent& event);

    // The scan that has been silent for long enough at `now`, if any; and when that will be.
    [[nodiscard]] std::optional<TypedScan> finish_if_idle(Ticks now);
    [[nodiscard]] std::optional<Ticks> idle_at() const;

    // Events were lost: the scan in work is dropped and no key counts as held. True where a scan
    // was dropped.
    bool events_lost();

private:
    [[nodiscard]] bool take_modifier(const KeyEvent& event);
    void take_alt_digit(std::uint16_t code);
    [[nodiscard]] std::optional<TypedScan> take_key(std::uint16_t code);
    [[nodiscard]] std::optional<TypedScan> take_alt_number();
    [[nodiscard]] std::optional<TypedScan> take_control(std::uint16_t code);
    [[nodiscard]] std::optional<TypedScan> take_character(char32_t character);
    // The right Alt key is one on the American layout; elsewhere it gives the third level.
    [[nodiscard]] bool is_alt_held() const;
    [[nodiscard]] Level level() const;

    KeyTextOptions options_;
    ScanBuffer buffer_;
    // Held keys, left and right apart: a scanner may use both in one scan.
    bool left_shift_ = false;
    bool right_shift_ = false;
    bool left_control_ = false;
    bool right_control_ = false;
    bool left_alt_ = false;
    bool right_alt_ = false;
    std::uint32_t alt_number_ = 0;
    int alt_digits_ = 0;
};

} // namespace cartwatch::devices

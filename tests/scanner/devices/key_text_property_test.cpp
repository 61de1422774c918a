// Goal: whatever a scanner types, on each layout that it may be set to and in each form in which it
// types a separator, arrives as it was, whatever else the keyboard does between and during scans.
#include "scanner/devices/key_text.hpp"
#include "tests/scanner/devices/typing_scanner.hpp"
#include "tests/support/sanitizers.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <iostream>
#include <random>

namespace cartwatch::key_text_property_test {

using namespace cartwatch::devices;
using test::TypingScanner;
using std::chrono_literals::operator""ms;

namespace {

constexpr std::uint32_t seed = 20'261'122;
constexpr int scans_a_layout = test::sanitized ? 300 : 3'000;

enum class GsForm { control, right_control, f8, alt_029, alt_0029, alt_29 };
constexpr int gs_forms = 6;

class Typist {
public:
    Typist(std::uint32_t from, Layout layout) : random_(from), layout_(layout), keys_(layout) {}

    // Types one scan in a random manner and ends it; tells the text that must arrive.
    std::string scan() {
        const std::string text = any_text();
        const auto form = static_cast<GsForm>(below(gs_forms));
        disturb();
        for (const char& c : text) {
            type(c, form);
        }
        constexpr std::array<std::uint16_t, 3> terminators = {KEY_ENTER, KEY_KPENTER, KEY_TAB};
        keys_.tap(terminators.at(below(3)));
        return text;
    }

    [[nodiscard]] const TypingScanner& keys() const {
        return keys_;
    }

private:
    std::size_t below(std::size_t bound) {
        return random_() % bound;
    }

    // Printable characters and GS; a scan of one is too short to be one.
    std::string any_text() {
        std::string text;
        for (std::size_t i = 2 + below(60); i > 0; --i) {
            text += below(12) == 0 ? '\x1d' : static_cast<char>(' ' + below(95));
        }
        return text;
    }

    // What a keyboard does that is no part of a scan: lights, locks, a lone modifier, volume, a
    // language key, releases of keys that nobody pressed.
    void disturb() {
        constexpr std::array<std::uint16_t, 9> idle_keys = {
            KEY_CAPSLOCK,
            KEY_NUMLOCK,
            KEY_SCROLLLOCK,
            KEY_LEFTSHIFT,
            KEY_RIGHTCTRL,
            KEY_LEFTALT,
            KEY_VOLUMEUP,
            KEY_LANGUAGE,
            KEY_HANJA};
        if (below(2) == 0) {
            keys_.tap(idle_keys.at(below(idle_keys.size())));
        }
        if (below(4) == 0) {
            keys_.release(KEY_A);
        }
    }

    void type(const char& c, GsForm form) {
        if (below(20) == 0) {
            keys_.tap(KEY_CAPSLOCK);
        }
        if (c == '\x1d') {
            return type_separator(form);
        }
        const auto stroke = test::stroke_for(layout_, {&c, 1});
        const bool is_shifted = stroke && stroke->level == Level::shifted;
        if (is_shifted && below(2) == 0) {
            keys_.with(KEY_RIGHTSHIFT, stroke->code);
        } else {
            keys_.character({&c, 1});
        }
    }

    void type_separator(GsForm form) {
        switch (form) {
        case GsForm::control:
            keys_.with(KEY_LEFTCTRL, KEY_RIGHTBRACE);
            break;
        case GsForm::right_control:
            keys_.with(KEY_RIGHTCTRL, KEY_RIGHTBRACE);
            break;
        case GsForm::f8:
            keys_.tap(KEY_F8);
            break;
        case GsForm::alt_029:
            keys_.alt_number("029");
            break;
        case GsForm::alt_0029:
            keys_.alt_number("0029");
            break;
        case GsForm::alt_29:
            keys_.alt_number("29");
            break;
        }
    }

    std::mt19937 random_;
    Layout layout_;
    TypingScanner keys_;
};

std::vector<std::string> arrived(const TypingScanner& scanner, Layout layout) {
    KeyTextOptions options;
    options.layout = layout;
    std::vector<std::string> texts;
    for (const TypedScan& scan : test::scans_of(scanner, options)) {
        texts.push_back(scan.too_long ? "(too long)" : scan.text);
    }
    return texts;
}

} // namespace

TEST_CASE("every scan arrives as it was on every layout, in every form of its separators") {
    const auto layout = GENERATE(Layout::us, Layout::uk, Layout::de, Layout::fr);
    Typist typist(seed + static_cast<std::uint32_t>(layout), layout);
    std::vector<std::string> typed;
    for (int i = 0; i < scans_a_layout; ++i) {
        typed.push_back(typist.scan());
    }
    std::cout << "typed scans on layout " << static_cast<int>(layout) << ": " << typed.size()
              << ", key events: " << typist.keys().events().size() << ", seed " << seed << '\n';

    CHECK(arrived(typist.keys(), layout) == typed);
}

TEST_CASE("a scan typed with Alt numbers alone arrives whatever the layout") {
    const auto layout = GENERATE(Layout::us, Layout::uk, Layout::de, Layout::fr);
    const std::string text = "]d2010952123454321317261231"
                             "10Ab/_-#\x1d"
                             "21x{}\"@";
    TypingScanner scanner(layout);
    for (const char c : text) {
        scanner.alt_number("0" + std::to_string(static_cast<int>(c)));
    }
    scanner.tap(KEY_ENTER);

    CHECK(arrived(scanner, layout) == std::vector<std::string>{text});
}

TEST_CASE("either Alt key begins a number where there is no third level") {
    TypingScanner scanner(Layout::us);
    scanner.text("10A").press(KEY_RIGHTALT).tap(KEY_KP0).tap(KEY_KP2).tap(KEY_KP9);
    scanner.release(KEY_RIGHTALT).text("21B").tap(KEY_ENTER);

    CHECK(
        arrived(scanner, Layout::us)
        == std::vector<std::string>{"10A\x1d"
                                    "21B"});
}

TEST_CASE("a scanner that holds Shift over several characters is read as it typed") {
    TypingScanner scanner(Layout::us);
    scanner.press(KEY_LEFTSHIFT).tap(KEY_A).tap(KEY_B).press(KEY_RIGHTSHIFT).release(KEY_LEFTSHIFT);
    scanner.tap(KEY_C).release(KEY_RIGHTSHIFT).tap(KEY_D).tap(KEY_ENTER);

    CHECK(arrived(scanner, Layout::us) == std::vector<std::string>{"ABCd"});
}

// Rollover: the next key goes down before the last one is up, as fast scanners type.
TEST_CASE("keys that overlap are read in the order in which they went down") {
    TypingScanner scanner(Layout::us);
    scanner.press(KEY_1).press(KEY_2).release(KEY_1).press(KEY_3).release(KEY_2).release(KEY_3);
    scanner.press(KEY_LEFTSHIFT).press(KEY_A).release(KEY_LEFTSHIFT).press(KEY_B).release(KEY_A);
    scanner.release(KEY_B).tap(KEY_ENTER);

    CHECK(arrived(scanner, Layout::us) == std::vector<std::string>{"123Ab"});
}

// An input method sees nothing of a keyboard that is held; its own keys are still keys.
TEST_CASE("keys that switch an input method type nothing") {
    const auto key = GENERATE(values<std::uint16_t>(
        {KEY_LANGUAGE,
         KEY_HANGEUL,
         KEY_HANJA,
         KEY_KATAKANAHIRAGANA,
         KEY_HENKAN,
         KEY_MUHENKAN,
         KEY_ZENKAKUHANKAKU,
         KEY_COMPOSE,
         KEY_LEFTMETA}));
    TypingScanner scanner(Layout::us);
    scanner.text("10AB").tap(key).text("21nihao").tap(KEY_ENTER);

    CHECK(arrived(scanner, Layout::us) == std::vector<std::string>{"10AB21nihao"});
}

TEST_CASE("ten scans in two seconds arrive, none lost, none doubled") {
    TypingScanner scanner(Layout::us, 1ms);
    std::vector<std::string> typed;
    for (int i = 0; i < 10; ++i) {
        typed.push_back("690123456789" + std::to_string(i));
        scanner.text(typed.back()).tap(KEY_ENTER).silence(Ticks{160});
    }
    CHECK(scanner.now() <= Ticks{1000 + 2000});
    CHECK(arrived(scanner, Layout::us) == typed);
}

} // namespace cartwatch::key_text_property_test

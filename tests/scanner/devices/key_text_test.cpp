#include "scanner/devices/key_text.hpp"
#include "tests/scanner/devices/typing_scanner.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::key_text_test {

using namespace cartwatch::devices;
using test::TypingScanner;
using std::chrono_literals::operator""ms;

namespace {

std::vector<std::string> texts(const TypingScanner& scanner, Layout layout = Layout::us) {
    KeyTextOptions options;
    options.layout = layout;
    std::vector<std::string> found;
    for (const TypedScan& scan : test::scans_of(scanner, options)) {
        found.push_back(scan.too_long ? "(too long)" : scan.text);
    }
    return found;
}

using Texts = std::vector<std::string>;

std::string printable_ascii() {
    std::string all;
    for (char c = ' '; c <= '~'; ++c) {
        all += c;
    }
    return all;
}

} // namespace

TEST_CASE("every printable character comes through on every layout") {
    const auto layout = GENERATE(Layout::us, Layout::uk, Layout::de, Layout::fr);
    TypingScanner scanner(layout);
    scanner.text(printable_ascii()).tap(KEY_ENTER);
    CHECK(texts(scanner, layout) == Texts{printable_ascii()});
}

TEST_CASE("every control character comes through as an Alt number, but for those that end a scan") {
    for (int c = 1; c < 32; ++c) {
        if (c == 3 || c == 9 || c == 10 || c == 13) {
            continue;
        }
        TypingScanner scanner(Layout::us);
        scanner.text("A").alt_number(std::to_string(c)).text("B").tap(KEY_ENTER);
        CHECK(texts(scanner) == Texts{std::string("A") + static_cast<char>(c) + "B"});
    }
}

TEST_CASE("each form in which scanners type a separator is one") {
    struct Example {
        const char* name;
        void (*type)(TypingScanner&);
        char separator;
    };

    const auto example = GENERATE(values<Example>({
        {"Ctrl+]", [](TypingScanner& s) { s.with(KEY_LEFTCTRL, KEY_RIGHTBRACE); }, '\x1D'},
        {"right Ctrl+]", [](TypingScanner& s) { s.with(KEY_RIGHTCTRL, KEY_RIGHTBRACE); }, '\x1D'},
        {"F8", [](TypingScanner& s) { s.tap(KEY_F8); }, '\x1D'},
        {"Alt 029", [](TypingScanner& s) { s.alt_number("029"); }, '\x1D'},
        {"Alt 0029", [](TypingScanner& s) { s.alt_number("0029"); }, '\x1D'},
        {"Alt 29", [](TypingScanner& s) { s.alt_number("29"); }, '\x1D'},
        {"Ctrl+6", [](TypingScanner& s) { s.with(KEY_LEFTCTRL, KEY_6); }, '\x1E'},
        {"F9", [](TypingScanner& s) { s.tap(KEY_F9); }, '\x1E'},
        {"Alt 030", [](TypingScanner& s) { s.alt_number("030"); }, '\x1E'},
        {"Ctrl+D", [](TypingScanner& s) { s.with(KEY_LEFTCTRL, KEY_D); }, '\x04'},
    }));

    DYNAMIC_SECTION(example.name) {
        TypingScanner scanner(Layout::us);
        scanner.text("10ABC");
        example.type(scanner);
        scanner.text("21X").tap(KEY_ENTER);
        CHECK(texts(scanner) == Texts{std::string("10ABC") + example.separator + "21X"});
    }
}

TEST_CASE("each terminator ends a scan, and one alone is none") {
    const auto key = GENERATE(values<std::uint16_t>({KEY_ENTER, KEY_KPENTER, KEY_TAB}));
    TypingScanner scanner(Layout::us);
    scanner.tap(key).text("123").tap(key).tap(key).text("456").tap(key);
    CHECK(texts(scanner) == Texts{"123", "456"});
}

TEST_CASE("a typed CR, LF or ETX ends a scan, too") {
    TypingScanner scanner(Layout::us);
    scanner.text("1").with(KEY_LEFTCTRL, KEY_M).text("2").alt_number("010");
    scanner.text("3").with(KEY_LEFTCTRL, KEY_C);
    CHECK(texts(scanner) == Texts{"1", "2", "3"});
}

TEST_CASE("Caps Lock and its light change nothing") {
    TypingScanner scanner(Layout::us);
    scanner.tap(KEY_CAPSLOCK).text("]d2aB").tap(KEY_ENTER);
    CHECK(texts(scanner) == Texts{"]d2aB"});
}

TEST_CASE("a layout's own characters are theirs") {
    struct Example {
        Layout layout;
        std::uint16_t modifier;
        std::uint16_t key;
        const char* character;
    };

    const auto example = GENERATE(values<Example>({
        {Layout::us, KEY_LEFTSHIFT, KEY_2, "@"},
        {Layout::uk, KEY_LEFTSHIFT, KEY_2, "\""},
        {Layout::uk, KEY_LEFTSHIFT, KEY_APOSTROPHE, "@"},
        {Layout::uk, KEY_RESERVED, KEY_BACKSLASH, "#"},
        {Layout::de, KEY_RESERVED, KEY_Y, "z"},
        {Layout::de, KEY_RIGHTALT, KEY_9, "]"},
        {Layout::de, KEY_RESERVED, KEY_SLASH, "-"},
        {Layout::fr, KEY_RESERVED, KEY_1, "&"},
        {Layout::fr, KEY_RIGHTSHIFT, KEY_1, "1"},
        {Layout::fr, KEY_RESERVED, KEY_Q, "a"},
        {Layout::fr, KEY_RESERVED, KEY_2, "é"},
        {Layout::fr, KEY_RESERVED, KEY_KP7, "7"},
    }));

    TypingScanner scanner(example.layout);
    scanner.with(example.modifier, example.key).tap(KEY_ENTER);
    CHECK(texts(scanner, example.layout) == Texts{example.character});
}

TEST_CASE("a scan without a terminator ends with the pause and not before") {
    struct Example {
        Ticks silence;
        Texts scans;
    };

    // The next key comes 2 ms after the silence.
    const auto example = GENERATE(values<Example>(
        {{147ms, {"AB"}}, {148ms, {"A", "B"}}, {149ms, {"A", "B"}}, {3600000ms, {"A", "B"}}}));
    TypingScanner scanner(Layout::us);
    scanner.text("A").silence(example.silence).text("B").tap(KEY_ENTER);
    CHECK(texts(scanner) == example.scans);
}

TEST_CASE("the pause that ends the last scan is told in advance") {
    TypingScanner scanner(Layout::us);
    scanner.text("12");
    KeyText keys({});
    for (const KeyEvent& event : scanner.events()) {
        REQUIRE_FALSE(keys.feed(event).has_value());
    }
    REQUIRE(keys.idle_at() == scanner.now() + 150ms);
    CHECK_FALSE(keys.finish_if_idle(scanner.now() + 149ms).has_value());
    CHECK(keys.finish_if_idle(scanner.now() + 150ms) == TypedScan{"12", false, true});
    CHECK_FALSE(keys.idle_at().has_value());
    CHECK_FALSE(keys.finish_if_idle(scanner.now() + 9999ms).has_value());
}

TEST_CASE("a scan may have 8192 bytes and no more; the next one is whole again") {
    const std::size_t size = GENERATE(8191U, 8192U, 8193U, 100000U);
    TypingScanner scanner(Layout::us, Ticks{0});
    scanner.text(std::string(size, '7')).tap(KEY_ENTER).text("1").tap(KEY_ENTER);
    const auto found = texts(scanner);
    REQUIRE(found.size() == 2);
    CHECK(found[0] == (size <= 8192 ? std::string(size, '7') : "(too long)"));
    CHECK(found[1] == "1");
}

TEST_CASE("Alt numbers that are no character are passed over") {
    const auto digits = GENERATE("", "0", "55296", "123456", "99999999999999");
    TypingScanner scanner(Layout::us);
    scanner.text("A").alt_number(digits).text("B").tap(KEY_ENTER);
    CHECK(texts(scanner) == Texts{"AB"});
}

TEST_CASE("Alt numbers beyond ASCII are Unicode characters") {
    TypingScanner scanner(Layout::us);
    scanner.alt_number("0233").alt_number("8364").tap(KEY_ENTER);
    CHECK(texts(scanner) == Texts{"é€"});
}

TEST_CASE("repeats of a held key and releases without a press type nothing") {
    KeyText keys({});
    CHECK_FALSE(keys.feed({KEY_A, KeyAction::release, 1ms}).has_value());
    CHECK_FALSE(keys.feed({KEY_A, KeyAction::press, 2ms}).has_value());
    CHECK_FALSE(keys.feed({KEY_A, KeyAction::repeat, 3ms}).has_value());
    CHECK(keys.feed({KEY_ENTER, KeyAction::press, 4ms}) == TypedScan{"a", false});
}

TEST_CASE("lost events drop the scan in work and let all keys go") {
    KeyText keys({});
    CHECK_FALSE(keys.events_lost());
    CHECK_FALSE(keys.feed({KEY_LEFTSHIFT, KeyAction::press, 1ms}).has_value());
    CHECK_FALSE(keys.feed({KEY_A, KeyAction::press, 2ms}).has_value());
    CHECK(keys.events_lost());
    CHECK_FALSE(keys.feed({KEY_B, KeyAction::press, 3ms}).has_value());
    CHECK(keys.feed({KEY_ENTER, KeyAction::press, 4ms}) == TypedScan{"b", false});
}

} // namespace cartwatch::key_text_test

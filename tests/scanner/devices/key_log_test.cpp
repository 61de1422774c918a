// Goal: of 10,000 scans typed on a keyboard as real ones log it (Caps Lock and an input method on,
// gaps of 5 to 60 ms between keys, scans torn in two, LF behind or in place of CR, somebody typing
// in between) none is taken for another line of the cart, and none is lost without a word.
#include "scanner/codes/reader.hpp"
#include "scanner/devices/key_text.hpp"
#include "tests/scanner/devices/typing_scanner.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <iostream>
#include <random>

namespace cartwatch::key_log_test {

using namespace cartwatch::devices;
using test::TypingScanner;

namespace {

constexpr std::uint32_t log_seed = 20'261'122;
constexpr int logged_scans = 10'000;
constexpr Ticks scan_pause{150};

// The lines of a cart: GTINs that differ in few digits, and slot labels.
constexpr int cart_lines = 14;

std::string gtin_of(int line) {
    std::string digits = "069012345" + std::to_string(6000 + 11 * line);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        sum += (digits[i] - '0') * (i % 2 == 0 ? 3 : 1);
    }
    return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

struct Sent {
    int line = 0;
    std::string text;
    std::string lot; // empty: the code has none
    bool torn = false;
    bool joined = false; // with what somebody typed
};

struct Counts {
    int right = 0;
    int refused = 0; // told to the person: unreadable, unknown, half
    int wrong = 0;   // another line, or another lot, accepted
    int silent = 0;
    int undisturbed = 0;
    int torn = 0;
    int joined = 0;
};

class KeyLog {
public:
    Sent next(TypingScanner& keys) {
        Sent sent = any_code();
        disturb(keys, sent);
        const bool caps = chance(4);
        if (caps) {
            keys.tap(KEY_CAPSLOCK);
        }
        const std::size_t tear = chance(8) ? 1 + below(sent.text.size() - 1) : std::string::npos;
        for (std::size_t i = 0; i < sent.text.size(); ++i) {
            if (i == tear) {
                keys.silence(scan_pause + Ticks{below(400)});
                sent.torn = true;
            }
            keys.silence(Ticks{4 + below(56)});
            type(keys, sent.text[i]);
        }
        end(keys);
        if (caps) {
            keys.tap(KEY_CAPSLOCK);
        }
        keys.silence(Ticks{400});
        return sent;
    }

private:
    std::size_t below(std::size_t bound) {
        return random_() % bound;
    }

    bool chance(std::size_t one_in) {
        return below(one_in) == 0;
    }

    Sent any_code() {
        Sent sent;
        sent.line = static_cast<int>(below(cart_lines));
        const std::string gtin = gtin_of(sent.line);
        switch (below(4)) {
        case 0:
            sent.text = "]E0" + gtin.substr(1);
            break;
        case 1:
            sent.text = codes::own_tag(codes::TagType::line, sent.line);
            break;
        default:
            for (std::size_t i = 3 + below(6); i > 0; --i) {
                sent.lot += "ABCDEFGHJKLMNPRSTUVWXYZabcdefgh0123456789"[below(41)];
            }
            sent.text = "]d201" + gtin + "17271231" + "10" + sent.lot;
            sent.text += chance(2) ? "\x1d"
                                     "21S"
                                         + std::to_string(below(1'000'000))
                                   : "";
        }
        return sent;
    }

    // Keys of an input method, and a person at the keys of the scanner's own keypad.
    void disturb(TypingScanner& keys, Sent& sent) {
        constexpr std::array<std::uint16_t, 4> method = {
            KEY_LANGUAGE, KEY_ZENKAKUHANKAKU, KEY_HENKAN, KEY_LEFTSHIFT};
        if (chance(4)) {
            keys.tap(method.at(below(method.size())));
        }
        if (!chance(6)) {
            return;
        }
        for (std::size_t i = 1 + below(5); i > 0; --i) {
            type(keys, "0123456789ab"[below(12)]);
            keys.silence(Ticks{85 + below(80)});
        }
        sent.joined = chance(3); // else the person waits before the trigger is pulled
        keys.silence(sent.joined ? Ticks{0} : scan_pause);
    }

    static void type(TypingScanner& keys, const char& c) {
        c == '\x1d' ? keys.with(KEY_LEFTCTRL, KEY_RIGHTBRACE) : keys.character({&c, 1});
    }

    void end(TypingScanner& keys) {
        switch (below(4)) {
        case 0:
            keys.tap(KEY_ENTER).with(KEY_LEFTCTRL, KEY_J); // CR and LF
            break;
        case 1:
            keys.with(KEY_LEFTCTRL, KEY_J); // LF alone
            break;
        case 2:
            break; // the scanner sends no end
        default:
            keys.tap(KEY_ENTER);
        }
    }

    std::mt19937 random_{log_seed};
};

enum class Came { right, refused, wrong };

Came judge_report(const Sent& sent, const TypedScan& scan) {
    codes::ReadOptions options;
    options.as_of = Day{std::chrono::year{2026} / 11 / 22};
    const codes::Reading reading = scan.too_long
                                       ? codes::Reading(tl::unexpected(codes::ScanRefusal{}))
                                       : codes::read(scan.text, options);
    if (!reading) {
        return Came::refused;
    }
    int line = -1;
    for (int i = 0; i < cart_lines; ++i) {
        if (reading->gtin == gtin_of(i) || scan.text == codes::own_tag(codes::TagType::line, i)) {
            line = i;
        }
    }
    if (line < 0) {
        return Came::refused;
    }
    // The beginning of a code, ended by silence: that it is half a scan is told with it.
    const bool whole = !(scan.by_pause && sent.torn);
    const bool same_lot = !whole || reading->lot == sent.lot || !reading->candidates.empty();
    return line == sent.line && same_lot ? Came::right : Came::wrong;
}

// What became of one scan, of all that was told while it was typed.
void count(const Sent& sent, const std::vector<TypedScan>& reports, Counts& counts) {
    bool right = false;
    for (const TypedScan& report : reports) {
        const Came came = judge_report(sent, report);
        right = right || came == Came::right;
        if (came == Came::wrong) {
            ++counts.wrong;
            UNSCOPED_INFO("sent " << sent.text << ", came " << report.text);
        }
    }
    counts.right += right ? 1 : 0;
    counts.refused += !right && !reports.empty() ? 1 : 0;
    counts.silent += reports.empty() ? 1 : 0;
    counts.torn += sent.torn ? 1 : 0;
    counts.joined += sent.joined ? 1 : 0;
    const bool undisturbed = !sent.torn && !sent.joined;
    counts.undisturbed += undisturbed ? 1 : 0;
    if (undisturbed && !right) {
        UNSCOPED_INFO("whole, and not read: " << sent.text);
        FAIL_CHECK("a scan that nothing disturbed was not read");
    }
}

} // namespace

TEST_CASE("of 10,000 logged scans none is taken for another line, none is lost without a word") {
    KeyLog log;
    KeyTextOptions options;
    options.pause = scan_pause;
    KeyText decoder(options);
    TypingScanner keys(Layout::us, Ticks{1});
    std::size_t fed = 0;
    Counts counts;
    for (int i = 0; i < logged_scans; ++i) {
        const Sent sent = log.next(keys);
        std::vector<TypedScan> reports;
        for (; fed < keys.events().size(); ++fed) {
            if (auto scan = decoder.feed(keys.events()[fed])) {
                reports.push_back(std::move(*scan));
            }
        }
        if (auto scan = decoder.finish_if_idle(keys.now())) {
            reports.push_back(std::move(*scan));
        }
        count(sent, reports, counts);
    }
    std::cout << "key logs: " << logged_scans << " scans, " << keys.events().size()
              << " key events, seed " << log_seed << "; read " << counts.right << ", refused aloud "
              << counts.refused << ", wrong " << counts.wrong << ", lost in silence "
              << counts.silent << "; torn " << counts.torn << ", joined with typing "
              << counts.joined << ", undisturbed " << counts.undisturbed << '\n';

    CHECK(counts.wrong == 0);
    CHECK(counts.silent == 0);
    CHECK(counts.undisturbed > logged_scans / 2);
    CHECK(counts.torn > logged_scans / 20);
}

} // namespace cartwatch::key_log_test

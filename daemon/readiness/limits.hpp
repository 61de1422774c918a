// Bounds of what one command may bring or record, each with its reason. Pure rooms refuse what is
// beyond them with a message; nothing is cut off in silence but raw text kept as evidence.
#pragma once

#include <chrono>
#include <cstddef>

namespace cartwatch::readiness {

// Steps a check: a cart of 1,000 lines with five scans a line.
inline constexpr int steps_max = 5'000;

// Unknown codes kept a check: more than that is a scanner gone wild, not a cart.
inline constexpr int parked_max = 200;

// Raw scan text kept in a step, bytes: the longest GS1 Data Matrix of the field is below 200.
inline constexpr std::size_t raw_bytes_max = 512;

// How long a lot waits for the code of its product: both are on one pack in one hand. After a pause
// the next pack is another one.
inline constexpr std::chrono::minutes held_part_longest{2};

// A lot, a serial, a seal number or an id, bytes: GS1 allows 20 for a lot, HIBC 18.
inline constexpr std::size_t short_text_max = 64;

// A name, a position, a phone number, bytes: 85 Chinese characters.
inline constexpr std::size_t name_bytes_max = 256;

// A reason for a recall, bytes.
inline constexpr std::size_t reason_bytes_max = 512;

// The longest silence of an alert: a month, as wholesalers announce deliveries; a stock-out that
// lasts longer is to be thought about again.
inline constexpr std::chrono::days silence_max{31};

// Units of one lot or a par level: four digits fit the screen; no cart holds more of anything.
inline constexpr int quantity_max = 9'999;

// Digits put together from printed codes: a date has eight, a reading six, a point and three
// places.
inline constexpr std::size_t digits_max = 10;

// What a whole number of a definition may be, both ends included. Pages and sheets are told these.
struct WholeRange {
    int low;
    int high;
};

inline constexpr WholeRange par_range{0, quantity_max};
inline constexpr WholeRange stock_range{0, quantity_max};       // units of one lot
inline constexpr WholeRange floor_range{-200, 200};             // the tallest hospital has 36
inline constexpr WholeRange floor_order_range{0, quantity_max}; // places along a floor
inline constexpr WholeRange tolerance_range{1, 100};            // per cent off the energy selected

// What a printed quantity code can say.
inline constexpr int quantity_tag_max = 50;

// Events in one definition: 100 carts of 500 lines with stock in one file.
inline constexpr std::size_t definitions_max = 60'000;

// Lines, and devices, of a cart: the largest carts of the field have about 150 lines.
inline constexpr std::size_t lines_max = 1'000;

// Carts of one node, retired ones as well: what concerns every cart is worked through in one piece,
// and for these takes a fifth of a second. The largest hospitals have some 2,000 in all.
inline constexpr std::size_t carts_max = 10'000;

// Lots on file of one line; identifiers of a product; accessories of a device.
inline constexpr std::size_t parts_max = 200;

// Function tests of a device: a defibrillator's daily and monthly lists together have about 15.
inline constexpr std::size_t tests_max = 50;

// By so much the clocks of two machines differ, and a clock that is put right moves: an hour that
// lies further ahead is not believed. Hospital networks let nobody log in past five minutes.
inline constexpr std::chrono::minutes clocks_differ_by{5};

// Escalations said at a time: a thousand alerts of a pharmacy that was off all run out at once, and
// a scan does not wait for the last of them. 10 ms of work; the next follow at once.
inline constexpr std::size_t escalations_max = 256;

// Days between two checks, and between two runs of a test: a year, as of equipment in reserve.
inline constexpr int interval_days_max = 366;
inline constexpr WholeRange interval_range{1, interval_days_max};
inline constexpr std::size_t shifts_max = 6; // of a day
// Seals issued at once: a box of them.
inline constexpr std::size_t seals_issued_max = 1'000;

// Lines of a cart that has a pace and an order: fewer are counted at a glance.
inline constexpr std::size_t remark_lines_min = 5;

// Days that a substitution may last: what lasts longer is a change of the list.
inline constexpr int substitution_days_max = 366;

// A badge, a cart or a seal that was read at a station and led nowhere counts for no longer, and a
// check that rested so long is taken up by its checker's badge, not signed: whoever read them has
// gone. As long as the page stays with a check that nobody touches.
inline constexpr std::chrono::minutes session_rests_after{10};

// A trigger that fires twice, or a label held too long, gives the same text again within this;
// nobody reaches the next place with another pack so soon.
inline constexpr std::chrono::seconds trigger_repeat{2};

// A label that stays before a scanner is read again within this, as scanners are set when they
// arrive (0.3 to 0.75 s); whoever answers a question by a second scan of it needs about a second.
inline constexpr std::chrono::milliseconds held_label_repeat{900};

// From opening to signature: what was counted yesterday may lie elsewhere by now. A cart of 150
// lines takes an hour; a check that was interrupted ends within its day.
inline constexpr std::chrono::hours check_longest{24};

// Names listed in one message; the count says how many there are.
inline constexpr std::size_t names_listed_max = 20;

} // namespace cartwatch::readiness

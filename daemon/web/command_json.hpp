// Bodies of requests → commands. Strict: a member that nobody knows is refused, since a misspelt
// "line" would otherwise turn into a command about another line.
#pragma once

#include "daemon/readiness/decide.hpp"
#include "scanner/codes/scanned_code.hpp"

#include <tl/expected.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::web {

// A body that does not fit: where (RFC 6901; empty: the whole body), and what was expected there.
struct BodyFault {
    std::string pointer;
    std::string text;

    friend bool operator==(const BodyFault&, const BodyFault&) = default;
};

template <typename T>
using Parsed = tl::expected<T, BodyFault>;

using ParseCode = std::function<codes::Reading(std::string_view text)>;

// Names of stations, carts, lines, products and lots: the journal holds none longer.
inline constexpr std::size_t name_bytes_max = 128;
// As readiness allows for EnterQuantity.
inline constexpr int quantity_max = 9999;

struct ScanBody {
    std::string station;
    std::string text;
    bool typed = false;
    bool camera = false; // read by the page's camera: no scanner's habits to take off
};

// Rows of one dispatch: more lots of one product than a cart's line has.
inline constexpr std::size_t dispatch_rows_max = 50;
// Serial numbers of one row.
inline constexpr std::size_t dispatch_serials_max = 200;

// More codes than are seen at once: a sheet of labels is scanned with the trigger.
inline constexpr std::size_t seen_codes_max = 64;

struct ChooseBody {
    std::string station;
    std::vector<std::string> texts; // 1 to seen_codes_max
};

struct CommandBody {
    std::string station;
    readiness::Command command;
};

struct ConfirmDayBody {
    std::string station;
    readiness::ConfirmDay command;
};

// {"station","text","typed"?}
[[nodiscard]] Parsed<ScanBody> parse_scan_body(std::string_view body);

// {"station","texts":["…"]}
[[nodiscard]] Parsed<ChooseBody> parse_choose_body(std::string_view body);

// {"station","command":{"do":…}}; `parse` reads the code of a link_code.
[[nodiscard]] Parsed<CommandBody> parse_command_body(std::string_view body, const ParseCode& parse);

// {"node","cart","subject","episode","badge","expected_at"?}
[[nodiscard]] Parsed<readiness::AcceptAlert> parse_accept_body(std::string_view body);

// {"node","cart","subject","episode","badge"}
[[nodiscard]] Parsed<readiness::HandBackAlert> parse_hand_back_body(std::string_view body);

// {"node","cart","subject","episode","badge","units":[{"lot"?,"last_usable_day"?,"quantity",
// "serials"?}],"reason"?}
[[nodiscard]] Parsed<readiness::DispatchAlert> parse_dispatch_body(std::string_view body);

// {"node","cart","subject","episode","badge","reason","until"}
[[nodiscard]] Parsed<readiness::SilenceAlert> parse_silence_body(std::string_view body);

// A code that was scanned into the form of what is sent: whose alert, and its text.
struct ReadUnitBody {
    std::string node;
    readiness::AlertKey key;
    std::string text;
};

// {"node","cart","subject","text"}
[[nodiscard]] Parsed<ReadUnitBody> parse_read_unit_body(std::string_view body);

// {"text"}: any code.
[[nodiscard]] Parsed<std::string> parse_read_pack_body(std::string_view body);

// {"station","day"}
[[nodiscard]] Parsed<ConfirmDayBody> parse_confirm_day_body(std::string_view body);

} // namespace cartwatch::web

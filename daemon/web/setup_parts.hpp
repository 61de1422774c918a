// The setup over HTTP: what is defined here, a sheet before and when it is imported, and
// definitions that a person edited. Functions over a Service; nothing is changed but by what is
// submitted.
#pragma once

#include "daemon/imports/import.hpp"
#include "daemon/readiness/limits.hpp"
#include "daemon/web/command_json.hpp"
#include "daemon/web/message.hpp"
#include "daemon/web/service.hpp"
#include "daemon/web/views.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::web {

inline constexpr std::string_view setup_prefix = "/api/v1/setup/";
inline constexpr std::string_view import_prefix = "/api/v1/setup/import/";
inline constexpr std::string_view define_path = "/api/v1/setup/define";

// 8 MiB: a catalogue of a large hospital as XLSX is 1 MiB; a sheet that takes longer than a second
// or two to record belongs to `cartwatch import`, which needs the daemon stopped.
inline constexpr std::size_t setup_bytes_max = 8 * 1024 * 1024;

// 1 MiB: a page saves a cart at a time, and the largest of the field (150 lines, 30 devices with 15
// tests each) is 200 KiB of JSON, its opening stock as much. It is read on the loop, where 8 MiB
// would hold every scan up.
inline constexpr std::size_t define_bytes_max = 1024 * 1024;

// Definitions changed by one request: a person's, not a sheet's; the opening stock of a whole cart,
// a line each, is the most.
inline constexpr std::size_t definitions_edited_max = readiness::lines_max;

// Rows of a preview that a person can look through; the counts tell how many there are.
inline constexpr std::size_t changes_shown_max = 300;

// {"products":[…]}, {"staff":[…],"needs_badge"}, {"stations":[…],"carts":[…],"bounds"}; each with
// the version that an edit names. Badges are not told, only whether there is one.
[[nodiscard]] Json products_setup_json(const readiness::State& state);
[[nodiscard]] Json staff_setup_json(const readiness::State& state);
[[nodiscard]] Json carts_setup_json(const readiness::State& state);

// Within what the numbers and texts of a cart's list must lie, as the rules have it.
[[nodiscard]] Json bounds_json();

// The whole list of one cart of this node, with the stock of its lines while nobody counted it;
// nullopt where there is none.
[[nodiscard]] std::optional<Json>
cart_setup_json(const readiness::State& state, const std::string& cart);

// The badge code of whoever's badge was scanned at the station, as it is known here; of a badge
// that nobody has, the text that whoever gets it is to be known by. What the station's own scanners
// read comes as a ticket from the page that was given it; refused (bad_input) where that counts no
// more.
[[nodiscard]] Result<std::string>
badge_scanned(const Service& service, const Listener& page, std::string_view text, BadgeUse use);

// Adds it where it is a ticket.
void note_ticket(std::vector<std::string>& tickets, const std::string& text);

// A sheet as it would be imported now.
struct SheetPlan {
    std::vector<readiness::Event> events; // those that change something
    std::vector<readiness::Event> before; // what stands where they would
    Json shown;                           // the preview, with its token
    // Of the bytes, of every definition in them, shown or not, and of what each was compared with.
    std::string token;
};

[[nodiscard]] SheetPlan
plan_of_sheet(const Service& service, std::string_view bytes, imports::Definitions events);

// The preview of a sheet whose rows are refused.
[[nodiscard]] Json faults_json(const imports::Faults& faults);

// {"station"?,"listener"?,"badge"?,"definitions":[{"kind","version","body"}]}
struct DefineBody {
    Listener page;
    std::string badge; // as it was sent
    Json definitions;
};

[[nodiscard]] Result<DefineBody> parse_define_body(std::string_view body);

// What it comes to now. Not asked of a request that was answered before: its tickets are used up.
struct Edit {
    readiness::ChangeSetup command;
    std::vector<std::string> tickets;
    // Where a definition is another than the one whose version is named: code `conflict`. That it
    // is so may be this very request's work, the answer to which was lost.
    std::optional<Error> stale;
};

[[nodiscard]] Result<Edit> edit_of(const Service& service, const DefineBody& body);

} // namespace cartwatch::web

// What is on a sheet of labels: everything of a kind that the store holds, or the codes of
// commands, which are the same everywhere. The command line and the page print the same. It draws
// nothing and knows no paper.
#pragma once

#include "daemon/reports/labels.hpp"
#include "scanner/values/day.hpp"
#include "scanner/values/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::labels {

using cartwatch::to_text; // of days, beside that of this room

enum class Kind { carts, lines, devices, staff, commands, seals };

inline constexpr Kind all_kinds[] = {
    Kind::carts, Kind::lines, Kind::devices, Kind::staff, Kind::commands, Kind::seals};

[[nodiscard]] std::string_view to_text(Kind kind);

// A label with what it can be chosen by.
struct Item {
    std::string id;
    std::string cart; // of lines and devices
    reports::Label label;
};

struct Content {
    std::string heading;
    std::vector<Item> items;
    // What has no tag yet, or one that no scanner could read as it is; of seals: carts without one.
    std::vector<std::string> left_out;
};

// Whether a code can be printed as a symbol: 1 to 64 printable characters of ASCII. One that cannot
// leaves its own label out, not the sheet.
[[nodiscard]] bool is_printable(std::string_view code);

// The label without control characters, which no font has: names of before they were refused.
[[nodiscard]] reports::Label printable(reports::Label label);

// All that there is to print of a kind; commands need no store. Throws StoreFailure.
[[nodiscard]] Content content_of(const std::filesystem::path& store_file, Kind kind);

// What is chosen by a tag, an id, or a cart's id with everything in it ("OR-1"), and of a cart's
// lines and devices also by "OR-1/epi". No choice is everything. Refused (not_found) where a name
// chooses nothing.
[[nodiscard]] Result<Content> chosen(Content content, const std::vector<std::string>& only);

[[nodiscard]] std::vector<reports::Label> labels_of(const Content& content);

} // namespace cartwatch::labels

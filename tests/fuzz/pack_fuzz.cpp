// Lines of any bytes as the codes of one picture: every item comes from a line, and no product that
// a line names gets lost among the items or becomes another.
#include "scanner/codes/pack.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace cartwatch;

static void require_that(bool condition) {
    condition ? void() : std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::string> lines(1);
    for (std::size_t i = 0; i < size && lines.size() <= 8; ++i) {
        data[i] == '\n' ? void(lines.emplace_back())
                        : lines.back().push_back(static_cast<char>(data[i]));
    }
    codes::ReadOptions options;
    options.as_of = *parse_day("2026-11-22");
    const std::vector<codes::Reading> items = codes::items_of(lines, options);
    require_that(items.size() <= lines.size());
    for (const std::string& line : lines) {
        const codes::Reading alone = codes::read(line, options);
        const std::string gtin = alone ? alone->gtin : "";
        const auto has_gtin = [&](const auto& item) { return item && item->gtin == gtin; };
        require_that(gtin.empty() || std::any_of(items.begin(), items.end(), has_gtin));
    }
    for (const codes::Reading& item : items) {
        const std::string& raw = item ? item->raw : item.error().raw;
        require_that(std::find(lines.begin(), lines.end(), raw) != lines.end());
    }
    return 0;
}

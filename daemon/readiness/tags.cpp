#include "daemon/readiness/tags.hpp"

#include <algorithm>

namespace cartwatch::readiness {

std::optional<std::pair<TagSeries, int>> series_of(std::string_view tag) {
    const auto own = codes::parse_own_tag(tag);
    if (!own) {
        return std::nullopt;
    }
    const TagSeries series{own->type, own->number / tag_block_size};
    return std::pair(series, own->number % tag_block_size);
}

void note_tag(std::map<TagSeries, int>& given, std::string_view tag) {
    if (const auto series = series_of(tag)) {
        int& highest = given[series->first];
        highest = std::max(highest, series->second);
    }
}

void note_tags(std::map<TagSeries, int>& given, const Cart& cart) {
    note_tag(given, cart.tag);
    for (const Line& line : cart.lines) {
        note_tag(given, line.tag);
    }
    for (const Device& device : cart.devices) {
        note_tag(given, device.tag);
    }
}

std::string give_tag(std::map<TagSeries, int>& given, codes::TagType type, int block) {
    int& highest = given[TagSeries{type, block}];
    if (highest + 1 >= tag_block_size) {
        return "";
    }
    ++highest;
    return codes::own_tag(type, block * tag_block_size + highest);
}

} // namespace cartwatch::readiness

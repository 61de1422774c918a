// Numbers of our own tags: which series a tag belongs to and which number is free. Knows nothing of
// printing them.
#pragma once

#include "daemon/readiness/state.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cartwatch::readiness {

// Numbers in a node's block, of each type.
inline constexpr int tag_block_size = 10'000;

// The largest block: its last number is the largest that seven digits hold.
inline constexpr int tag_block_max = 999;

// The series of one of our tags and its number within the block, 0 to 9,999; nullopt for a code
// that is not our tag.
[[nodiscard]] std::optional<std::pair<TagSeries, int>> series_of(std::string_view tag);

// Takes note that a tag is in use; a code that is not our tag changes nothing.
void note_tag(std::map<TagSeries, int>& given, std::string_view tag);

// The same for the tags of a cart, its lines and its devices.
void note_tags(std::map<TagSeries, int>& given, const Cart& cart);

// The tag of the next free number, marked as given; empty where the block is used up.
[[nodiscard]] std::string give_tag(std::map<TagSeries, int>& given, codes::TagType type, int block);

} // namespace cartwatch::readiness

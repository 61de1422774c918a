// Several codes on one pack as one item: a product in one symbol, lot and expiry in another; an
// HIBC primary and its secondary. Codes of different packs are never put together: where nothing
// tells of which pack a code is, it stays alone.
#pragma once

#include "scanner/codes/reader.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::codes {

// What names the product, with its kind in front ("gtin:09521234543213"); empty where the code
// names none.
[[nodiscard]] std::string product_named_by(const ScannedCode& code);

// Tells of a pack (lot, expiry, serial, production, what GS1 requires a product beside) and not of
// which product.
[[nodiscard]] bool is_part_of_pack(const ScannedCode& code);

// Both as one item: what either tells, in `raw` and `text` that of the code that names the product,
// in the field "paired" the other one's raw text. nullopt where they are of two packs or may be:
// two products, two values for one thing, links that do not match, readings that are not settled.
// Precondition: the part was read with the other as ReadOptions::after, which holds GS1's rules of
// what belongs together against both.
[[nodiscard]] std::optional<ScannedCode> paired(const ScannedCode& one, const ScannedCode& other);

// The code as it reads beside the one that names its product, which is not known yet: an HIBC
// secondary, or an element string with an identifier in front, which proves that it is whole.
// nullopt where it is no part of a pack. `reading` was read with these options and nothing before
// it.
[[nodiscard]] std::optional<ScannedCode>
part_without_product(const Reading& reading, ReadOptions options);

// A code that names a product, and what another code of its pack may say beside it, by its
// readings: the item, or where there are several its candidates ("ambiguous"). nullopt where some
// reading is no part of a pack, or none is of this one. Precondition as for `paired`.
[[nodiscard]] std::optional<ScannedCode>
paired_readings(const ScannedCode& product, const ScannedCode& part);

// The codes that lie together (one picture) as items, in order of first appearance. The rule
// "unpaired_code" refuses a lot, expiry or serial beside codes of several packs, or one that
// contradicts the only pack.
[[nodiscard]] std::vector<Reading>
items_of(std::span<const std::string> texts, const ReadOptions& options);

} // namespace cartwatch::codes

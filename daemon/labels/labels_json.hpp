// What can be printed, as the page asks for it.
#pragma once

#include "daemon/labels/content.hpp"

#include <filesystem>
#include <span>
#include <string>

namespace cartwatch::labels {

// The kinds with how many labels each has, the papers that have a name, and every limit of a paper
// of one's own, in millimetres. Throws StoreFailure.
[[nodiscard]] std::string
offer_json(const std::filesystem::path& store_file, std::span<const Kind> kinds);

// The labels of a kind, of one cart alone where it is named, and what is left out.
[[nodiscard]] std::string things_json(const Content& content, const std::string& cart);

} // namespace cartwatch::labels

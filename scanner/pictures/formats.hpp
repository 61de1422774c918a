// The readers of the two picture formats; load_picture chooses between them.
#pragma once

#include "scanner/pictures/picture.hpp"

#include <string>

namespace cartwatch::pictures {

[[nodiscard]] Result<Luminance> load_png(std::span<const std::uint8_t> bytes);
[[nodiscard]] Result<Luminance> load_jpeg(std::span<const std::uint8_t> bytes);

// Refuses a picture without pixels or with more than pixels_max.
[[nodiscard]] Result<void> check_size(std::int64_t width, std::int64_t height);

} // namespace cartwatch::pictures

#include "scanner/pictures/texture.hpp"

#include <algorithm>
#include <cstdlib>

namespace cartwatch::pictures {

namespace {

constexpr int block_px = 8;

// Sum of the differences between neighbours in a block of 64 pixels. Modules of two pixels at a
// contrast of 32 of 255 make 512 each way; paper photographed in good light makes 100.
constexpr int texture_min = 256;
constexpr int faint_texture_min = 160;
// A picture full of modules raises the bar for itself no further than this.
constexpr int texture_bar_max = 1200;
// Above what most blocks have: noise is everywhere.
constexpr double above_median = 2.5;
// The sum of 64 differences of noise strays no further from their median.
constexpr double faintly_above_median = 1.6;

// Two blocks: ten modules of a pixel and a half, the smallest symbol there is.
constexpr int area_side_min_px = 2 * block_px;
constexpr int quiet_zone_px = 8;

// The picture in blocks: how busy each is, and whether it was taken into an area.
struct Blocks {
    int columns = 0;
    int rows = 0;
    std::vector<int> texture;

    [[nodiscard]] std::size_t index(int column, int row) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns)
               + static_cast<std::size_t>(column);
    }
};

int texture_of(const Luminance& picture, int left, int top) {
    int across = 0;
    int down = 0;
    const auto width = static_cast<std::size_t>(picture.width);
    for (int y = top; y < top + block_px; ++y) {
        const std::uint8_t* row =
            picture.pixels.data() + static_cast<std::size_t>(y) * width + left;
        const std::uint8_t* below = row + width;
        for (int x = 0; x < block_px; ++x) {
            across += std::abs(row[x + 1] - row[x]);
            down += std::abs(below[x] - row[x]);
        }
    }
    return std::max(across, down);
}

Blocks blocks_of(const Luminance& picture) {
    Blocks blocks;
    // One pixel right of and below each block is looked at, too.
    blocks.columns = (picture.width - 1) / block_px;
    blocks.rows = (picture.height - 1) / block_px;
    for (int row = 0; row < blocks.rows; ++row) {
        for (int column = 0; column < blocks.columns; ++column) {
            blocks.texture.push_back(texture_of(picture, column * block_px, row * block_px));
        }
    }
    return blocks;
}

int bar_of(std::vector<int> texture, Busy busy) {
    const bool faint = busy == Busy::faintly;
    const auto middle = texture.begin() + static_cast<std::ptrdiff_t>(texture.size() / 2);
    std::nth_element(texture.begin(), middle, texture.end());
    return std::clamp(
        static_cast<int>(*middle * (faint ? faintly_above_median : above_median)),
        faint ? faint_texture_min : texture_min,
        texture_bar_max);
}

// Takes the busy blocks that hang together with this one, and says what they span.
Area taken_area(Blocks& blocks, int column, int row, int bar) {
    std::vector<std::pair<int, int>> open{{column, row}};
    int left = column;
    int right = column;
    int top = row;
    int bottom = row;
    blocks.texture[blocks.index(column, row)] = 0;
    while (!open.empty()) {
        const auto [x, y] = open.back();
        open.pop_back();
        left = std::min(left, x);
        right = std::max(right, x);
        top = std::min(top, y);
        bottom = std::max(bottom, y);
        for (int ny = std::max(y - 1, 0); ny <= std::min(y + 1, blocks.rows - 1); ++ny) {
            for (int nx = std::max(x - 1, 0); nx <= std::min(x + 1, blocks.columns - 1); ++nx) {
                int& texture = blocks.texture[blocks.index(nx, ny)];
                if (texture >= bar) {
                    texture = 0;
                    open.emplace_back(nx, ny);
                }
            }
        }
    }
    return {
        left * block_px,
        top * block_px,
        (right - left + 1) * block_px,
        (bottom - top + 1) * block_px};
}

Area widened(const Area& area, const Luminance& picture) {
    const int left = std::max(area.left - quiet_zone_px, 0);
    const int top = std::max(area.top - quiet_zone_px, 0);
    const int right = std::min(area.left + area.width + quiet_zone_px, picture.width);
    const int bottom = std::min(area.top + area.height + quiet_zone_px, picture.height);
    return {left, top, right - left, bottom - top};
}

// Between two pixels of the original, a quarter of the way at twice the size.
std::uint8_t mixed(const Luminance& picture, int x4, int y4) {
    const int x = std::clamp((x4 - 1) / 4, 0, picture.width - 1);
    const int y = std::clamp((y4 - 1) / 4, 0, picture.height - 1);
    const int right = std::min(x + 1, picture.width - 1);
    const int below = std::min(y + 1, picture.height - 1);
    const int fx = std::max(x4 - 1, 0) % 4;
    const int fy = std::max(y4 - 1, 0) % 4;
    const int upper = picture.at(x, y) * (4 - fx) + picture.at(right, y) * fx;
    const int lower = picture.at(x, below) * (4 - fx) + picture.at(right, below) * fx;
    return static_cast<std::uint8_t>((upper * (4 - fy) + lower * fy + 8) / 16);
}

} // namespace

std::vector<Area> textured_areas(const Luminance& picture, Busy busy) {
    Blocks blocks = blocks_of(picture);
    std::vector<Area> areas;
    if (blocks.texture.empty()) {
        return areas;
    }
    const int bar = bar_of(blocks.texture, busy);
    for (int row = 0; row < blocks.rows; ++row) {
        for (int column = 0; column < blocks.columns; ++column) {
            if (blocks.texture[blocks.index(column, row)] >= bar) {
                const Area area = taken_area(blocks, column, row, bar);
                if (std::min(area.width, area.height) >= area_side_min_px) {
                    areas.push_back(widened(area, picture));
                }
            }
        }
    }
    std::stable_sort(areas.begin(), areas.end(), [](const Area& a, const Area& b) {
        return std::int64_t{a.width} * a.height > std::int64_t{b.width} * b.height;
    });
    areas.resize(std::min(areas.size(), textured_areas_max));
    return areas;
}

Luminance enlarged(const Luminance& picture, const Area& area, int times) {
    Luminance part;
    part.width = area.width;
    part.height = area.height;
    for (int y = area.top; y < area.top + area.height; ++y) {
        const auto row = picture.pixels.begin() + std::ptrdiff_t{y} * picture.width + area.left;
        part.pixels.insert(part.pixels.end(), row, row + area.width);
    }
    if (times == 1) {
        return part;
    }
    Luminance large;
    large.width = 2 * area.width;
    large.height = 2 * area.height;
    large.pixels.reserve(4 * part.pixels.size());
    for (int y = 0; y < large.height; ++y) {
        for (int x = 0; x < large.width; ++x) {
            large.pixels.push_back(mixed(part, 2 * x + 0, 2 * y + 0));
        }
    }
    return large;
}

} // namespace cartwatch::pictures

#include "scanner/pictures/texture.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>

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
// Which of the blocks, in the order of how busy they are: the median, and one of paper as long as
// that is a tenth of the picture.
constexpr double most = 0.5;
constexpr double least_busy = 0.1;

// Two blocks: ten modules of a pixel and a half, the smallest symbol there is.
constexpr int area_side_min_px = 2 * block_px;
constexpr int quiet_zone_px = 8;

std::size_t index_of(const Texture& texture, int column, int row) {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(texture.columns)
           + static_cast<std::size_t>(column);
}

int changes_in_block(const Luminance& picture, int left, int top) {
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

// How busy so large a part of the blocks is at most.
int busy_at(std::vector<int> blocks, double part) {
    const auto at =
        blocks.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(blocks.size()) * part);
    std::nth_element(blocks.begin(), at, blocks.end());
    return *at;
}

// What blocks that are busy have at least, and what they have not.
struct Bar {
    int from = 0;
    int below = std::numeric_limits<int>::max();
};

Bar bar_of(const std::vector<int>& blocks, Busy busy) {
    const auto bar = [&](double part, double above, int least) {
        return std::clamp(static_cast<int>(busy_at(blocks, part) * above), least, texture_bar_max);
    };
    switch (busy) {
    case Busy::plainly:
        return {bar(most, above_median, texture_min)};
    case Busy::faintly:
        return {bar(most, faintly_above_median, faint_texture_min)};
    case Busy::hidden:
        break;
    }
    return {
        bar(least_busy, faintly_above_median, faint_texture_min),
        bar(most, faintly_above_median, faint_texture_min)};
}

// Takes the busy blocks that hang together with this one, and says what they span.
Area taken_area(Texture& texture, int column, int row, int bar) {
    std::vector<std::pair<int, int>> open{{column, row}};
    int left = column;
    int right = column;
    int top = row;
    int bottom = row;
    texture.blocks[index_of(texture, column, row)] = 0;
    while (!open.empty()) {
        const auto [x, y] = open.back();
        open.pop_back();
        left = std::min(left, x);
        right = std::max(right, x);
        top = std::min(top, y);
        bottom = std::max(bottom, y);
        for (int ny = std::max(y - 1, 0); ny <= std::min(y + 1, texture.rows - 1); ++ny) {
            for (int nx = std::max(x - 1, 0); nx <= std::min(x + 1, texture.columns - 1); ++nx) {
                int& block = texture.blocks[index_of(texture, nx, ny)];
                if (block >= bar) {
                    block = 0;
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

Area widened(const Area& area, const Texture& picture) {
    const int left = std::max(area.left - quiet_zone_px, 0);
    const int top = std::max(area.top - quiet_zone_px, 0);
    const int right = std::min(area.left + area.width + quiet_zone_px, picture.width);
    const int bottom = std::min(area.top + area.height + quiet_zone_px, picture.height);
    return {left, top, right - left, bottom - top};
}

// Where a pixel lies at twice the size: between two of the original, quarters of the way.
struct Between {
    int first = 0;
    int second = 0;
    int quarters = 0;
};

Between between(int doubled, int size) {
    const int from_first = std::max(2 * doubled - 1, 0);
    const int first = from_first / 4;
    return {first, std::min(first + 1, size - 1), from_first % 4};
}

int mixed(int first, int second, int quarters) {
    return first * (4 - quarters) + second * quarters;
}

// Four times the brightness between two rows, for each column.
void mix_rows(std::vector<int>& mix, const Luminance& picture, const Between& rows) {
    const std::uint8_t* first = picture.pixels.data() + std::ptrdiff_t{rows.first} * picture.width;
    const std::uint8_t* second =
        picture.pixels.data() + std::ptrdiff_t{rows.second} * picture.width;
    for (std::size_t x = 0; x < mix.size(); ++x) {
        mix[x] = mixed(first[x], second[x], rows.quarters);
    }
}

} // namespace

Texture texture_of(const Luminance& picture) {
    Texture texture;
    texture.width = picture.width;
    texture.height = picture.height;
    // One pixel right of and below each block is looked at, too.
    texture.columns = (picture.width - 1) / block_px;
    texture.rows = (picture.height - 1) / block_px;
    for (int row = 0; row < texture.rows; ++row) {
        for (int column = 0; column < texture.columns; ++column) {
            texture.blocks.push_back(changes_in_block(picture, column * block_px, row * block_px));
        }
    }
    return texture;
}

std::vector<Area> textured_areas(const Texture& texture, Busy busy) {
    std::vector<Area> areas;
    if (texture.blocks.empty()) {
        return areas;
    }
    const Bar bar = bar_of(texture.blocks, busy);
    Texture left = texture;
    std::replace_if(
        left.blocks.begin(), left.blocks.end(), [&](int one) { return one >= bar.below; }, 0);
    for (int row = 0; row < texture.rows; ++row) {
        for (int column = 0; column < texture.columns; ++column) {
            if (left.blocks[index_of(left, column, row)] >= bar.from) {
                const Area area = taken_area(left, column, row, bar.from);
                if (std::min(area.width, area.height) >= area_side_min_px) {
                    areas.push_back(widened(area, texture));
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
    std::vector<int> mix(static_cast<std::size_t>(area.width));
    for (int y = 0; y < large.height; ++y) {
        mix_rows(mix, part, between(y, part.height));
        for (int x = 0; x < large.width; ++x) {
            const Between columns = between(x, part.width);
            const int sixteen = mixed(
                mix[static_cast<std::size_t>(columns.first)],
                mix[static_cast<std::size_t>(columns.second)],
                columns.quarters);
            large.pixels.push_back(static_cast<std::uint8_t>((sixteen + 8) / 16));
        }
    }
    return large;
}

} // namespace cartwatch::pictures

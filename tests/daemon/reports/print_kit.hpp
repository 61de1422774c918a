// What is printed, as another's program (poppler) and the scanner wing see it.
#pragma once

#include "daemon/reports/labels.hpp"
#include "scanner/pictures/symbols.hpp"
#include "tests/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <utility>

namespace cartwatch::print_kit {

using namespace cartwatch::reports;
using pictures::Luminance;

inline constexpr int dots_per_inch = 200;

inline std::string file_bytes(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// A PDF as poppler sees it.
class Printed {
public:
    explicit Printed(const std::string& pdf) {
        std::ofstream(folder_ / "sheet.pdf", std::ios::binary) << pdf;
    }

    [[nodiscard]] Luminance page(std::size_t number) const {
        const std::string page = std::to_string(number);
        run(std::string(CARTWATCH_PDFTOPPM) + " -gray -png -singlefile -r "
            + std::to_string(dots_per_inch) + " -f " + page + " -l " + page + " sheet.pdf page");
        const std::string png = file_bytes(folder_ / "page.png");
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(png.data());
        auto picture = pictures::load_picture({bytes, png.size()});
        REQUIRE(picture);
        return *picture;
    }

    [[nodiscard]] std::string words() const {
        run(std::string(CARTWATCH_PDFTOTEXT) + " sheet.pdf words.txt");
        return file_bytes(folder_ / "words.txt");
    }

private:
    void run(const std::string& command) const {
        REQUIRE(std::system(("cd '" + (folder_ / "").string() + "' && " + command).c_str()) == 0);
    }

    support::TemporaryFolder folder_;
};

inline int dots(double mm) {
    return static_cast<int>(std::lround(mm / 25.4 * dots_per_inch));
}

// The label at that place of a page.
inline Luminance cut_out(const Luminance& page, const SheetPlan& plan, std::size_t place) {
    const int left = dots(plan.paper.x_of(place) + plan.offset_x);
    const int top = dots(plan.paper.y_of(place) + plan.offset_y);
    Luminance label{dots(plan.paper.width), dots(plan.paper.height), {}};
    for (int y = 0; y < label.height; ++y) {
        for (int x = 0; x < label.width; ++x) {
            const bool on_page = left + x < page.width && top + y < page.height;
            label.pixels.push_back(on_page ? page.at(left + x, top + y) : 255);
        }
    }
    return label;
}

inline bool is_blank(const Luminance& picture) {
    return std::ranges::all_of(picture.pixels, [](std::uint8_t pixel) { return pixel == 255; });
}

using Read = std::multiset<std::pair<std::string, std::string>>; // symbology, text

inline Read codes_on(const Luminance& picture) {
    Read read;
    for (const Symbol& symbol : pictures::find_symbols(picture)) {
        read.emplace(symbol.symbology, symbol.text);
    }
    return read;
}

inline Read codes_expected(const SheetPlan& plan, const std::string& code) {
    Read expected = {{"]d1", code}};
    if (has_bars(plan)) {
        expected.emplace("]C0", code);
    }
    return expected;
}

} // namespace cartwatch::print_kit

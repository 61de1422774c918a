#include "tests/bench/photos.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <cairo.h>

namespace cartwatch::photos {

namespace {

constexpr double pi = 3.14159265358979;
constexpr float drawn_scale = 4;   // zint draws two pixels a module at scale 1
constexpr int drawn_module_px = 8; // so these
constexpr int samples = 3;         // a pixel is the mean of 3 x 3 points of it

std::uint8_t clamped(double value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
}

std::uint8_t& pixel(Luminance& picture, int x, int y) {
    return picture.pixels
        [static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width)
         + static_cast<std::size_t>(x)];
}

// The drawn symbol as seen: where a point of the photograph, from the symbol's middle, falls.
struct Lens {
    const Luminance& drawn;
    const View& view;

    [[nodiscard]] double at(double dx, double dy) const {
        const double angle = view.degrees * pi / 180;
        double x = (std::cos(angle) * dx + std::sin(angle) * dy) * drawn_module_px / view.module_px;
        const double y =
            (std::cos(angle) * dy - std::sin(angle) * dx) * drawn_module_px / view.module_px;
        if (view.cylinder > 0) {
            const double half = view.cylinder * pi / 180;
            const double radius = drawn.width / 2.0 / half;
            if (std::abs(x) >= radius) {
                return 255;
            }
            x = radius * std::asin(x / radius);
        }
        const auto column = static_cast<int>(std::floor(x + drawn.width / 2.0));
        const auto row = static_cast<int>(std::floor(y + drawn.height / 2.0));
        const bool inside = column >= 0 && row >= 0 && column < drawn.width && row < drawn.height;
        return inside ? drawn.at(column, row) : 255;
    }

    [[nodiscard]] double mean_at(int dx, int dy) const {
        double sum = 0;
        for (int i = 0; i < samples * samples; ++i) {
            sum += at(dx + (i % samples + 0.5) / samples, dy + (i / samples + 0.5) / samples);
        }
        return sum / (samples * samples);
    }
};

void place(Luminance& on, const Placed& symbol, const View& view) {
    const Luminance drawn = drawing::symbol(symbol.kind, symbol.data, drawn_scale);
    const Lens lens{drawn, view};
    const int reach =
        static_cast<int>(
            std::hypot(drawn.width, drawn.height) / 2 * view.module_px / drawn_module_px)
        + 1;
    for (int y = std::max(symbol.y - reach, 0); y < std::min(symbol.y + reach, on.height); ++y) {
        for (int x = std::max(symbol.x - reach, 0); x < std::min(symbol.x + reach, on.width); ++x) {
            const double ink = 255 - lens.mean_at(x - symbol.x, y - symbol.y);
            pixel(on, x, y) = clamped(on.at(x, y) - ink * on.at(x, y) / 255 * view.contrast);
        }
    }
}

std::vector<double> bell(double sigma) {
    const int reach = static_cast<int>(std::ceil(3 * sigma));
    std::vector<double> weights;
    double sum = 0;
    for (int i = -reach; i <= reach; ++i) {
        weights.push_back(std::exp(-i * i / (2 * sigma * sigma)));
        sum += weights.back();
    }
    for (double& weight : weights) {
        weight /= sum;
    }
    return weights;
}

// Along rows, then (turned over) along columns: the result is turned over.
Luminance blurred_over(const Luminance& picture, const std::vector<double>& weights) {
    Luminance result = drawing::paper(picture.height, picture.width);
    const int reach = static_cast<int>(weights.size() / 2);
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            double sum = 0;
            for (int i = -reach; i <= reach; ++i) {
                sum += weights[static_cast<std::size_t>(i + reach)]
                       * picture.at(std::clamp(x + i, 0, picture.width - 1), y);
            }
            pixel(result, y, x) = clamped(sum + 0.5);
        }
    }
    return result;
}

// The sensor's noise, and a light that falls off to one side.
void expose(Luminance& picture, double noise, std::mt19937& random) {
    std::normal_distribution<double> grain(0, noise);
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const double light = 1 - 0.25 * x / picture.width;
            pixel(picture, x, y) = clamped(picture.at(x, y) * light + grain(random));
        }
    }
}

void finish(Luminance& picture, const View& view, unsigned seed) {
    std::mt19937 random(seed);
    if (view.blur_px > 0) {
        const std::vector<double> weights = bell(view.blur_px);
        picture = blurred_over(blurred_over(picture, weights), weights);
    }
    expose(picture, view.noise, random);
}

// Lines of words and figures as a leaflet has them, drawn by Cairo.
void print_on(Luminance& picture, std::mt19937& random) {
    cairo_surface_t* surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.width, picture.height);
    cairo_t* pen = cairo_create(surface);
    cairo_set_source_rgb(pen, 1, 1, 1);
    cairo_paint(pen);
    cairo_set_source_rgb(pen, 0, 0, 0);
    cairo_select_font_face(pen, "sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    std::uniform_int_distribution<int> letter('!', 'z');
    double y = 0;
    while (y < picture.height) {
        const double size = std::uniform_real_distribution<double>(9, 40)(random);
        y += size * 1.3;
        std::string line;
        for (double x = 0; x < picture.width; x += size * 0.55) {
            line += random() % 6 == 0 ? ' ' : static_cast<char>(letter(random));
        }
        cairo_set_font_size(pen, size);
        cairo_move_to(pen, 4, y);
        cairo_show_text(pen, line.c_str());
    }
    cairo_surface_flush(surface);
    const unsigned char* rows = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    for (int row = 0; row < picture.height; ++row) {
        for (int x = 0; x < picture.width; ++x) {
            pixel(picture, x, row) = rows[std::ptrdiff_t{row} * stride + 4 * std::ptrdiff_t{x}];
        }
    }
    cairo_destroy(pen);
    cairo_surface_destroy(surface);
}

void draw_stripes(Luminance& picture, std::mt19937& random) {
    bool black = true;
    int x = 0;
    const bool across = random() % 2 == 0;
    while (x < std::max(picture.width, picture.height)) {
        const int bar = 1 + static_cast<int>(random() % 9);
        for (int i = x; i < x + bar; ++i) {
            for (int j = 0; black && j < std::max(picture.width, picture.height); ++j) {
                const int column = across ? i : j;
                const int row = across ? j : i;
                if (column < picture.width && row < picture.height) {
                    pixel(picture, column, row) = 20;
                }
            }
        }
        x += bar;
        black = !black;
    }
}

// Cells of the same size, black or white by the toss of a coin: what a matrix code is made of.
void draw_cells(Luminance& picture, int side, std::mt19937& random) {
    for (int top = 0; top < picture.height; top += side) {
        for (int left = 0; left < picture.width; left += side) {
            const bool black = random() % 2 == 0;
            for (int y = top; black && y < std::min(top + side, picture.height); ++y) {
                for (int x = left; x < std::min(left + side, picture.width); ++x) {
                    pixel(picture, x, y) = 20;
                }
            }
        }
    }
}

// Symbols of which a third is covered: nothing of them may be taken for another code.
void draw_cut_symbols(Luminance& picture, std::mt19937& random) {
    const std::vector<Placed> whole{
        {Kind::gs1_data_matrix, "[01]09521234543213[17]261231[10]ABC123", 150, 120},
        {Kind::gs1_128, "[01]09521234543213[17]261231[10]AB1", 420, 250},
        {Kind::ean_13, "690123456789", 150, 380},
        {Kind::qr, "https://example.org/01/09521234543213", 480, 90}};
    View view;
    view.module_px = random() % 2 == 0 ? 2 : 3;
    for (const Placed& one : whole) {
        place(picture, one, view);
    }
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const bool covered =
                std::abs(x - 150) < 12 || std::abs(x - 420) < 60 || std::abs(x - 480) < 25;
            if (covered) {
                pixel(picture, x, y) = 235;
            }
        }
    }
}

// Bars of which a half, seldom a third or a quarter, is out of sight: cut by a finger, a fold or
// the picture's edge. Those without a check digit are the ones that a part of them may pass for.
void draw_half_bars(Luminance& picture, std::mt19937& random) {
    const std::vector<std::pair<Kind, std::string>> kinds{
        {Kind::itf_14, "0952123454321"},
        {Kind::code_39, "LOT7G20261231"},
        {Kind::codabar, "A1234567890B"},
        {Kind::pzn, "0375286"},
        {Kind::code_128, "80217610012345678901"},
        {Kind::hibc_39, "A99912345"},
        {Kind::databar_expanded, "[01]09521234543213[10]ABC123"},
        {Kind::upc_e, "0123456"}};
    View view;
    view.module_px = 2;
    for (int row = 0; row < 3; ++row) {
        const auto [kind, known] = kinds[random() % kinds.size()];
        // Halves of two equal codes would make a whole one, and rightly be read as it.
        const bool other_lot = kind == Kind::databar_expanded;
        const std::string data = known + (other_lot ? std::to_string(row) : "");
        const Placed one{kind, data, picture.width / 2, 80 + 160 * row};
        place(picture, one, view);
        const Luminance drawn = drawing::symbol(kind, data, drawn_scale);
        const auto seen_px = [&](int px) {
            return static_cast<int>(px * view.module_px / drawn_module_px);
        };
        const int covered = seen_px(drawn.width) / (2 + static_cast<int>(random() % 3));
        const int free = seen_px(drawn.width) - covered;
        const int from =
            one.x - seen_px(drawn.width) / 2 + static_cast<int>(random() % 3) * free / 2;
        const std::uint8_t cover = random() % 2 == 0 ? 235 : 20;
        const int top = std::max(one.y - seen_px(drawn.height) / 2 - 2, 0);
        for (int y = top; y < std::min(top + seen_px(drawn.height) + 4, picture.height); ++y) {
            for (int x = std::max(from, 0); x < std::min(from + covered, picture.width); ++x) {
                pixel(picture, x, y) = cover;
            }
        }
    }
}

} // namespace

Luminance
photo(int width, int height, const std::vector<Placed>& symbols, const View& view, unsigned seed) {
    Luminance picture = drawing::paper(width, height);
    std::fill(picture.pixels.begin(), picture.pixels.end(), 235);
    for (const Placed& symbol : symbols) {
        place(picture, symbol, view);
    }
    finish(picture, view, seed);
    return picture;
}

Luminance nothing(Nothing what, int width, int height, unsigned seed) {
    std::mt19937 random(seed);
    Luminance picture = drawing::paper(width, height);
    View view;
    switch (what) {
    case Nothing::noise:
        for (std::uint8_t& one : picture.pixels) {
            one = static_cast<std::uint8_t>(random() & 0xFF);
        }
        return picture;
    case Nothing::coarse_noise:
        draw_cells(picture, 2 + static_cast<int>(random() % 4), random);
        break;
    case Nothing::stripes:
        draw_stripes(picture, random);
        break;
    case Nothing::checkers:
        draw_cells(picture, 6 + static_cast<int>(random() % 10), random);
        view.blur_px = 1;
        break;
    case Nothing::print:
        print_on(picture, random);
        break;
    case Nothing::cut_symbols:
        draw_cut_symbols(picture, random);
        break;
    case Nothing::half_bars:
        draw_half_bars(picture, random);
        break;
    }
    finish(picture, view, seed);
    return picture;
}

Luminance
among_print(int width, int height, const Placed& symbol, const View& view, unsigned seed) {
    constexpr int room_px = 14;
    std::mt19937 random(seed);
    Luminance picture = drawing::paper(width, height);
    print_on(picture, random);
    const Luminance drawn = drawing::symbol(symbol.kind, symbol.data, drawn_scale);
    const double c = std::abs(std::cos(view.degrees * pi / 180));
    const double s = std::abs(std::sin(view.degrees * pi / 180));
    const auto seen_px = [&](double px) {
        return static_cast<int>(px * view.module_px / drawn_module_px) + 2 * room_px;
    };
    const Luminance label = drawing::paper(
        seen_px(drawn.width * c + drawn.height * s), seen_px(drawn.width * s + drawn.height * c));
    drawing::paste(picture, label, symbol.x - label.width / 2, symbol.y - label.height / 2);
    place(picture, symbol, view);
    finish(picture, view, seed);
    return picture;
}

Luminance
pack(int width, int height, const std::string& gs1, const std::string& ean, unsigned seed) {
    std::mt19937 random(seed);
    Luminance picture = drawing::paper(width, height);
    print_on(picture, random);
    const View view;
    const Luminance label = drawing::paper(360, 300);
    drawing::paste(picture, label, width / 2 - 180, height / 3 - 150);
    drawing::paste(picture, label, width / 4 - 180, 2 * height / 3 - 150);
    place(picture, {Kind::gs1_data_matrix, gs1, width / 2, height / 3}, view);
    place(picture, {Kind::ean_13, ean, width / 4, 2 * height / 3}, view);
    View seen = view;
    seen.blur_px = 0.6;
    finish(picture, seen, seed);
    return picture;
}

} // namespace cartwatch::photos

#include "daemon/documents/labels_pen.hpp"

#include "daemon/documents/zpl.hpp"

#include <algorithm>
#include <cmath>
#include <new>
#include <stdexcept>

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <pango/pangocairo.h>

namespace cartwatch::documents {

struct DeleteCairo {
    void operator()(cairo_t* cairo) const {
        cairo_destroy(cairo);
    }

    void operator()(cairo_surface_t* surface) const {
        cairo_surface_destroy(surface);
    }

    void operator()(cairo_font_options_t* options) const {
        cairo_font_options_destroy(options);
    }

    void operator()(PangoFontMap* fonts) const {
        g_object_unref(fonts);
    }

    void operator()(PangoContext* context) const {
        g_object_unref(context);
    }

    void operator()(PangoLayout* layout) const {
        g_object_unref(layout);
    }

    void operator()(PangoFontDescription* font) const {
        pango_font_description_free(font);
    }
};

template <typename T>
using Owned = std::unique_ptr<T, DeleteCairo>;

namespace {

// Everything is drawn in points of 1/72 inch; a label printer's dots are scaled from them.
constexpr double points_per_mm = 72.0 / 25.4;
constexpr double mm_per_inch = 25.4;

// What covers half of a dot makes it black.
constexpr unsigned char black_from = 128;

// Latin in any sans-serif, Chinese in the font of deploy/packages.txt, else in whatever has it.
constexpr const char* font_families = "WenQuanYi Micro Hei, sans-serif";

constexpr double line_width = 0.2 * points_per_mm;
constexpr double outline_grey = 0.6;

// Each try takes a tenth off the letters.
constexpr double shrink_step = 0.9;

cairo_status_t append(void* text, const unsigned char* bytes, unsigned int length) noexcept {
    try {
        static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(bytes), length);
        return CAIRO_STATUS_SUCCESS;
    } catch (const std::bad_alloc&) {
        return CAIRO_STATUS_NO_MEMORY;
    }
}

void check_cairo(cairo_status_t status) {
    if (status != CAIRO_STATUS_SUCCESS) {
        throw std::runtime_error(
            std::string("drawing the labels failed: ") + cairo_status_to_string(status));
    }
}

int to_pango(double mm) {
    return static_cast<int>(std::lround(mm * points_per_mm * PANGO_SCALE));
}

double from_pango(int units) {
    return static_cast<double>(units) / PANGO_SCALE / points_per_mm;
}

void set_size(PangoLayout& layout, const Style& style, double size) {
    const Owned<PangoFontDescription> font(pango_font_description_from_string(font_families));
    pango_font_description_set_absolute_size(font.get(), to_pango(size));
    pango_font_description_set_weight(
        font.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(&layout, font.get());
}

// Letters as a printer sees them: not moved onto the pixels of a screen.
void print_exactly(PangoContext& context) {
    const Owned<cairo_font_options_t> options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(&context, options.get());
    pango_context_set_round_glyph_positions(&context, FALSE);
}

int dots_of(double mm, int dpi) {
    return static_cast<int>(std::lround(mm / mm_per_inch * dpi));
}

Owned<cairo_surface_t> surface_of(const Canvas& canvas, std::string& bytes) {
    const double width = canvas.width * points_per_mm;
    const double height = canvas.height * points_per_mm;
    cairo_surface_t* surface = nullptr;
    switch (canvas.format) {
    case reports::LabelsFormat::pdf:
        surface = cairo_pdf_surface_create_for_stream(append, &bytes, width, height);
        break;
    case reports::LabelsFormat::svg:
        surface = cairo_svg_surface_create_for_stream(append, &bytes, width, height);
        break;
    case reports::LabelsFormat::zpl:
        surface = cairo_image_surface_create(
            CAIRO_FORMAT_A8, dots_of(canvas.width, canvas.dpi), dots_of(canvas.height, canvas.dpi));
        break;
    }
    Owned<cairo_surface_t> owned(surface);
    check_cairo(cairo_surface_status(surface));
    return owned;
}

Bitmap bitmap_of(cairo_surface_t* surface) {
    cairo_surface_flush(surface);
    Bitmap bitmap;
    bitmap.width = cairo_image_surface_get_width(surface);
    bitmap.height = cairo_image_surface_get_height(surface);
    bitmap.bytes.resize(bitmap.row_bytes() * static_cast<std::size_t>(bitmap.height));
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    const unsigned char* const pixels = cairo_image_surface_get_data(surface);
    for (std::size_t y = 0; y < static_cast<std::size_t>(bitmap.height); ++y) {
        for (std::size_t x = 0; x < static_cast<std::size_t>(bitmap.width); ++x) {
            if (pixels[y * stride + x] >= black_from) {
                bitmap.bytes[y * bitmap.row_bytes() + x / 8] |=
                    static_cast<unsigned char>(0x80U >> x % 8);
            }
        }
    }
    return bitmap;
}

} // namespace

struct LabelsPen::Document {
    Canvas canvas;
    std::string bytes;
    std::string unwritable;
    Owned<cairo_surface_t> surface;
    Owned<cairo_t> cairo;
    // The document's own, so that they go with it: the thread's would stay to the end.
    Owned<PangoFontMap> fonts;
    Owned<PangoContext> words;
};

LabelsPen::LabelsPen(const Canvas& canvas, const std::string& title)
    : document_(std::make_unique<Document>()) {
    document_->canvas = canvas;
    document_->surface = surface_of(canvas, document_->bytes);
    cairo_surface_t* surface = document_->surface.get();
    if (canvas.format == reports::LabelsFormat::pdf) {
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
    }
    document_->cairo.reset(cairo_create(surface));
    check_cairo(cairo_status(document_->cairo.get()));
    if (canvas.format == reports::LabelsFormat::zpl) {
        const double dots_per_point = canvas.dpi / mm_per_inch / points_per_mm;
        cairo_scale(document_->cairo.get(), dots_per_point, dots_per_point);
    }
    document_->fonts.reset(pango_cairo_font_map_new());
    document_->words.reset(pango_font_map_create_context(document_->fonts.get()));
    print_exactly(*document_->words);
    pango_cairo_update_context(document_->cairo.get(), document_->words.get());
}

LabelsPen::LabelsPen(LabelsPen&&) noexcept = default;
LabelsPen& LabelsPen::operator=(LabelsPen&&) noexcept = default;
LabelsPen::~LabelsPen() = default;

double LabelsPen::write(const Box& box, std::string_view text, const Style& style) {
    if (text.empty()) {
        return 0;
    }
    cairo_t* cairo = document_->cairo.get();
    const Owned<PangoLayout> layout(pango_layout_new(document_->words.get()));
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    pango_layout_set_width(layout.get(), to_pango(box.width));
    pango_layout_set_height(layout.get(), to_pango(box.height));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    pango_layout_set_alignment(
        layout.get(),
        style.align == Align::centre  ? PANGO_ALIGN_CENTER
        : style.align == Align::right ? PANGO_ALIGN_RIGHT
                                      : PANGO_ALIGN_LEFT);
    double size = style.size;
    set_size(*layout, style, size);
    while (pango_layout_is_ellipsized(layout.get()) && size > style.smallest) {
        size = std::max(size * shrink_step, style.smallest);
        set_size(*layout, style, size);
    }
    if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0 && document_->unwritable.empty()) {
        document_->unwritable = text;
    }
    cairo_move_to(cairo, box.x * points_per_mm, box.y * points_per_mm);
    pango_cairo_show_layout(cairo, layout.get());
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    return from_pango(height);
}

double LabelsPen::height_of(double width, std::string_view text, const Style& style) const {
    if (text.empty()) {
        return 0;
    }
    const Owned<PangoLayout> layout(pango_layout_new(document_->words.get()));
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    pango_layout_set_width(layout.get(), to_pango(width));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    set_size(*layout, style, style.size);
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    return from_pango(height);
}

void LabelsPen::move(double x, double y) {
    cairo_translate(document_->cairo.get(), x * points_per_mm, y * points_per_mm);
}

double LabelsPen::module_of(double largest) const {
    if (document_->canvas.format != reports::LabelsFormat::zpl) {
        return largest;
    }
    const double dots_per_mm = document_->canvas.dpi / mm_per_inch;
    // The least error in counting must not cost a dot.
    return std::floor(largest * dots_per_mm + 0.01) / dots_per_mm;
}

void LabelsPen::draw(const Box& box, const SymbolDrawing& symbol) {
    cairo_t* cairo = document_->cairo.get();
    const double across = box.width * points_per_mm / symbol.width;
    const double down = box.height * points_per_mm / symbol.height;
    double left = box.x * points_per_mm;
    double top = box.y * points_per_mm;
    if (document_->canvas.format == reports::LabelsFormat::zpl) {
        // A module begins where a dot does.
        cairo_user_to_device(cairo, &left, &top);
        left = std::round(left);
        top = std::round(top);
        cairo_device_to_user(cairo, &left, &top);
    }
    // One path for all modules: where two touch, no viewer shows a light seam between them.
    for (const reports::ModuleRect& rect : symbol.dark) {
        cairo_rectangle(
            cairo,
            left + rect.x * across,
            top + rect.y * down,
            rect.width * across,
            rect.height * down);
    }
    cairo_fill(cairo);
}

void LabelsPen::outline(const Box& box) {
    cairo_t* cairo = document_->cairo.get();
    cairo_save(cairo);
    cairo_set_source_rgb(cairo, outline_grey, outline_grey, outline_grey);
    cairo_set_line_width(cairo, line_width);
    cairo_rectangle(
        cairo,
        box.x * points_per_mm,
        box.y * points_per_mm,
        box.width * points_per_mm,
        box.height * points_per_mm);
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

void LabelsPen::line(double x1, double y1, double x2, double y2) {
    cairo_t* cairo = document_->cairo.get();
    cairo_set_line_width(cairo, line_width);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_BUTT);
    cairo_move_to(cairo, x1 * points_per_mm, y1 * points_per_mm);
    cairo_line_to(cairo, x2 * points_per_mm, y2 * points_per_mm);
    cairo_stroke(cairo);
}

void LabelsPen::faint_line(double x1, double y1, double x2, double y2) {
    cairo_t* cairo = document_->cairo.get();
    cairo_save(cairo);
    cairo_set_source_rgb(cairo, outline_grey, outline_grey, outline_grey);
    line(x1, y1, x2, y2);
    cairo_restore(cairo);
}

void LabelsPen::end_page() {
    cairo_t* cairo = document_->cairo.get();
    if (document_->canvas.format != reports::LabelsFormat::zpl) {
        cairo_show_page(cairo);
        return;
    }
    document_->bytes += zpl_label(bitmap_of(document_->surface.get()));
    cairo_save(cairo);
    cairo_set_operator(cairo, CAIRO_OPERATOR_CLEAR);
    cairo_paint(cairo);
    cairo_restore(cairo);
}

const std::string& LabelsPen::unwritable() const {
    return document_->unwritable;
}

std::string LabelsPen::finish() {
    check_cairo(cairo_status(document_->cairo.get()));
    cairo_surface_finish(document_->surface.get());
    check_cairo(cairo_surface_status(document_->surface.get()));
    return std::move(document_->bytes);
}

} // namespace cartwatch::documents

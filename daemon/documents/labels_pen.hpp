// Draws words, symbols and lines onto pages, in millimetres from the top left corner. The only
// place with Pango and Cairo. Private to this room.
#pragma once

#include "daemon/reports/labels.hpp"
#include "daemon/reports/symbol.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace cartwatch::documents {

using reports::SymbolDrawing;

// A rectangle of a page, in millimetres.
struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

enum class Align { left, centre, right };

struct Style {
    double size = 0;     // of the letters, in millimetres
    double smallest = 0; // down to here they shrink until the text fits; then it ends in "…"
    bool bold = false;
    Align align = Align::left;
};

// The paper that is drawn on, and what becomes of the drawing.
struct Canvas {
    reports::LabelsFormat format = reports::LabelsFormat::pdf;
    double width = 0;
    double height = 0;
    int dpi = 0; // of ZPL
};

class LabelsPen {
public:
    // `title` is the document's, shown by viewers of PDF.
    LabelsPen(const Canvas& canvas, const std::string& title);
    LabelsPen(LabelsPen&&) noexcept;
    LabelsPen& operator=(LabelsPen&&) noexcept;
    LabelsPen(const LabelsPen&) = delete;
    LabelsPen& operator=(const LabelsPen&) = delete;
    ~LabelsPen();

    // Everything after this is moved right and down by so much.
    void move(double x, double y);

    // Words from the top of the box, wrapped; the height that they took, in millimetres.
    double write(const Box& box, std::string_view text, const Style& style);

    // The height that these words take in a box of this width and any height, in millimetres.
    [[nodiscard]] double height_of(double width, std::string_view text, const Style& style) const;

    // The side of a module that is at most so large and that this paper shows exactly: a printer of
    // dots makes every module of a symbol the same number of them.
    [[nodiscard]] double module_of(double largest) const;

    // The symbol with modules of that size (bars: as high as the box) in the box's top left corner;
    // quiet zones are outside of it.
    void draw(const Box& box, const SymbolDrawing& symbol);

    // A thin outline in grey: where a label's edge is.
    void outline(const Box& box);

    // A line in black, 0.2 mm wide, ends included.
    void line(double x1, double y1, double x2, double y2);

    // The same in grey: between the rows of a table.
    void faint_line(double x1, double y1, double x2, double y2);

    void end_page();

    // The first text with letters that no font has; empty: there was none.
    [[nodiscard]] const std::string& unwritable() const;

    // The whole document; nothing can be drawn after it. Throws where making it failed.
    [[nodiscard]] std::string finish();

private:
    struct Document;

    std::unique_ptr<Document> document_;
};

} // namespace cartwatch::documents

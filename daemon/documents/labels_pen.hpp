// Draws words and symbols onto the pages of a PDF, in millimetres from the top left corner. The
// only place with Pango and Cairo. Private to this room.
#pragma once

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

enum class Align { left, centre };

struct Style {
    double size = 0;     // of the letters, in millimetres
    double smallest = 0; // down to here they shrink until the text fits; then it ends in "…"
    bool bold = false;
    Align align = Align::left;
};

class LabelsPen {
public:
    // `title` is the document's, shown by viewers.
    explicit LabelsPen(const std::string& title);
    LabelsPen(LabelsPen&&) noexcept;
    LabelsPen& operator=(LabelsPen&&) noexcept;
    LabelsPen(const LabelsPen&) = delete;
    LabelsPen& operator=(const LabelsPen&) = delete;
    ~LabelsPen();

    // Words from the top of the box, wrapped; the height that they took, in millimetres.
    double write(const Box& box, std::string_view text, const Style& style);

    // The symbol's modules stretched over the box; quiet zones are outside of it.
    void draw(const Box& box, const SymbolDrawing& symbol);

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

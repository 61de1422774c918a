// One part of a workbook: unpacking, shared strings, which formats are dates. Private to this room.
#pragma once

#include "scanner/values/result.hpp"

#include <pugixml.hpp>

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::documents {

// A part as a tree. Refused where it is no XML, or would take more than workbook_marks_max leaves
// of memory. `name` is said in the refusal.
[[nodiscard]] Result<void>
parse_part(pugi::xml_document& document, const std::string& xml, const std::string& name);

class Workbook {
public:
    // Refused where the bytes are no archive or lack a sheet.
    [[nodiscard]] static Result<Workbook> open(std::string_view bytes);

    // The XML of a part, e.g. "xl/workbook.xml"; empty where the workbook has none such.
    [[nodiscard]] Result<std::string> part(const std::string& name) const;

    // The XML of the first sheet, in the order in which people see them.
    [[nodiscard]] Result<std::string> first_sheet() const;

    // Strings that cells name by number.
    [[nodiscard]] Result<std::vector<std::string>> shared_strings() const;

    // Numbers of the cell styles that show a date.
    [[nodiscard]] Result<std::set<int>> date_styles() const;

private:
    struct Archive;

    explicit Workbook(std::shared_ptr<Archive> archive) : archive_(std::move(archive)) {}

    std::shared_ptr<Archive> archive_;
};

} // namespace cartwatch::documents

#include "daemon/reports/sheet.hpp"

#include "daemon/reports/xlsx_reader.hpp"

namespace cartwatch::reports {

bool looks_like_workbook(std::string_view bytes) {
    return bytes.substr(0, 4) == "PK\x03\x04";
}

Result<imports::Table> read_sheet(std::string_view bytes) {
    return looks_like_workbook(bytes) ? read_xlsx(bytes) : read_csv(bytes);
}

} // namespace cartwatch::reports

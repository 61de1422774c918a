// Any file as a workbook: refused, or rows that each import takes or refuses with reasons.
#include "daemon/reports/xlsx_reader.hpp"
#include "tests/fuzz/imported_table.hpp"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    cartwatch::fuzz::require_imports_answer(cartwatch::reports::read_xlsx(bytes));
    return 0;
}

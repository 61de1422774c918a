#include "daemon/imports/import.hpp"
#include "daemon/readiness/limits.hpp"

namespace cartwatch::imports {

std::optional<SheetKind> parse_sheet_kind(std::string_view name) {
    return name == "products" ? std::optional(SheetKind::products)
           : name == "carts"  ? std::optional(SheetKind::carts)
           : name == "staff"  ? std::optional(SheetKind::staff)
                              : std::nullopt;
}

Events read_definitions(SheetKind kind, const Table& table) {
    if (table.rows.size() > readiness::definitions_max) { // before anything is compared
        const std::string limit = std::to_string(readiness::definitions_max);
        const int row = table.rows[readiness::definitions_max].number;
        return tl::make_unexpected(Faults{{row, "", "too_many_rows", {{"limit", limit}}}});
    }
    switch (kind) {
    case SheetKind::products:
        return read_products(table);
    case SheetKind::staff:
        return read_staff(table);
    case SheetKind::carts:
        break;
    }
    return read_carts(table);
}

} // namespace cartwatch::imports

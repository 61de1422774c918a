#include "daemon/imports/import.hpp"

namespace cartwatch::imports {

std::optional<SheetKind> parse_sheet_kind(std::string_view name) {
    return name == "products" ? std::optional(SheetKind::products)
           : name == "carts"  ? std::optional(SheetKind::carts)
           : name == "staff"  ? std::optional(SheetKind::staff)
                              : std::nullopt;
}

Events read_definitions(SheetKind kind, const Table& table) {
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

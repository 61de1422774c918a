#include "daemon/imports/import.hpp"
#include "daemon/imports/row_reader.hpp"
#include "scanner/values/text.hpp"

#include <set>

namespace cartwatch::imports {

using namespace readiness;

namespace {

const std::vector<Column> product_columns = {
    {"id", "品目编号", true},
    {"kind", "类别", true},
    {"name_zh", "名称", true},
    {"name_en", "英文名", false},
    {"pinyin", "拼音码", false},
    {"strength", "规格", false},
    {"form", "剂型", false},
    {"unit", "单位", true},
    {"high_alert", "高警示", false},
    {"controlled", "麻精", false},
    {"expires", "有无效期", false},
    {"lasa_group", "易混淆药品组", false, "看似听似组"},
    {"function", "临床功能", false},
    {"gtins", "商品条码", false},
    {"trace_prefixes", "追溯码标识", false},
    {"drug_codes", "药品本位码", false},
    {"udi", "器械标识", false},
    {"hospital_codes", "院内码", false},
    {"retired", "停用", false},
};

bool has_check_digit(const std::string& digits) {
    return gs1_check_digit(std::string_view(digits).substr(0, digits.size() - 1)) == digits.back();
}

// GTIN-8, -12, -13 and -14 are kept as 14 digits.
void read_gtins(RowReader& row, Product& product) {
    for (const std::string& part : row.parts("gtins")) {
        const bool length =
            part.size() == 8 || part.size() == 12 || part.size() == 13 || part.size() == 14;
        if (!is_all_digits(part) || !length) {
            row.fault_of("gtins", "gtin_length", part);
        } else if (!has_check_digit(part)) {
            row.fault_of("gtins", "check_digit", part);
        } else {
            product.identifiers.push_back(
                {IdentifierKind::gtin, std::string(14 - part.size(), '0') + part});
        }
    }
}

void read_identifiers(RowReader& row, Product& product) {
    read_gtins(row, product);
    for (const std::string& part : row.parts("trace_prefixes")) {
        if (part.size() != 7 || !is_all_digits(part) || part[0] != '8') {
            row.fault_of("trace_prefixes", "trace_prefix", part);
        }
        product.identifiers.push_back({IdentifierKind::drug_trace_prefix, part});
    }
    for (const std::string& part : row.parts("drug_codes")) {
        if (part.size() != 14 || !is_all_digits(part) || part.rfind("869", 0) != 0
            || !has_check_digit(part)) {
            row.fault_of("drug_codes", "drug_code", part);
        }
        product.identifiers.push_back({IdentifierKind::drug_code, part});
    }
    for (const std::string& part : row.parts("udi")) {
        product.identifiers.push_back({IdentifierKind::udi_di, part});
    }
    for (const std::string& part : row.parts("hospital_codes")) {
        product.identifiers.push_back({IdentifierKind::hospital, part});
    }
}

Product read_product(RowReader& row) {
    Product product;
    product.id = row.id("id");
    if (row.text("kind").empty()) {
        row.fault("kind", "choice_missing", {{"words", "drug, consumable, device"}});
    }
    product.kind = row.word<ProductKind>(
        "kind",
        {{"drug", ProductKind::drug},
         {"consumable", ProductKind::consumable},
         {"device", ProductKind::device},
         {"药品", ProductKind::drug},
         {"耗材", ProductKind::consumable},
         {"器械", ProductKind::device}},
        ProductKind::drug);
    product.name = {row.required("name_zh"), row.text("name_en")};
    product.pinyin = row.text("pinyin");
    product.strength = row.text("strength");
    product.form = row.text("form");
    product.unit = row.required("unit");
    product.high_alert = row.boolean("high_alert", false);
    product.controlled = row.boolean("controlled", false);
    product.expires = row.boolean("expires", true);
    product.lasa_group = row.text("lasa_group");
    product.function = row.function("function");
    read_identifiers(row, product);
    return product;
}

} // namespace

Events read_products(const Table& table) {
    Faults faults;
    const Layout layout(table, product_columns, faults);
    Definitions events;
    std::set<std::string> ids;
    std::map<std::pair<IdentifierKind, std::string>, std::string> owners;
    for (const Row& given : table.rows) {
        RowReader row(given, layout, faults);
        Product product = read_product(row);
        if (!product.id.empty() && !ids.insert(product.id).second) {
            row.fault_of("id", "row_twice", product.id);
        }
        for (const Identifier& identifier : product.identifiers) {
            const auto [owner, first] =
                owners.try_emplace({identifier.kind, identifier.value}, product.id);
            if (!first) {
                row.fault(
                    "",
                    "identifier_twice",
                    {{"value", quotable(identifier.value)}, {"owner", quotable(owner->second)}});
            }
        }
        const auto retired = row.said("retired");
        product.retired = retired.value_or(false);
        if (retired && !*retired) {
            events.in_use.insert(product.id);
        }
        events.emplace_back(ProductDefined{std::move(product)});
    }
    if (!faults.empty()) {
        return tl::make_unexpected(faults);
    }
    return events;
}

} // namespace cartwatch::imports

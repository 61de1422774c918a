#include "daemon/imports/device_tests.hpp"
#include "daemon/imports/import.hpp"
#include "daemon/imports/row_reader.hpp"
#include "daemon/readiness/device_tests.hpp"
#include "daemon/readiness/limits.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cartwatch::imports {

using namespace readiness;

namespace {

const std::vector<Column> cart_columns = {
    {"cart", "车号", true},
    {"cart_name_zh", "车名", true},
    {"cart_name_en", "车英文名", false},
    {"station", "站点号", true},
    {"station_name_zh", "站点", true},
    {"station_name_en", "站点英文名", false},
    {"station_phone", "电话", false},
    {"building", "楼", false},
    {"floor", "层", false},
    {"order", "顺序", false},
    {"neighbours", "邻近车", false},
    {"row", "行类", true},
    {"id", "行号", true},
    {"product", "品目编号", false},
    {"name_zh", "设备名", false},
    {"name_en", "设备英文名", false},
    {"position", "位置", false},
    {"par", "基数", false},
    {"critical", "急救必备", false},
    {"count_by", "清点", false},
    {"function", "临床功能", false},
    {"code", "资产编码", false},
    {"service_due", "保养到期", false},
    {"calibration_due", "校准到期", false},
    {"accessories", "附件", false},
    {"test", "测试项号", false},
    {"unit", "单位", false},
    {"least", "下限", false},
    {"most", "上限", false},
    {"selected", "设定值", false},
    {"tolerance_percent", "容差", false},
    {"interval_days", "周期天数", false},
    {"lot", "批号", false},
    {"last_usable_day", "有效期至", false},
    {"quantity", "现有", false},
    {"tag", "标签号", false},
    {"retired", "停用", false},
};

enum class RowKind { line, device, stock, test };

// A line or a device, by its place among those of its cart.
struct Part {
    RowKind kind = RowKind::line;
    std::size_t at = 0;
};

// The sheet as it is being read: carts in the order of their first row. What was read is found by
// its id, for a hospital's sheet has tens of thousands of rows.
struct CartSheet {
    std::vector<Station> stations;
    std::vector<Cart> carts;
    std::vector<StockRecorded> stock;
    std::map<std::string, std::size_t> station_at;
    std::map<std::string, std::size_t> cart_at;
    std::map<std::pair<std::string, std::string>, std::size_t> stock_at; // by cart and line
    std::set<std::array<std::string, 3>> lots;                           // by cart, line and lot
    std::map<std::pair<std::string, std::string>, Part> parts;           // of carts, by both ids
    std::set<std::array<std::string, 3>> tests;                          // by cart, device and test
    std::map<std::string, bool> retired;                                 // said so or not, by cart
};

Station& station_of(RowReader& row, CartSheet& sheet) {
    Station station;
    station.id = row.id("station");
    station.name = {row.required("station_name_zh"), row.text("station_name_en")};
    station.phone = row.text("station_phone");
    const auto [at, fresh] = sheet.station_at.emplace(station.id, sheet.stations.size());
    if (!fresh) {
        Station& known = sheet.stations[at->second];
        if (!(known == station)) {
            row.fault_of("station", "described_otherwise", station.id);
        }
        return known;
    }
    sheet.stations.push_back(std::move(station));
    return sheet.stations.back();
}

CartPlace place_of(RowReader& row) {
    CartPlace place;
    place.building = row.text("building");
    const std::string floor = row.text("floor");
    const auto number = parse_amount(floor);
    if (!floor.empty() && (!number || number->thousandths % 1'000 != 0)) {
        row.fault_of("floor", "floor_malformed", floor);
    } else if (number) {
        place.floor = number->thousandths / 1'000;
    }
    if (place.floor && (*place.floor < floor_range.low || *place.floor > floor_range.high)) {
        row.fault(
            "floor",
            "number_malformed",
            {{"value", quotable(floor)},
             {"low", std::to_string(floor_range.low)},
             {"high", std::to_string(floor_range.high)}});
    }
    if (!row.text("order").empty()) {
        place.order = row.integer("order", floor_order_range.low, floor_order_range.high);
    }
    place.neighbours = row.parts("neighbours");
    return place;
}

Cart& cart_of(RowReader& row, CartSheet& sheet) {
    const std::string id = row.id("cart");
    const CartPlace place = place_of(row);
    const Name name{row.required("cart_name_zh"), row.text("cart_name_en")};
    const std::string station = station_of(row, sheet).id;
    if (const auto retired = row.said("retired")) {
        const auto [said, first] = sheet.retired.emplace(id, *retired);
        if (!first && said->second != *retired) {
            row.fault_of("retired", "described_otherwise", id);
        }
    }
    const auto [at, fresh] = sheet.cart_at.emplace(id, sheet.carts.size());
    if (!fresh) {
        Cart& known = sheet.carts[at->second];
        if (!(known.name == name) || known.station != station || !(known.place == place)) {
            row.fault_of("cart", "described_otherwise", id);
        }
        return known;
    }
    Cart cart;
    cart.id = id;
    cart.name = name;
    cart.station = station;
    cart.place = place;
    sheet.carts.push_back(std::move(cart));
    return sheet.carts.back();
}

// "id:name:last usable day" each; the day may be left out.
std::vector<Accessory> accessories_of(RowReader& row) {
    std::vector<Accessory> accessories;
    for (const std::string& part : row.parts("accessories")) {
        const std::size_t first = part.find(':');
        const std::size_t last = part.rfind(':');
        Accessory accessory;
        if (first == std::string::npos || first == last) {
            row.fault_of("accessories", "accessory_malformed", part);
            continue;
        }
        accessory.id = part.substr(0, first);
        accessory.name.zh = part.substr(first + 1, last - first - 1);
        accessory.name.en = accessory.name.zh;
        accessory.last_usable_day = parse_day(part.substr(last + 1));
        if (!accessory.last_usable_day && last + 1 < part.size()) {
            row.fault_of("accessories", "accessory_date", part);
        }
        accessories.push_back(std::move(accessory));
    }
    return accessories;
}

void read_line(RowReader& row, Cart& cart) {
    Line line;
    line.id = row.id("id");
    line.tag = row.text("tag");
    line.product = row.id("product");
    line.position = row.text("position");
    line.par = row.integer("par", par_range.low, par_range.high);
    line.critical = row.boolean("critical", false);
    line.count_by = row.word<CountBy>(
        "count_by",
        {{"line", CountBy::line},
         {"unit", CountBy::unit},
         {"按行", CountBy::line},
         {"逐支", CountBy::unit}},
        CountBy::line);
    line.function = row.function("function");
    cart.lines.push_back(std::move(line));
}

void read_device(RowReader& row, Cart& cart) {
    Device device;
    device.id = row.id("id");
    device.tag = row.text("tag");
    device.code = row.text("code");
    device.name = {row.required("name_zh"), row.text("name_en")};
    device.position = row.text("position");
    device.critical = row.boolean("critical", false);
    device.function = row.function("function");
    device.service_due = row.day("service_due");
    device.calibration_due = row.day("calibration_due");
    device.accessories = accessories_of(row);
    cart.devices.push_back(std::move(device));
}

void read_stock(RowReader& row, const Cart& cart, CartSheet& sheet) {
    const std::string line = row.text("id");
    Holding holding;
    holding.lot = row.text("lot");
    holding.last_usable_day = row.day("last_usable_day");
    holding.quantity = row.integer("quantity", stock_range.low, stock_range.high);
    holding.evidence = Evidence::typed;
    if (!sheet.lots.insert({cart.id, line, holding.lot}).second) {
        row.fault("lot", "lot_twice");
    }
    const auto [at, fresh] = sheet.stock_at.emplace(std::pair(cart.id, line), sheet.stock.size());
    if (fresh) {
        sheet.stock.push_back({cart.id, line, {std::move(holding)}});
    } else {
        sheet.stock[at->second].holdings.push_back(std::move(holding));
    }
}

// A test belongs to a device of an earlier row.
void read_test(RowReader& row, Cart& cart, CartSheet& sheet) {
    const std::string id = row.text("id");
    const auto device = sheet.parts.find({cart.id, id});
    FunctionTest test = read_function_test(row);
    if (device == sheet.parts.end() || device->second.kind != RowKind::device) {
        row.fault_of("id", "no_such_device", id);
    } else if (!sheet.tests.insert({cart.id, id, test.id}).second) {
        row.fault_of("test", "test_twice", test.id);
    } else {
        cart.devices[device->second.at].tests.push_back(std::move(test));
    }
}

void read_row(RowReader& row, CartSheet& sheet) {
    Cart& cart = cart_of(row, sheet);
    if (row.text("row").empty()) {
        row.fault("row", "choice_missing", {{"words", "line, device, stock, test"}});
    }
    const auto kind = row.word<RowKind>(
        "row",
        {{"line", RowKind::line},
         {"device", RowKind::device},
         {"stock", RowKind::stock},
         {"test", RowKind::test},
         {"品目", RowKind::line},
         {"设备", RowKind::device},
         {"库存", RowKind::stock},
         {"测试", RowKind::test}},
        RowKind::line);
    const std::string id = row.text("id");
    if (kind == RowKind::stock) {
        const auto part = sheet.parts.find({cart.id, id});
        if (part == sheet.parts.end() || part->second.kind != RowKind::line) {
            row.fault_of("id", "no_such_line", id);
        }
        read_stock(row, cart, sheet);
        return;
    }
    if (kind == RowKind::test) {
        read_test(row, cart, sheet);
        return;
    }
    const std::size_t at = kind == RowKind::device ? cart.devices.size() : cart.lines.size();
    if (!id.empty() && !sheet.parts.emplace(std::pair(cart.id, id), Part{kind, at}).second) {
        row.fault_of("id", "on_cart_twice", id);
    }
    if (kind == RowKind::device) {
        read_device(row, cart);
    } else {
        read_line(row, cart);
        if (!row.text("lot").empty() || !row.text("quantity").empty()) {
            read_stock(row, cart, sheet);
        }
    }
}

} // namespace

Events read_carts(const Table& table) {
    Faults faults;
    const Layout layout(table, cart_columns, faults);
    CartSheet sheet;
    for (const Row& given : table.rows) {
        RowReader row(given, layout, faults);
        read_row(row, sheet);
    }
    if (!faults.empty()) {
        return tl::make_unexpected(faults);
    }
    Definitions events;
    for (Station& station : sheet.stations) {
        events.emplace_back(StationDefined{std::move(station)});
    }
    for (Cart& cart : sheet.carts) {
        if (const auto said = sheet.retired.find(cart.id); said != sheet.retired.end()) {
            cart.retired = said->second;
            if (!said->second) {
                events.in_use.insert(cart.id);
            }
        }
        events.emplace_back(CartDefined{std::move(cart)});
    }
    for (StockRecorded& stock : sheet.stock) {
        events.emplace_back(std::move(stock));
    }
    return events;
}

} // namespace cartwatch::imports

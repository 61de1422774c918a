#include "daemon/imports/device_tests.hpp"
#include "daemon/imports/import.hpp"
#include "daemon/imports/row_reader.hpp"
#include "daemon/readiness/device_tests.hpp"
#include "daemon/readiness/limits.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
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
    {"critical", "关键", false},
    {"count_by", "清点", false},
    {"function", "临床功能", false},
    {"code", "资产编码", false},
    {"service_due", "保养到期", false},
    {"calibration_due", "校准到期", false},
    {"accessories", "附件", false},
    {"test", "检测项号", false},
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
};

enum class RowKind { line, device, stock, test };

// The sheet as it is being read: carts in the order of their first row.
struct CartSheet {
    std::vector<Station> stations;
    std::vector<Cart> carts;
    std::vector<StockRecorded> stock;
};

Station& station_of(RowReader& row, CartSheet& sheet) {
    Station station;
    station.id = row.id("station");
    station.name = {row.required("station_name_zh"), row.text("station_name_en")};
    station.phone = row.text("station_phone");
    for (Station& known : sheet.stations) {
        if (known.id == station.id) {
            if (!(known == station)) {
                row.fault_of("station", "described_otherwise", station.id);
            }
            return known;
        }
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
    for (Cart& known : sheet.carts) {
        if (known.id == id) {
            if (!(known.name == name) || known.station != station || !(known.place == place)) {
                row.fault_of("cart", "described_otherwise", id);
            }
            return known;
        }
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
    for (StockRecorded& known : sheet.stock) {
        if (known.cart == cart.id && known.line == line) {
            const bool twice = std::any_of(
                known.holdings.begin(), known.holdings.end(), [&](const Holding& other) {
                    return other.lot == holding.lot;
                });
            if (twice) {
                row.fault("lot", "lot_twice");
            }
            known.holdings.push_back(std::move(holding));
            return;
        }
    }
    sheet.stock.push_back({cart.id, line, {std::move(holding)}});
}

// A test belongs to a device of an earlier row.
void read_test(RowReader& row, Cart& cart) {
    const std::string id = row.text("id");
    const auto device = std::find_if(
        cart.devices.begin(), cart.devices.end(), [&](const Device& d) { return d.id == id; });
    FunctionTest test = read_function_test(row);
    if (device == cart.devices.end()) {
        row.fault_of("id", "no_such_device", id);
    } else if (find_test(*device, test.id) != nullptr) {
        row.fault_of("test", "test_twice", test.id);
    } else {
        device->tests.push_back(std::move(test));
    }
}

bool has_line(const Cart& cart, const std::string& id) {
    return std::any_of(
        cart.lines.begin(), cart.lines.end(), [&](const Line& line) { return line.id == id; });
}

void read_row(
    RowReader& row, std::set<std::pair<std::string, std::string>>& ids, CartSheet& sheet) {
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
         {"检测", RowKind::test}},
        RowKind::line);
    const std::string id = row.text("id");
    if (kind == RowKind::stock) {
        if (!has_line(cart, id)) {
            row.fault_of("id", "no_such_line", id);
        }
        read_stock(row, cart, sheet);
        return;
    }
    if (kind == RowKind::test) {
        read_test(row, cart);
        return;
    }
    if (!id.empty() && !ids.insert({cart.id, id}).second) {
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
    std::set<std::pair<std::string, std::string>> ids;
    for (const Row& given : table.rows) {
        RowReader row(given, layout, faults);
        read_row(row, ids, sheet);
    }
    if (!faults.empty()) {
        return tl::make_unexpected(faults);
    }
    std::vector<Event> events;
    for (Station& station : sheet.stations) {
        events.emplace_back(StationDefined{std::move(station)});
    }
    for (Cart& cart : sheet.carts) {
        events.emplace_back(CartDefined{std::move(cart)});
    }
    for (StockRecorded& stock : sheet.stock) {
        events.emplace_back(std::move(stock));
    }
    return events;
}

} // namespace cartwatch::imports

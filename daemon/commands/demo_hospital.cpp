#include "daemon/commands/demo_hospital.hpp"

#include "daemon/commands/import.hpp"
#include "daemon/imports/row_reader.hpp"
#include "daemon/readiness/controls.hpp"
#include "daemon/reports/sheet.hpp"
#include "scanner/values/ensure.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <ostream>

namespace cartwatch::commands {

using namespace readiness;

namespace {

struct StockRow {
    std::string cart;
    std::string line; // a line, or an accessory of a device
    std::string lot;
    int expires_in_days = 0; // from the day of the first start; may be negative
    int quantity = 0;
};

// The example's own sheet, not one that people fill in: a fault in it is a broken program.
std::vector<StockRow> read_stock(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    ensure(stream.good(), "the example's stock.csv can be read");
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    const auto table = reports::read_csv(bytes);
    ensure(table.has_value(), "the example's stock.csv is a sheet");
    std::vector<StockRow> rows;
    for (const imports::Row& row : table->rows) {
        ensure(row.cells.size() == 5, "a stock row has five cells");
        rows.push_back(
            {row.cells[0],
             row.cells[1],
             row.cells[2],
             std::stoi(row.cells[3]),
             std::stoi(row.cells[4])});
    }
    return rows;
}

void date_accessories(Cart& cart, const std::vector<StockRow>& stock, Day today) {
    for (Device& device : cart.devices) {
        for (Accessory& accessory : device.accessories) {
            for (const StockRow& row : stock) {
                if (row.cart == cart.id && row.line == accessory.id) {
                    accessory.last_usable_day = today + std::chrono::days{row.expires_in_days};
                }
            }
        }
    }
}

void add_stock(std::vector<Event>& events, const std::vector<StockRow>& stock, Day today) {
    std::vector<Event> recorded;
    for (Event& event : events) {
        auto* defined = std::get_if<CartDefined>(&event);
        if (!defined) {
            continue;
        }
        date_accessories(defined->cart, stock, today);
        for (const Line& line : defined->cart.lines) {
            StockRecorded opening{defined->cart.id, line.id, {}};
            for (const StockRow& row : stock) {
                if (row.cart == defined->cart.id && row.line == line.id) {
                    Holding holding;
                    holding.lot = row.lot;
                    holding.last_usable_day = today + std::chrono::days{row.expires_in_days};
                    holding.quantity = row.quantity;
                    opening.holdings.push_back(std::move(holding));
                }
            }
            if (!opening.holdings.empty()) {
                recorded.emplace_back(std::move(opening));
            }
        }
    }
    std::move(recorded.begin(), recorded.end(), std::back_inserter(events));
}

bool fill(
    const DemoHospital& hospital,
    const config::Common& config,
    const node::Role& role,
    std::ostream& err) {
    const auto calendar = clock::Calendar::of_zone(config.time_zone);
    ensure(calendar.has_value(), "the demo's time zone exists");
    node::LocalLedger ledger(config, role, *calendar);
    if (ledger.ledger().head(config.node).seq > 0) {
        return true;
    }
    const bool ward = role.role == web::NodeRole::ward;
    for (const std::string what : {"products", "staff", "carts"}) {
        if (what == "carts" && !ward) {
            continue;
        }
        auto events = read_definitions(what, hospital.sheets / (what + ".csv"), err);
        if (!events) {
            return false;
        }
        if (what == "carts") {
            add_stock(
                *events,
                read_stock(hospital.sheets / "stock.csv"),
                calendar->day_of(clock::system_now()));
        }
        if (!define(ledger, std::move(*events), err)) {
            return false;
        }
    }
    return true;
}

std::string yymmdd(Day day) {
    const std::string text = to_text(day);
    return text.substr(2, 2) + text.substr(5, 2) + text.substr(8, 2);
}

// What the code on a pack of this holding says.
std::string pack_code(const Product& product, const Holding& holding) {
    for (const Identifier& identifier : product.identifiers) {
        if (identifier.kind == IdentifierKind::gtin) {
            return "]d201" + identifier.value
                   + (holding.last_usable_day ? "17" + yymmdd(*holding.last_usable_day) : "")
                   + (holding.lot.empty() ? "" : "10" + holding.lot);
        }
    }
    return {};
}

void write_cart(const NodeState& node, const Cart& cart, std::ostream& out) {
    out << "\n# " << cart.id << ' ' << cart.name.zh << " (" << cart.name.en << ")\n"
        << cart.tag << "\tcart\n";
    for (const Line& line : cart.lines) {
        const Product& product = node.products.at(line.product);
        out << line.tag << "\tslot of " << line.id << ' ' << product.name.zh << '\n';
        for (const Holding& holding : line.holdings) {
            out << pack_code(product, holding) << "\tpack of " << line.id << ' ' << product.name.zh
                << ", " << holding.quantity << ' ' << product.unit << '\n';
        }
    }
    for (const Device& device : cart.devices) {
        out << device.tag << "\tdevice " << device.id << ' ' << device.name.zh << '\n';
    }
}

} // namespace

bool fill_demo_hospital(const DemoHospital& hospital, std::ostream& err) {
    const node::Role ward{
        web::NodeRole::ward, hospital.ward.pharmacy_node, hospital.ward.tag_block};
    const node::Role pharmacy{web::NodeRole::pharmacy, hospital.pharmacy.node, 0};
    return fill(hospital, hospital.ward, ward, err)
           && fill(hospital, hospital.pharmacy, pharmacy, err);
}

void write_scan_list(const DemoHospital& hospital, std::ostream& out) {
    auto store = store::Store::open(
        node::store_file(hospital.ward),
        store::Identity{hospital.ward.node, hospital.ward.pharmacy_node});
    const State state = store.load();
    const NodeState& node = node_of(state, hospital.ward.node);

    out << "# commands\n";
    for (const ControlCode code : control_codes()) {
        out << codes::own_tag(codes::TagType::command, static_cast<int>(code)) << '\t'
            << to_text(code) << '\n';
    }
    out << "\n# staff\n";
    for (const auto& [id, person] : node.staff) {
        out << person.badge << '\t' << person.name << ' ' << id << '\n';
    }
    for (const auto& [id, cart] : node.carts) {
        write_cart(node, cart, out);
    }
}

} // namespace cartwatch::commands

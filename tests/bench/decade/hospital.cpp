#include "tests/bench/decade/hospital.hpp"

#include "daemon/readiness/lookup.hpp"
#include "tests/support/builders.hpp"

#include <algorithm>
#include <stdexcept>

namespace cartwatch::decade {

using namespace readiness;
using std::chrono::days;
using support::a_control;
using support::a_gs1_scan;
using support::a_scan;

namespace {

constexpr int products = 90;
constexpr int nurses = 6;
constexpr int functions = 5;
constexpr const char* function_names[functions] = {
    "airway", "breathing", "circulation", "drugs", "other"};

std::string product_id(int number) {
    return "product-" + std::to_string(number);
}

Product product_of(int number) {
    Product product =
        support::a_product(product_id(number))
            .named("急救药品 " + std::to_string(number), "Product " + std::to_string(number))
            .strength("1 mg/1 mL")
            .gtin(support::gtin_of(number));
    product.function = function_names[number % functions];
    product.high_alert = number % 9 == 0;
    product.controlled = number % 45 == 7;
    return product;
}

std::string ward_name(int number) {
    return "ward-" + std::to_string(number);
}

} // namespace

Hospital::Hospital(const Size& size, Node::Taker taker)
    : size_(size), random_(size.seed), taker_(std::move(taker)) {
    pharmacy_ = std::make_unique<Node>(
        pharmacy_name, pharmacy_name, 0, [this](const store::Item& item) { send_to_wards(item); });
    define_pharmacy(first_day);
    for (int carts = 0, ward = 0; carts < size_.carts; ++ward, carts += size_.carts_a_ward) {
        WardLife life;
        life.node = std::make_unique<Node>(
            ward_name(ward), pharmacy_name, ward + 1, [this](const store::Item& item) {
                pharmacy_->receive(item);
                taker_(item);
            });
        define_ward(life, ward, std::min(size_.carts_a_ward, size_.carts - carts), first_day);
        wards_.push_back(std::move(life));
    }
}

// What is about one ward goes to that ward alone: the others would read past it.
void Hospital::send_to_wards(const store::Item& item) {
    for (WardLife& ward : wards_) {
        if (answering_ == nullptr || ward.node.get() == answering_) {
            ward.node->receive(item);
        }
    }
    taker_(item);
}

void Hospital::define_pharmacy(Day today) {
    pharmacy_->set_time(time_of(today, 0, 1));
    Policy policy;
    policy.sealed_interval_days = 1;
    Define define;
    define.actor = "system";
    define.events = {
        StaffDefined{support::a_person("P1", Role::pharmacist)},
        StaffDefined{support::a_person("A1", Role::administrator)},
        PolicyChanged{policy}};
    pharmacy_->run(define);
}

Cart Hospital::listed(const std::string& id) const {
    Cart cart = support::a_cart(id);
    cart.station = "S";
    for (int number = 0; number < size_.lines; ++number) {
        const std::string product = product_id(number % products);
        Line line = support::a_line(product, "l" + std::to_string(number)).par(1 + number % 5);
        line.critical = number % 6 == 0;
        line.function = function_names[number % functions];
        line.position = std::to_string(number / 12 + 1) + "-" + std::to_string(number % 12 + 1);
        cart.lines.push_back(std::move(line));
    }
    Device defibrillator = support::a_device("defib").critical();
    defibrillator.name = {"除颤仪", "Defibrillator"};
    cart.devices.push_back(std::move(defibrillator));
    cart.devices.push_back(support::a_device("suction"));
    return cart;
}

void Hospital::define_ward(WardLife& ward, int number, int carts, Day today) {
    Node& node = *ward.node;
    node.set_time(time_of(today, 0, 2));
    Define define;
    define.actor = "system";
    Station station;
    station.id = "S";
    station.name = {"病区 " + std::to_string(number), "Ward " + std::to_string(number)};
    define.events.emplace_back(StationDefined{station});
    for (int product = 0; product < products; ++product) {
        define.events.emplace_back(ProductDefined{product_of(product)});
    }
    for (int nurse = 1; nurse <= nurses; ++nurse) {
        define.events.emplace_back(
            StaffDefined{support::a_person("N" + std::to_string(nurse), Role::nurse)});
    }
    for (int cart = 0; cart < carts; ++cart) {
        CartLife life;
        life.id = "W" + std::to_string(number) + "-" + std::to_string(cart);
        life.weekday = cart % 7;
        life.next_seal = (number * size_.carts_a_ward + cart) * 10'000 + 1;
        const Cart list = listed(life.id);
        define.events.emplace_back(CartDefined{list});
        for (const Line& line : list.lines) {
            const Pack pack = fresh_pack(line.product, today);
            Holding holding;
            holding.lot = pack.lot;
            holding.last_usable_day = pack.last_usable_day;
            holding.quantity = line.par;
            define.events.emplace_back(StockRecorded{life.id, line.id, {holding}});
        }
        ward.carts.push_back(std::move(life));
    }
    node.run(define);
}

void Hospital::live(Day today) {
    pharmacy_->set_time(time_of(today, 0, 5));
    pharmacy_->run(JudgeDay{});
    for (WardLife& ward : wards_) {
        live(ward, today);
    }
}

void Hospital::live(WardLife& ward, Day today) {
    Node& node = *ward.node;
    node.set_time(time_of(today, 0, 5));
    node.run(JudgeDay{});
    const int weekday = static_cast<int>((today - first_day).count() % 7);
    for (CartLife& cart : ward.carts) {
        if (cart.weekday == weekday) {
            // One check in thirty is late by a day or two, one in a hundred is left out.
            const int late = one_in(30) ? number(1, 2) : 0;
            cart.late_days = one_in(100) ? 7 : late;
        }
    }
    node.set_time(time_of(today, 8, number(0, 59)));
    for (CartLife& cart : ward.carts) {
        const int due = (cart.weekday + cart.late_days) % 7;
        const bool is_due = cart.late_days < 7 && due == weekday;
        if (is_due || needs_check_now(node, cart)) {
            check_whole(ward, cart, today);
        } else {
            check_seal(ward, cart);
        }
    }
    node.set_time(time_of(today, 14, number(0, 59)));
    for (CartLife& cart : ward.carts) {
        if (one_in(60)) {
            use(ward, cart, today);
        }
    }
    answer_alerts(ward, today);
}

Command Hospital::badge(const Node& node, int number) const {
    return a_scan(node.own().staff.at("N" + std::to_string(number)).badge);
}

Command Hospital::scan_of(const Pack& pack) const {
    return a_gs1_scan(pack.gtin).lot(pack.lot).expiry(to_text(pack.last_usable_day));
}

Hospital::Pack Hospital::fresh_pack(const std::string& product, Day today) {
    const int number_of = std::stoi(product.substr(product.find('-') + 1));
    // A pharmacy has one lot of a product at a time, a quarter long.
    const auto quarter = (today - first_day).count() / 91;
    const int life = 400 + number_of * 37 % 500;
    Pack pack;
    pack.gtin = support::gtin_of(number_of);
    pack.lot = "L" + std::to_string(quarter) + "P" + std::to_string(number_of);
    pack.last_usable_day = first_day + days(quarter * 91 + life);
    return pack;
}

int Hospital::number(int low, int high) {
    const auto span = static_cast<std::uint64_t>(high - low) + 1;
    return low + static_cast<int>(random_() % span);
}

bool Hospital::one_in(int times) {
    return number(1, times) == 1;
}

} // namespace cartwatch::decade

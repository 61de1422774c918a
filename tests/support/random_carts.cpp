#include "tests/support/random_carts.hpp"

namespace cartwatch::support {

using namespace readiness;
using std::chrono::days;

int RandomCarts::number(int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random_);
}

bool RandomCarts::one_in(int times) {
    return number(1, times) == 1;
}

std::string RandomCarts::pick(const std::vector<std::string>& pool) {
    return pool[static_cast<std::size_t>(number(0, static_cast<int>(pool.size()) - 1))];
}

std::optional<Day> RandomCarts::date() {
    static const std::vector<int> edges = {-400, -1, 0, 1, 2, 6, 7, 8, 29, 30, 31, 90, 180, 3000};
    if (one_in(8)) {
        return std::nullopt;
    }
    const int edge = edges[static_cast<std::size_t>(number(calm_ ? 2 : 0, 13))];
    return today_ + days(edge + (edge > 2 ? number(-1, 1) : 0));
}

Line RandomCarts::line(const std::string& id) {
    Line made;
    made.id = id;
    made.product = pick({"p1", "p2", "p3"});
    made.par = number(0, 5);
    made.critical = one_in(2);
    made.function = pick({"", "airway", "drugs"});
    int held = 0;
    for (const std::string lot : {"", "A", "B"}) {
        if (one_in(2)) {
            Holding holding;
            holding.lot = lot;
            holding.last_usable_day = date();
            holding.quantity = number(0, 5);
            holding.damaged = one_in(calm_ ? 40 : 4) ? number(0, holding.quantity) : 0;
            holding.product = one_in(calm_ ? 8 : 3) ? pick({"p1", "s"}) : "";
            held += holding.quantity;
            made.holdings.push_back(std::move(holding));
        }
    }
    made.par = calm_ ? number(0, held) : made.par;
    return made;
}

Device RandomCarts::device(const std::string& id) {
    Device made;
    made.id = id;
    made.critical = one_in(2);
    made.function = pick({"", "circulation", "airway"});
    if (!one_in(calm_ ? 30 : 5)) {
        made.last_test = DeviceTest{today_ - days(number(-1, calm_ ? 7 : 9)), true};
        made.last_test->passed = !one_in(calm_ ? 30 : 4);
    }
    if (one_in(2)) {
        made.service_due = date();
    }
    if (one_in(3)) {
        made.calibration_due = date();
    }
    if (one_in(3)) {
        made.tests = {test("t1"), test("t2")};
    }
    for (const char* part : {"pads", "cable"}) {
        if (one_in(2)) {
            made.accessories.push_back({id + "-" + part, {}, date()});
        }
    }
    return made;
}

FunctionTest RandomCarts::test(const std::string& id) {
    FunctionTest made;
    made.id = id;
    made.critical = one_in(2);
    if (one_in(2)) {
        made.interval_days = number(1, 40);
    }
    if (one_in(2)) {
        made.unit = TestUnit::joule;
        if (one_in(2)) {
            made.selected = Amount{number(0, 3) * 33'333 + 200'000};
            made.tolerance_percent = number(0, 3) * 5;
        }
        if (one_in(2) || !made.selected) {
            made.least = Amount{number(170, 180) * 1'000};
        }
        if (one_in(2)) {
            made.most = Amount{number(220, 240) * 1'000};
        }
    }
    if (!one_in(calm_ ? 30 : 5)) {
        TestResult result;
        result.on = today_ - days(number(-1, made.interval_days.value_or(calm_ ? 7 : 9) + 1));
        result.passed = !one_in(calm_ ? 30 : 5);
        if (made.unit && !one_in(8)) {
            // Mostly in order, and often at a limit to the thousandth.
            result.value = Amount{number(160, 260) * 1'000};
            if (made.selected && one_in(2)) {
                const int edge = made.selected->thousandths / 100
                                 * (100 + (one_in(2) ? 1 : -1) * made.tolerance_percent);
                result.value = Amount{edge + number(-2, 40)};
            }
        }
        made.last = result;
    }
    return made;
}

Substitution RandomCarts::substitution() {
    Substitution made;
    made.product = pick({"p1", "p2", "p3"});
    made.substitute = pick({"p1", "s"});
    made.until = date().value_or(today_);
    made.cart = pick({"", "", "c", "d"});
    made.line = pick({"", "", "l9", "l8"});
    return made;
}

AskedCart RandomCarts::next() {
    AskedCart made;
    // Leap days and the ends of years are days like any other.
    const Day start = std::chrono::sys_days(std::chrono::year{2024} / 2 / 20);
    today_ = start + days(number(0, 1'200));
    calm_ = one_in(2);
    made.today = today_;
    made.policy.check_interval_days = number(1, 9);
    made.policy.delivery_days = number(0, 3);
    made.policy.near_expiry_days.resize(static_cast<std::size_t>(number(0, 3)));
    for (int& band : made.policy.near_expiry_days) {
        band = number(0, 3) * 30;
    }
    made.cart.id = "c";
    if (!one_in(calm_ ? 30 : 6)) {
        made.cart.last_full_check = today_ - days(number(-1, calm_ ? 7 : 10));
    }
    if (one_in(2)) {
        made.cart.seal = Seal{"1", !one_in(calm_ ? 20 : 3)};
    }
    const int lines = number(0, 4);
    for (int i = 0; i < lines; ++i) {
        made.cart.lines.push_back(line("l" + std::to_string(9 - i)));
    }
    const int devices = number(0, 2);
    for (int i = 0; i < devices; ++i) {
        made.cart.devices.push_back(device("k" + std::to_string(i) + pick({"", "z"})));
    }
    const int words = number(0, 6);
    for (int i = 0; i < words; ++i) {
        made.substitutions.push_back(substitution());
    }
    if (one_in(calm_ ? 10 : 3)) {
        made.recalls.push_back({pick({"p1", "p2", "s", "other"}), pick({"", "A", "B", "C"})});
    }
    return made;
}

} // namespace cartwatch::support

// Years of a large hospital, day by day: wards whose nurses check every cart each week and its seal
// every day, use carts, find what is short or expired, and a pharmacy that sends what is asked for.
// The same seed gives the same years, byte for byte.
#pragma once

#include "tests/bench/decade/node.hpp"

#include <memory>
#include <random>
#include <string>
#include <vector>

namespace cartwatch::decade {

struct Size {
    int carts = 1'000;
    int carts_a_ward = 20;
    int lines = 60;
    int years = 10;
    std::uint64_t seed = 1;
};

inline constexpr const char* pharmacy_name = "pharmacy";

// The first day that anything happens on.
inline constexpr Day first_day = std::chrono::sys_days(std::chrono::year_month_day(
    std::chrono::year(2016), std::chrono::month(1), std::chrono::day(1)));

class Hospital {
public:
    // Entries of every node in the order in which the pharmacy has them are handed to `taker`.
    Hospital(const Size& size, Node::Taker taker);

    // Everything that happens on that day; days come in order.
    void live(Day today);

    // The pharmacy's.
    [[nodiscard]] const readiness::State& state() const {
        return pharmacy_->state();
    }

private:
    // What a cart is about to go through.
    struct CartLife {
        std::string id;
        int weekday = 0;   // 0 to 6: when its full check is due
        int late_days = 0; // how long this week's is put off
        bool used = false; // in an emergency, and not checked since
        int next_seal = 0; // digits of its next seal's number
    };

    struct WardLife {
        std::unique_ptr<Node> node;
        std::vector<CartLife> carts;
    };

    // One pack that is there to be scanned.
    struct Pack {
        std::string gtin;
        std::string lot;
        Day last_usable_day;
    };

    void send_to_wards(const store::Item& item);
    void define_pharmacy(Day today);
    void define_ward(WardLife& ward, int number, int carts, Day today);
    [[nodiscard]] readiness::Cart listed(const std::string& id) const;

    void live(WardLife& ward, Day today);
    void check_whole(WardLife& ward, CartLife& cart, Day today);
    void check_line(Node& node, const std::string& cart, std::size_t line, Day today);
    void take_out_expired(Node& node, const readiness::Line& line, Day today);
    void check_seal(WardLife& ward, const CartLife& cart);
    void use(WardLife& ward, CartLife& cart, Day today);
    [[nodiscard]] static bool needs_check_now(const Node& node, const CartLife& cart);
    void put_in(Node& node, const readiness::Alert& alert, Day today);
    void answer_alerts(WardLife& ward, Day today);
    void close(Node& node, CartLife& cart);
    void sign(Node& node, const std::string& cart);

    [[nodiscard]] Pack fresh_pack(const std::string& product, Day today);
    [[nodiscard]] readiness::Command scan_of(const Pack& pack) const;
    [[nodiscard]] readiness::Command badge(const Node& node, int number) const;
    [[nodiscard]] int number(int low, int high);
    [[nodiscard]] bool one_in(int times);

    Size size_;
    std::mt19937_64 random_;
    Node::Taker taker_;
    std::unique_ptr<Node> pharmacy_;
    std::vector<WardLife> wards_;
    const Node* answering_ = nullptr; // the ward that the pharmacy has to do with; nullptr: all
};

} // namespace cartwatch::decade

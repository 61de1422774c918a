#include "daemon/exports/expiry.hpp"

#include "daemon/readiness/evaluate.hpp"

#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace cartwatch::exports {

using namespace figures;
using std::chrono::days;

namespace {

// Judges holdings by what their node and the pharmacy said.
class Judge {
public:
    Judge(store::Reader& reader, Day today) : state_(reader.standards()), today_(today) {}

    readiness::HoldingWorth worth(const store::StockReport& stock) {
        const auto [place, is_new] = words_.try_emplace(stock.node);
        auto& [recalls, substitutions] = place->second;
        if (is_new) {
            recalls = recalls_for(state_, stock.node);
            substitutions = substitutions_for(state_, stock.node);
        }
        const auto of_cart = substitutions_on(substitutions, stock.cart);
        return worth_of(stock.line, *stock.holding, recalls, today_, of_cart);
    }

private:
    using Words = std::pair<std::vector<readiness::Recall>, std::vector<readiness::Substitution>>;

    readiness::State state_;
    Day today_;
    std::map<std::string, Words> words_;
};

// Node, cart, line, product.
using LineName = std::tuple<std::string, std::string, std::string, std::string>;

std::map<LineName, int> units_used(store::Reader& reader, const RotationTerms& terms) {
    std::map<LineName, int> used;
    reader.used_units(
        {terms.today - days(terms.use_days), terms.today}, [&](const store::UsedReport& report) {
            used[{report.node, report.cart, report.line, report.product}] = report.units;
        });
    return used;
}

bool is_substitute(const store::StockReport& stock) {
    return !stock.holding->product.empty() && stock.holding->product != stock.line.product;
}

void take_stock(store::Reader& reader, RotationPlan& plan) {
    const auto used = units_used(reader, plan.terms);
    Judge judge(reader, plan.terms.today);
    reader.stock([&](const store::StockReport& stock) {
        const CartName cart{stock.node, stock.cart};
        const bool same = !plan.lines.empty() && plan.lines.back().cart == cart
                          && plan.lines.back().line == stock.line.id;
        if (!same) {
            const auto known =
                used.find({stock.node, stock.cart, stock.line.id, stock.line.product});
            plan.lines.push_back(
                {cart,
                 stock.line.id,
                 stock.line.product,
                 stock.line.par,
                 {},
                 known == used.end() ? 0 : known->second});
            plan.words.push_back(stock);
            plan.words.back().holding.reset();
        }
        if (!stock.holding || is_substitute(stock)) {
            return;
        }
        if (const int usable = judge.worth(stock).usable; usable > 0) {
            plan.lines.back().lots.push_back(
                {stock.holding->lot, stock.holding->last_usable_day, usable});
        }
    });
}

} // namespace

RotationPlan rotation_plan(store::Reader& reader, const RotationTerms& terms) {
    RotationPlan plan;
    plan.terms = terms;
    take_stock(reader, plan);
    plan.unused = unused_lots(plan.lines, terms);
    plan.swaps = rotation_of(plan.lines, terms);
    return plan;
}

void for_each_expiring(
    store::Reader& reader,
    const RotationTerms& terms,
    const std::function<void(const ExpiringLot&)>& sink) {
    RotationPlan plan;
    plan.terms = terms;
    take_stock(reader, plan);
    using LotName = std::tuple<CartName, std::string, std::string>;
    std::map<LotName, int> unused;
    for (const UnusedLot& one : unused_lots(plan.lines, terms)) {
        const RestingLine& line = plan.lines[one.line];
        unused[{line.cart, line.line, one.lot.lot}] = one.unused;
    }
    Judge judge(reader, terms.today);
    const Day last = terms.today + days(terms.horizon_days);
    reader.stock_expiring(last, "", "", [&](const store::StockReport& stock) {
        const readiness::HoldingWorth worth = judge.worth(stock);
        if (const int units = worth.usable + worth.expired; units > 0) {
            ExpiringLot lot{stock, units, {}};
            if (worth.usable > 0 && !is_substitute(stock)) {
                const auto known =
                    unused.find({{stock.node, stock.cart}, stock.line.id, stock.holding->lot});
                lot.unused = known == unused.end() ? 0 : known->second;
            }
            sink(lot);
        }
        return true;
    });
}

} // namespace cartwatch::exports

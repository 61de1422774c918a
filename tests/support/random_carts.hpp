// Carts made from a seed: every date stands at, just before or just after something that counts, so
// that a few thousand of them meet every boundary of the judgement.
#pragma once

#include "daemon/readiness/cart.hpp"
#include "daemon/readiness/policy.hpp"
#include "daemon/readiness/substitution.hpp"

#include <random>
#include <string>
#include <vector>

namespace cartwatch::support {

// One question to the judgement.
struct AskedCart {
    readiness::Cart cart;
    readiness::Policy policy;
    std::vector<readiness::Recall> recalls;
    std::vector<readiness::Substitution> substitutions;
    Day today;
};

class RandomCarts {
public:
    explicit RandomCarts(unsigned seed) : random_(seed) {}

    AskedCart next();

private:
    int number(int least, int most);
    bool one_in(int times);
    std::string pick(const std::vector<std::string>& pool);
    std::optional<Day> date();
    readiness::Line line(const std::string& id);
    readiness::Substitution substitution();
    readiness::Device device(const std::string& id);
    readiness::FunctionTest test(const std::string& id);

    std::mt19937 random_;
    Day today_;
    bool calm_ = false; // nothing is wrong but by chance: such carts are ready
};

} // namespace cartwatch::support

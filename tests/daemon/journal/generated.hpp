// Events made from a seed, for properties: every kind, with values from small pools, so that a
// sequence of them often fits together (a step of a check that is open) and often does not.
#pragma once

#include "daemon/readiness/event.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <vector>

namespace cartwatch::generated {

// How wild the values are.
enum class Texts {
    plain, // ids from the pools only
    wild,  // also control characters, quotes, Chinese, emoji, long texts
};

class Events {
public:
    explicit Events(unsigned seed, Texts texts = Texts::plain);

    // An event of any kind.
    readiness::Event any();

    // The kinds one after the other, so that a run of kind_count() covers each.
    readiness::Event of_kind(std::size_t index);

    static std::size_t kind_count();

    // One that a pharmacy's journal would hold, about this node's alerts.
    readiness::Event of_pharmacy(const std::string& node);

    int number(int least, int most);
    Day day();
    Instant instant();

private:
    bool chance(int percent);
    std::string pick(const std::vector<std::string>& pool);
    std::string text();
    std::optional<Day> maybe_day();
    std::optional<readiness::Amount> maybe_amount();
    readiness::FunctionTest test(const std::string& id);
    readiness::Name name();
    readiness::Holding holding(const std::string& lot);
    std::vector<readiness::Holding> holdings();
    readiness::Product product();
    readiness::Line line(const std::string& id);
    readiness::Device device(const std::string& id);
    readiness::Cart cart();
    readiness::Policy policy();
    readiness::Reasons reasons();
    readiness::Finding finding();
    readiness::AlertKey key();
    readiness::AlertNeed need();
    std::vector<readiness::DispatchedUnits> dispatched();
    readiness::StepAction action(std::size_t index);
    readiness::CheckClosed closed();
    readiness::RecallUnitsRemoved removal();
    readiness::Substitution substitution();
    readiness::Event master_data(std::size_t index);
    readiness::Event check_event(std::size_t index);
    readiness::Event seal_event(std::size_t index);
    readiness::Event alert_event(std::size_t index, const std::string& node);

    std::mt19937 random_;
    Texts texts_;
};

} // namespace cartwatch::generated

// Moves made from a seed, as a hurried and sometimes hostile hospital makes them: mostly what a
// check is made of, and anything else at any time.
#pragma once

#include "tests/support/hospital.hpp"

#include <random>
#include <string>
#include <vector>

namespace cartwatch::support {

// The open check that somebody at this place is in, or nullptr.
[[nodiscard]] const readiness::Check* check_at(const Hospital& hospital, Mover mover);

class RandomMoves {
public:
    explicit RandomMoves(unsigned seed);

    Move next(const Hospital& hospital);

private:
    int number(int least, int most);
    bool one_in(int times);
    std::string pick(const std::vector<std::string>& pool);
    Day date(const Hospital& hospital);
    readiness::Command of_station(const Hospital& hospital, Mover mover);
    readiness::Command of_board(const Hospital& hospital);
    readiness::Command work(const Hospital& hospital);
    readiness::Command word_of_substitute(const Hospital& hospital);
    std::string
    product_at_hand(const Hospital& hospital, const std::string& cart, const readiness::Line& line);
    int pick_days();
    std::optional<readiness::Command> seal_there(const Hospital& hospital, Mover mover);
    readiness::Command opening(const Hospital& hospital);
    readiness::Command control();
    readiness::Command word(const Hospital& hospital);
    readiness::Command rarity(const Hospital& hospital);
    readiness::Command product_scan(const Hospital& hospital);
    readiness::Command printed_code(const Hospital& hospital);
    readiness::Command answer(const Hospital& hospital, Mover mover);
    readiness::Command seal_stock();
    readiness::Command of_alert(const Hospital& hospital);
    readiness::Command dispatch(
        const readiness::AlertKey& key,
        int episode,
        const std::string& badge,
        const Hospital& hospital);
    readiness::Command pack_to_put_in(const Hospital& hospital, Mover mover);
    readiness::Command good_scan(const Hospital& hospital, Mover mover);
    void ask_by_shift(readiness::Policy& policy);
    readiness::Command definition(const Hospital& hospital);
    std::string place_tag(const Hospital& hospital);

    std::mt19937 random_;
    bool tidy_ = false; // most of what is done is right: such sequences end in ready carts
};

} // namespace cartwatch::support

// One ward's journal kept a second time, plainly, for tests only: what lies in which cart, which
// checks are open, which rules hold. It shares with daemon/readiness the types of what is written
// down and no code that decides or applies.
#pragma once

#include "daemon/readiness/event.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace cartwatch::support {

class SecondBooks {
public:
    // Reads the next entry of this ward's journal or of the pharmacy's.
    void read(const readiness::Recorded& entry);

    // The cart as the books have it.
    [[nodiscard]] readiness::Cart cart(const std::string& id) const;

    // The same without what an emergency used so far.
    [[nodiscard]] readiness::Cart present(const std::string& id) const;

    [[nodiscard]] std::vector<std::string> carts() const;

    [[nodiscard]] const std::vector<readiness::Recall>& recalls() const {
        return recalls_;
    }

    // Those that nobody withdrew, ended ones too.
    [[nodiscard]] std::vector<readiness::Substitution> substitutions() const;

    [[nodiscard]] const readiness::Policy& policy() const {
        return policy_;
    }

    // The open check of the cart; empty: none.
    [[nodiscard]] std::string open_check(const std::string& cart) const;

    // The latest day that was judged and not taken back.
    [[nodiscard]] std::optional<Day> last_judged() const {
        return last_judged_;
    }

private:
    using Stock = std::map<std::string, readiness::Holding>; // by lot

    struct Taken { // one step that holds
        int number = 0;
        readiness::StepAction action;
        std::string by;
        bool undone = false;
    };

    struct Look { // one open check
        std::string cart;
        std::vector<Taken> steps;
        readiness::CheckKind kind = readiness::CheckKind::full;
        std::vector<std::string> blind;
        bool broke_seal = false; // by being opened
    };

    using Results = std::map<std::string, readiness::TestResult>; // by test; "" is the whole

    struct Shelf { // one cart
        readiness::Cart list;
        std::map<std::string, Stock> stock;     // by line
        std::map<std::string, Results> results; // by device
        std::optional<Day> checked;
        std::optional<readiness::Seal> seal;
        std::optional<Day> sealed;
        std::optional<Day> handed_over;
        // When each of those was signed, by its kind.
        std::map<readiness::CheckKind, Instant> signed_at;
        std::string unexplained; // seal broken without a use
        bool used = false;       // opened for an emergency, and not gone through since
    };

    void read(const readiness::CartDefined& event);
    void read(const readiness::CheckOpened& event);
    void read(const readiness::CheckTurned& event);
    void read(const readiness::CheckClosed& event);
    void read(const readiness::SealBroken& event);
    [[nodiscard]] static readiness::Cart cart_on(const Shelf& shelf);
    static void take_used(Shelf& shelf, const Look& look);
    static void put_in(Shelf& shelf, const Look& look);
    static void close_by_seal(Shelf& shelf, const Look& look, Day day);
    static bool bore_another(const Look& look, const std::string& on_record);
    static void drop_uncounted(Shelf& shelf, const Look& look);
    void read(const readiness::DayCorrected& event);
    static void take(Shelf& shelf, const readiness::StepAction& action);
    static void take_tests(Shelf& shelf, const std::vector<Taken>& steps, Day day);

    std::map<std::string, Shelf> shelves_;
    std::map<std::string, Look> looks_;
    std::vector<readiness::Recall> recalls_;
    std::vector<std::string> recalled_by_; // the node of each
    // By who said it, the two products, cart and line: said again, it is another word in its place.
    std::map<std::vector<std::string>, readiness::Substitution> substitutions_;
    readiness::Policy policy_;
    bool policy_of_pharmacy_ = false;
    std::optional<Day> last_judged_;
};

} // namespace cartwatch::support

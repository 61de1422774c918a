// A ward over eighty days, as a seed makes it: lists, checks, emergencies, recalls, substitutes and
// policies at whole hours, with the clocks going forward on some day or not.
#pragma once

#include "tests/daemon/figures/past_kit.hpp"

#include <random>
#include <set>
#include <string>
#include <vector>

namespace cartwatch::figures {

using std::chrono::days;
using std::chrono::hours;

inline const Day begin = day("2027-12-20"); // the turn of a year, and of a leap February later
inline constexpr int days_long = 80;

class RandomDiary {
public:
    explicit RandomDiary(unsigned seed) : random_(seed) {
        if (number(0, 1) == 1) {
            const Day change = begin + days(number(1, days_long));
            diary.day_begins = [change](Day asked) {
                return Instant(asked) - hours(asked > change ? 7 : 8);
            };
        }
        int hour = 0;
        diary.at(Instant(begin));
        listing("OR-1", false);
        while (hour < days_long * 24) {
            diary.at(Instant(begin) + hours(hour));
            hour += happening() + number(0, 60);
        }
    }

    Diary diary;

private:
    int number(int least, int most) {
        return least + static_cast<int>(random_() % static_cast<unsigned>(most - least + 1));
    }

    std::string cart() {
        return number(0, 2) == 0 ? "OR-2" : "OR-1";
    }

    void listing(const std::string& id, bool retired) {
        Cart made = a_cart(id)
                        .with(a_line("epi").par(2).critical())
                        .with(a_line("blade").par(1))
                        .with(a_device("defib").with_accessory("pads", "2028-02-29"));
        made.station = id == "OR-1" ? "OR" : "ED";
        made.retired = retired;
        diary.write(CartDefined{made});
        listed_.insert(id);
    }

    std::string until() {
        const Day today = std::chrono::floor<days>(diary.entries.back().at);
        return cartwatch::to_text(today + days(number(-1, 25)));
    }

    // Opened for an emergency, scanned out an hour later, signed for or left after another.
    void emergency(const std::string& id) {
        const Instant start = diary.now();
        const std::string check = "use/" + std::to_string(diary.entries.size());
        diary.write(CheckOpened{check, id, CheckKind::after_use, "N1"});
        UnitsUsed used;
        used.line = "epi";
        used.quantity = number(1, 3);
        diary.at(start + hours(1)).write(CheckStepped{check, 1, "N1", used});
        if (number(0, 3) == 0) {
            diary.write(StepUndone{check, 1, "N1"});
        }
        diary.at(start + hours(2));
        if (number(0, 3) == 0) {
            diary.write(CheckCancelled{check, id, "N1"});
            return;
        }
        CheckClosed closed;
        closed.check = check;
        closed.cart = id;
        closed.by = "N1";
        closed.kind = CheckKind::after_use;
        closed.working_day = std::chrono::floor<days>(start);
        diary.write(closed);
    }

    // The hours that it takes.
    int happening() {
        const std::string id = cart();
        const int what = number(0, 19);
        if (!listed_.contains(id) || what == 0) {
            listing(id, number(0, 3) == 0);
        } else if (what == 1) {
            Policy policy;
            policy.check_interval_days = number(2, 9);
            diary.write(PolicyChanged{policy}, number(0, 1) == 0 ? "pharmacy" : "ward");
        } else if (what == 2) {
            diary.write(
                RecallIssued{{"epi", std::string(1, static_cast<char>('A' + number(0, 9)))}, ""},
                "pharmacy");
        } else if (what == 3) {
            diary.write(StockRecorded{id, "epi", {a_lot("S", until(), number(0, 3))}});
        } else if (what == 4 || what == 5) {
            emergency(id);
            return 2;
        } else if (what == 6) {
            word_of_substitute(id);
        } else {
            whole_check(id);
        }
        return 0;
    }

    // What may lie in place of epi, for some weeks; or that it may not any more.
    void word_of_substitute(const std::string& id) {
        Substitution word;
        word.product = "epi";
        word.substitute = "nor";
        word.until = *parse_day(until());
        word.cart = number(0, 1) == 0 ? "" : id;
        const std::string node = number(0, 1) == 0 ? "pharmacy" : "ward";
        if (number(0, 3) == 0) {
            diary.write(SubstitutionWithdrawn{word, "it came"}, node);
        } else {
            diary.write(SubstitutionPublished{word}, node);
        }
    }

    // Everything on the list, or a line of it left out.
    void whole_check(const std::string& id) {
        LineCounted epi =
            counted("epi", std::string(1, static_cast<char>('A' + number(0, 9))), until(), 2);
        epi.holding.evidence = static_cast<Evidence>(number(0, 2));
        epi.holding.damaged = number(0, 5) == 0 ? 1 : 0;
        epi.holding.product = number(0, 3) == 0 ? "nor" : "";
        std::vector<StepAction> steps = {
            SealRead{"S" + std::to_string(diary.entries.size())},
            epi,
            DeviceTested{"defib", number(0, 8) > 0}};
        if (number(0, 7) == 0) {
            diary.check(id, std::move(steps), {"blade"});
            return;
        }
        steps.push_back(counted("blade", "", "2029-01-01", number(0, 8) == 0 ? 0 : 1));
        diary.check(id, std::move(steps));
    }

    std::mt19937 random_;
    std::set<std::string> listed_;
};

} // namespace cartwatch::figures

// What it costs to make all figures of the last thirty days: of wards whose carts of sixty lines
// are checked once a week, judged every midnight. Prints seconds.
//
//   figures_bench [wards [carts [weeks]]]     ordinarily 10 wards of 20 carts, 26 weeks
#include "daemon/figures/archive.hpp"
#include "daemon/figures/summary.hpp"
#include "tests/daemon/figures/past_kit.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace cartwatch;
using namespace cartwatch::figures;
using std::chrono::days;

constexpr int lines_a_cart = 60;

struct Size {
    int wards = 10;
    int carts = 20;
    int weeks = 26;
};

const Day first_day = day("2026-01-01");

std::string ward_name(int number) {
    return "ward-" + std::to_string(number);
}

Cart listed(int number) {
    Cart cart = a_cart("C" + std::to_string(number));
    cart.station = "S" + std::to_string(number / 4);
    for (int line = 0; line < lines_a_cart; ++line) {
        cart.lines.push_back(a_line("product", "l" + std::to_string(line)).par(2));
    }
    return cart;
}

void check_cart(Diary& diary, const std::string& ward, const std::string& cart, Day today) {
    const std::string id = ward + "/" + std::to_string(diary.entries.size());
    diary.write(CheckOpened{id, cart, CheckKind::full, "N1"}, ward);
    for (int line = 0; line < lines_a_cart; ++line) {
        const LineCounted step = counted("l" + std::to_string(line), "A1", "2036-01-01", 2);
        diary.write(CheckStepped{id, line + 1, "N1", step}, ward);
    }
    CheckClosed closed;
    closed.check = id;
    closed.cart = cart;
    closed.by = "N1";
    closed.working_day = today;
    diary.write(closed, ward);
}

Diary diary_of(const Size& size) {
    Diary diary;
    diary.at(china_day_begins(first_day));
    for (int ward = 0; ward < size.wards; ++ward) {
        for (int cart = 0; cart < size.carts; ++cart) {
            diary.write(CartDefined{listed(cart)}, ward_name(ward));
        }
    }
    for (int number = 0; number < size.weeks * 7; ++number) {
        const Day today = first_day + days(number);
        diary.at(china_day_begins(today));
        for (int ward = 0; ward < size.wards; ++ward) {
            diary.write(DayJudged{today}, ward_name(ward));
            for (int cart = number % 7; cart < size.carts; cart += 7) {
                check_cart(diary, ward_name(ward), "C" + std::to_string(cart), today);
            }
        }
    }
    return diary;
}

void measure(const char* name, const Archive& archive, Parts parts, Day end) {
    const auto begin = std::chrono::steady_clock::now();
    const Period month{end - days(30), end};
    std::size_t answers = 0;
    std::chrono::milliseconds total{0};
    for (const Scope& scope : archive.parts_of({}, parts)) {
        total += summary_of(archive.about(scope), scope, month, much_later).time_ready.total;
        ++answers;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::printf(
        "%-10s %4zu answers %7.2f s   (%lld cart days)\n",
        name,
        answers,
        took.count(),
        static_cast<long long>(total / days(1)));
}

} // namespace

int main(int count, char** words) {
    Size size;
    int* const numbers[] = {&size.wards, &size.carts, &size.weeks};
    for (int i = 1; i < count && i <= 3; ++i) {
        *numbers[i - 1] = std::atoi(words[i]);
        if (*numbers[i - 1] < 1) {
            std::fprintf(stderr, "figures_bench: %s is not a number from 1\n", words[i]);
            return 2;
        }
    }
    const Diary diary = diary_of(size);
    const Archive archive(diary.past());
    const Day end = first_day + days(7 * size.weeks);
    std::printf("%zu entries\n", diary.entries.size());
    measure("hospital", archive, Parts::whole, end);
    measure("stations", archive, Parts::stations, end);
    measure("carts", archive, Parts::carts, end);
    return 0;
}

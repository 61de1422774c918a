#include "tests/bench/engines.hpp"

#include "scanner/pictures/dmtx.hpp"
#include "scanner/pictures/symbols.hpp"
#include "scanner/pictures/zbar.hpp"
#include "scanner/wire/picture_answer.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cartwatch::photos {

namespace {

using pictures::Luminance;
using std::chrono_literals::operator""ms;

std::vector<Symbol> symbols_of(std::vector<pictures::FoundSymbol> found) {
    std::vector<Symbol> symbols;
    for (pictures::FoundSymbol& one : found) {
        symbols.push_back(std::move(one.symbol));
    }
    return symbols;
}

struct Engine {
    const char* name;
    std::function<std::vector<Symbol>(const Luminance&)> read;
};

const std::array<Engine, engines_count> engines{{
    {"zxing",
     [](const Luminance& picture) {
         return symbols_of(pictures::zxing_symbols(
             picture, {0, 0, picture.width, picture.height}, pictures::Search::all_but_databar));
     }},
    {"zbar", [](const Luminance& picture) { return symbols_of(pictures::zbar_symbols(picture)); }},
    {"dmtx",
     [](const Luminance& picture) { return symbols_of(pictures::dmtx_symbols(picture, 250ms)); }},
    {"first",
     [](const Luminance& picture) {
         return pictures::find_symbols(picture, {false, false, false, false});
     }},
    {"+second",
     [](const Luminance& picture) {
         return pictures::find_symbols(picture, {true, true, false, false});
     }},
    {"all", [](const Luminance& picture) { return pictures::find_symbols(picture); }},
}};

struct Outcome {
    std::vector<Symbol> symbols;
    bool died = false;
    double ms = 0; // of processor time
};

double ms_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1000 + static_cast<double>(time.tv_usec) / 1000;
}

// The answer over a pipe, so that an engine may die of its picture.
Outcome read_apart(const Engine& engine, const Luminance& picture) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        std::abort();
    }
    const pid_t child = ::fork();
    if (child == 0) {
        (void)!::freopen("/dev/null", "w", stderr);
        const std::string line = wire::to_picture_answer(engine.read(picture));
        _exit(::write(ends[1], line.data(), line.size()) < 0 ? 1 : 0);
    }
    ::close(ends[1]);
    std::string line;
    std::array<char, 65536> chunk{};
    for (ssize_t got = 0; (got = ::read(ends[0], chunk.data(), chunk.size())) > 0;) {
        line.append(chunk.data(), static_cast<std::size_t>(got));
    }
    ::close(ends[0]);
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    Outcome outcome;
    outcome.ms = ms_of(usage.ru_utime) + ms_of(usage.ru_stime);
    auto symbols = wire::parse_picture_answer(line);
    outcome.died = status != 0 || !symbols;
    if (symbols) {
        outcome.symbols = std::move(*symbols);
    }
    return outcome;
}

} // namespace

void look(
    const Luminance& picture,
    const std::multiset<std::string>& expected,
    Sums& sums,
    std::size_t left_out) {
    for (std::size_t i = 0; i < engines.size(); ++i) {
        if (i == left_out) {
            continue;
        }
        const Outcome outcome = read_apart(engines[i], picture);
        Sum& sum = sums[i];
        sum.wanted += static_cast<int>(expected.size());
        sum.died += outcome.died ? 1 : 0;
        sum.ms += outcome.ms;
        ++sum.pictures;
        std::multiset<std::string> left = expected;
        for (const Symbol& symbol : outcome.symbols) {
            const auto found = left.find(symbol.symbology + symbol.text);
            if (found != left.end()) {
                left.erase(found);
                ++sum.right;
            } else {
                ++sum.wrong;
                std::fprintf(
                    stderr,
                    "%s read: %s%s\n",
                    engines[i].name,
                    symbol.symbology.c_str(),
                    symbol.text.c_str());
            }
        }
    }
}

void print_row(const char* name, const Sums& sums) {
    std::printf("| %-46s", name);
    for (const Sum& sum : sums) {
        if (sum.pictures == 0) {
            std::printf("| %-17s", "");
            continue;
        }
        std::printf("| %3d/%-3d %5.0f ms ", sum.right, sum.wanted, sum.ms / sum.pictures);
    }
    std::printf("|\n");
    std::fflush(stdout);
}

void add_up(Sums& all, const Sums& sums) {
    for (std::size_t i = 0; i < sums.size(); ++i) {
        all[i].right += sums[i].right;
        all[i].wanted += sums[i].wanted;
        all[i].wrong += sums[i].wrong;
        all[i].died += sums[i].died;
        all[i].ms += sums[i].ms;
        all[i].pictures += sums[i].pictures;
    }
}

void print_head(const char* name) {
    std::printf("| %-46s", name);
    for (const Engine& engine : engines) {
        std::printf("| %-17s", engine.name);
    }
    std::printf("|\n");
}

void print_faults(const char* about, const Sums& sums) {
    for (std::size_t i = 0; i < engines.size(); ++i) {
        std::printf(
            "%s, %s: %d pictures, %d wrongly read, %d died\n",
            about,
            engines[i].name,
            sums[i].pictures,
            sums[i].wrong,
            sums[i].died);
    }
}

} // namespace cartwatch::photos

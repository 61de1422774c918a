// What the link costs and bears, in ratios to controls of the same run (link.md says how to read
// it). Not a test. usage: link_bench [--scale X] [--rounds N] [PART…]
#include "daemon/node/daemon_life.hpp"
#include "tests/bench/link/parts.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace cartwatch::link_bench;

const std::vector<std::pair<std::string, void (*)(Bench&)>> parts{
    {"accept", measure_accepting},
    {"deliver", measure_delivering},
    {"one", measure_one_ward},
    {"hundred", measure_hundred_wards},
    {"catch-up", measure_catching_up},
    {"memory", measure_memory},
    {"trickle", measure_trickling},
};

int usage() {
    std::fprintf(stderr, "usage: link_bench [--scale X] [--rounds N] [PART...]; parts:");
    for (const auto& [name, part] : parts) {
        std::fprintf(stderr, " %s", name.c_str());
    }
    std::fprintf(stderr, "\n");
    return 2;
}

bool is_asked_for(const std::vector<std::string>& asked, const std::string& name) {
    for (const std::string& part : asked) {
        if (part == name) {
            return true;
        }
    }
    return asked.empty();
}

bool is_part(const std::string& word) {
    for (const auto& [name, part] : parts) {
        if (name == word) {
            return true;
        }
    }
    return false;
}

} // namespace

int main(int count, char** words) {
    Bench bench;
    bench.program = CARTWATCH_PROGRAM;
    std::vector<std::string> asked;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word == "--scale" && i + 1 < count) {
            bench.scale = std::atof(words[++i]);
        } else if (word == "--rounds" && i + 1 < count) {
            bench.rounds = std::atoi(words[++i]);
        } else if (is_part(word)) {
            asked.push_back(word);
        } else {
            return usage();
        }
    }
    if (bench.scale <= 0 || bench.rounds < 1) {
        return usage();
    }
    cartwatch::node::allow_many_files();
    try {
        for (const auto& [name, part] : parts) {
            if (is_asked_for(asked, name)) {
                std::printf("-- %s\n", name.c_str());
                std::fflush(stdout);
                part(bench);
            }
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "link_bench: %s\n", error.what());
        return 3;
    }
    return bench.goals.print() ? 0 : 1;
}

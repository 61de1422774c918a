// A program that the bench starts, and ends with itself.
#pragma once

#include "tests/bench/link/channel.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace cartwatch::link_bench {

class Process {
public:
    // `words`: the program and its arguments. What it says goes to `log`. `variables` are added to
    // the environment. Throws where it cannot be started.
    Process(
        const std::vector<std::string>& words,
        const std::filesystem::path& log,
        const std::map<std::string, std::string>& variables = {});
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    Process(Process&&) = delete;
    Process& operator=(Process&&) = delete;

    // SIGTERM, and SIGKILL ten seconds later.
    ~Process();

    [[nodiscard]] pid_t id() const {
        return id_;
    }

    // Returns when it holds; throws with the end of the log where the process ended or a minute
    // passed.
    void wait_until(const std::function<bool()>& holds) const;

    // Kilobytes: VmRSS, and the part of it that is of no file (RssAnon).
    struct Memory {
        long resident = 0;
        long anonymous = 0;
    };

    [[nodiscard]] Memory memory() const;

private:
    [[nodiscard]] bool ends_within(std::chrono::milliseconds time) const;

    pid_t id_ = 0;
    Descriptor handle_{-1}; // can be read once it has ended
    std::filesystem::path log_;
};

} // namespace cartwatch::link_bench

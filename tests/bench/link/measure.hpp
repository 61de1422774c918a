// What the link's bench measures with: latencies, the controls of the same run, how much of the
// machine others had meanwhile, and the goals that the ratios are held against.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace cartwatch::link_bench {

using Time = std::chrono::steady_clock::time_point;

[[nodiscard]] inline Time now() {
    return std::chrono::steady_clock::now();
}

[[nodiscard]] double microseconds(Time from, Time to);

// Latencies of one run, microseconds.
class Samples {
public:
    void add(double value) {
        values_.push_back(value);
    }

    void add(const Samples& other);

    // 0.5: the median. Precondition: there is one.
    [[nodiscard]] double at(double quantile) const;

    [[nodiscard]] std::size_t count() const {
        return values_.size();
    }

private:
    std::vector<double> values_;
};

[[nodiscard]] double median(std::vector<double> values);

// F: fdatasync of 4 KiB over blocks that the file has already, in that folder.
[[nodiscard]] Samples flush_control(const std::filesystem::path& folder, int count);

// R: 500 bytes to another thread and back over loopback TCP.
[[nodiscard]] Samples round_trip_control(int count);

// Processor time that the process has used, seconds: says what work costs on a machine that others
// use as well.
[[nodiscard]] double processor_seconds(pid_t id);

// Prints what so many entries cost the pharmacy's processor.
void print_cost(double seconds, std::size_t entries);

// How much of the machine others had since it was made: 0 to 1 of all processors. What this
// process and those in `own` used is not foreign.
class ForeignTime {
public:
    explicit ForeignTime(std::vector<pid_t> own);

    [[nodiscard]] double share() const;

private:
    std::vector<pid_t> own_;
    double busy_ = 0; // seconds, all processors
    double mine_ = 0;
    Time since_;
};

// Prints what was measured, and in the end how the goals stand.
class Goals {
public:
    // `ratio` must be at most (or at least) `limit`. `foreign` of the runs it was taken from.
    void at_most(const std::string& what, double ratio, double limit, double foreign);
    void at_least(const std::string& what, double ratio, double limit, double foreign);

    // False where a goal is not held in a run that was not noisy.
    bool print() const;

private:
    struct Goal {
        std::string what;
        std::string limit;
        double ratio = 0;
        bool held = false;
        double foreign = 0;
    };

    void add(Goal goal);

    std::vector<Goal> goals_;
};

} // namespace cartwatch::link_bench

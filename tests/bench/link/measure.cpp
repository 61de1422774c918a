#include "tests/bench/link/measure.hpp"

#include "tests/bench/link/channel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace cartwatch::link_bench {

namespace {

// Above this share of foreign time a figure says more about the others (reliability: 6 %).
constexpr double noisy_from = 0.06;

double own_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double ticks_per_second() {
    return static_cast<double>(::sysconf(_SC_CLK_TCK));
}

// With its children's. utime and stime are the 14th and 15th field, counted behind the name, which
// may hold anything.
double seconds_of(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    std::istringstream fields(text.substr(std::min(text.rfind(')') + 2, text.size())));
    std::string skipped;
    for (int field = 3; field < 14; ++field) {
        fields >> skipped;
    }
    double user = 0;
    double system = 0;
    fields >> user >> system;
    double sum = (user + system) / ticks_per_second();
    const std::string number = std::to_string(process);
    std::ifstream children("/proc/" + number + "/task/" + number + "/children");
    for (pid_t child = 0; children >> child;) { // RabbitMQ is the child of a script
        sum += seconds_of(child);
    }
    return sum;
}

double busy_seconds() {
    std::ifstream file("/proc/stat");
    std::string name;
    file >> name;
    std::array<double, 8> ticks{}; // user nice system idle iowait irq softirq steal
    for (double& value : ticks) {
        file >> value;
    }
    return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) / ticks_per_second();
}

double all_seconds(const std::vector<pid_t>& own) {
    double sum = own_seconds();
    for (const pid_t process : own) {
        sum += seconds_of(process);
    }
    return sum;
}

} // namespace

double processor_seconds(pid_t id) {
    return seconds_of(id);
}

void print_cost(double seconds, std::size_t entries) {
    std::printf(
        "   %.0f us of the pharmacy's processor an entry\n",
        seconds * 1e6 / static_cast<double>(entries));
}

double microseconds(Time from, Time to) {
    return std::chrono::duration<double, std::micro>(to - from).count();
}

void Samples::add(const Samples& other) {
    values_.insert(values_.end(), other.values_.begin(), other.values_.end());
}

double Samples::at(double quantile) const {
    if (values_.empty()) {
        throw std::runtime_error("nothing was measured");
    }
    std::vector<double> sorted = values_;
    const auto rank =
        static_cast<std::size_t>(quantile * static_cast<double>(sorted.size() - 1) + 0.5);
    std::nth_element(
        sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(rank), sorted.end());
    return sorted[rank];
}

double median(std::vector<double> values) {
    Samples samples;
    for (const double value : values) {
        samples.add(value);
    }
    return samples.at(0.5);
}

Samples flush_control(const std::filesystem::path& folder, int count) {
    const std::filesystem::path path = folder / "control";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    const std::vector<char> block(4'096, 'x');
    constexpr int blocks = 64;
    Samples samples;
    for (int i = 0; i < blocks + count; ++i) { // the first round allocates
        const Time began = now();
        const auto written = ::pwrite(file, block.data(), block.size(), (i % blocks) * 4'096L);
        if (written != 4'096 || ::fdatasync(file) != 0) {
            throw std::runtime_error("the control cannot write to " + path.string());
        }
        if (i >= blocks) {
            samples.add(microseconds(began, now()));
        }
    }
    ::close(file);
    return samples;
}

Samples round_trip_control(int count) {
    Listener listener;
    std::thread echo([&listener, count] {
        Channel channel(listener.accept());
        for (int i = 0; i < count; ++i) {
            channel.send(channel.receive_exactly(500));
        }
    });
    Channel channel(connect_to(listener.port()));
    const std::string message(500, 'x');
    Samples samples;
    for (int i = 0; i < count; ++i) {
        const Time began = now();
        channel.send(message);
        channel.receive_exactly(message.size());
        samples.add(microseconds(began, now()));
    }
    echo.join();
    return samples;
}

ForeignTime::ForeignTime(std::vector<pid_t> own)
    : own_(std::move(own)), busy_(busy_seconds()), mine_(all_seconds(own_)), since_(now()) {}

double ForeignTime::share() const {
    const double elapsed = microseconds(since_, now()) / 1e6
                           * static_cast<double>(std::thread::hardware_concurrency());
    const double foreign = busy_seconds() - busy_ - (all_seconds(own_) - mine_);
    return elapsed > 0 ? std::max(0.0, foreign / elapsed) : 0;
}

void Goals::at_most(const std::string& what, double ratio, double limit, double foreign) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "<= %.2f", limit);
    add({what, text.data(), ratio, ratio <= limit, foreign});
}

void Goals::at_least(const std::string& what, double ratio, double limit, double foreign) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), ">= %.2f", limit);
    add({what, text.data(), ratio, ratio >= limit, foreign});
}

void Goals::add(Goal goal) {
    goals_.push_back(std::move(goal));
}

bool Goals::print() const {
    bool all_held = true;
    std::printf("\n%-64s %9s %9s\n", "goal", "limit", "measured");
    for (const Goal& goal : goals_) {
        const bool noisy = goal.foreign > noisy_from;
        std::printf(
            "%-64s %9s %9.2f  %s",
            goal.what.c_str(),
            goal.limit.c_str(),
            goal.ratio,
            goal.held ? "held" : "not held");
        noisy ? std::printf(", noisy (%.0f %% foreign)\n", goal.foreign * 100) : std::printf("\n");
        all_held = all_held && (goal.held || noisy);
    }
    return all_held;
}

} // namespace cartwatch::link_bench

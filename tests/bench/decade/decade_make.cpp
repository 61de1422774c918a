// Makes the database of a pharmacy that has watched a large hospital for years, through the same
// rules and the same store as a daemon's. What is measured at that size (history, export, verify,
// start) needs it. Prints what it made.
//
//   decade_make FOLDER [CARTS [YEARS [SEED]]]     ordinarily 1000 carts of 60 lines, 10 years, seed
//   1
#include "tests/bench/decade/hospital.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace {

using namespace cartwatch;

constexpr std::size_t entries_a_commit = 20'000;

// Takes entries and commits them many at a time, as a pharmacy does that catches up.
class Recorder {
public:
    explicit Recorder(const std::filesystem::path& file)
        : store_(store::Store::open(
            file, {decade::pharmacy_name, decade::pharmacy_name}, store::log_bytes_reserved)) {}

    void take(const store::Item& item) {
        items_.push_back(item);
    }

    [[nodiscard]] bool is_full() const {
        return items_.size() >= entries_a_commit;
    }

    void commit(const readiness::State& after) {
        store_.commit(items_, after);
        count_ += items_.size();
        items_.clear();
        if (store_.is_checkpoint_due()) {
            store_.checkpoint();
        }
    }

    void finish() {
        store_.checkpoint();
    }

    [[nodiscard]] std::size_t count() const {
        return count_;
    }

private:
    store::Store store_;
    std::vector<store::Item> items_;
    std::size_t count_ = 0;
};

void make(const std::filesystem::path& file, const decade::Size& size) {
    const auto begin = std::chrono::steady_clock::now();
    Recorder recorder(file);
    decade::Hospital hospital(size, [&](const store::Item& item) { recorder.take(item); });
    recorder.commit(hospital.state());
    const int days = size.years * 1'461 / 4;
    for (int day = 0; day < days; ++day) {
        hospital.live(decade::first_day + std::chrono::days(day));
        if (recorder.is_full()) {
            recorder.commit(hospital.state());
        }
        if (day % 91 == 90) {
            std::fprintf(stderr, "\r%d of %d days, %zu entries", day + 1, days, recorder.count());
        }
    }
    recorder.commit(hospital.state());
    recorder.finish();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    const auto bytes = std::filesystem::file_size(file);
    const auto count = static_cast<double>(recorder.count());
    std::printf(
        "\n%zu entries, %.0f MB, %.0f bytes an entry, %.0f s (%.0f entries a second)\n",
        recorder.count(),
        static_cast<double>(bytes) / 1e6,
        static_cast<double>(bytes) / count,
        took.count(),
        count / took.count());
}

} // namespace

int main(int count, char** words) {
    decade::Size size;
    int seed = 1;
    int* const numbers[] = {&size.carts, &size.years, &seed};
    if (count < 2 || count > 5 || words[1][0] == '-') {
        std::fprintf(stderr, "usage: decade_make FOLDER [CARTS [YEARS [SEED]]]\n");
        return 2;
    }
    for (int i = 2; i < count; ++i) {
        const char* end = words[i] + std::strlen(words[i]);
        const auto read = std::from_chars(words[i], end, *numbers[i - 2]);
        if (read.ec != std::errc() || read.ptr != end || *numbers[i - 2] < 1) {
            std::fprintf(stderr, "decade_make: %s is not a number from 1\n", words[i]);
            return 2;
        }
    }
    size.seed = static_cast<std::uint64_t>(seed);
    try {
        std::filesystem::create_directories(words[1]);
        make(std::filesystem::path(words[1]) / "cartwatch.db", size);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "decade_make: %s\n", error.what());
        return 3;
    }
}

// How fast the store commits, beside the disk's own speed in the same run: only the ratio means
// anything on a machine that others use. Not a test. usage: store_bench [FOLDER]
#include "tests/daemon/store/store_kit.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace {

constexpr int runs = 5;
constexpr int commits = 400;

double median_rate(const std::function<void()>& action, int count) {
    std::vector<double> rates;
    for (int run = 0; run < runs; ++run) {
        const auto start = std::chrono::steady_clock::now();
        action();
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        rates.push_back(count / taken.count());
    }
    std::ranges::sort(rates);
    return rates[runs / 2];
}

// The control: 4 KiB over the same blocks, flushed, as a write-ahead log does it.
void flush_blocks(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    const std::vector<char> block(4096, 'x');
    for (int i = 0; i < commits; ++i) {
        const auto written = ::pwrite(file, block.data(), block.size(), (i % 64) * 4096L);
        if (written != 4096 || ::fdatasync(file) != 0) {
            std::perror("control");
            std::exit(3);
        }
    }
    ::close(file);
}

} // namespace

int main() {
    using namespace cartwatch::store_kit;
    const Folder folder;
    flush_blocks(folder.path("control")); // allocates
    const double control = median_rate([&] { flush_blocks(folder.path("control")); }, commits);

    Ward ward(folder.path());
    ward.record(a_stocked_cart());
    int number = 0;
    constexpr int checks = commits / 10;
    const double single = median_rate(
        [&] {
            for (int i = 0; i < checks; ++i) {
                for (const auto& event : a_whole_check(++number)) {
                    ward.record({event});
                }
            }
        },
        commits);
    const double whole = median_rate(
        [&] {
            for (int i = 0; i < checks; ++i) {
                ward.record(a_whole_check(++number));
            }
        },
        checks);
    std::printf("fdatasync of 4 KiB   %8.0f/s\n", control);
    std::printf("one entry a commit   %8.0f/s  %.2f of the control\n", single, single / control);
    std::printf("a check of 10        %8.0f/s  %.2f of the control\n", whole, whole / control);
    return 0;
}

// Goal: the decoding process keeps each of its limits: just under it answers, over it it refuses or
// dies alone. Each test serves pictures in a process of its own.
#include "scanner/pictures/decode_server.hpp"
#include "scanner/wire/picture_answer.hpp"
#include "tests/scanner/pictures/drawing.hpp"
#include "tests/support/sanitizers.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <csignal>
#include <fstream>
#include <random>

#include <sys/wait.h>
#include <unistd.h>

namespace cartwatch::decode_server_test {

using namespace cartwatch::pictures;
using drawing::Bytes;

namespace {

constexpr bool memory_is_limited = !test::sanitized; // see decode_server.cpp

// Pixels: 40 megapixels, or what takes an instrumented build as long.
constexpr int large_side = test::sanitized ? 2'800 : 6'300;

struct Served {
    std::string answers;
    int status = 0;
};

void write_all(int output, const Bytes& bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t put = ::write(output, bytes.data() + done, bytes.size() - done);
        if (put <= 0) {
            return; // the child is gone; its status tells
        }
        done += static_cast<std::size_t>(put);
    }
}

// Serves these bytes in a process of its own, and says what it answered and how it ended.
Served serve(const Bytes& input, const DecodeLimits& limits) {
    std::array<int, 2> to{};
    std::array<int, 2> from{};
    REQUIRE(::pipe(to.data()) == 0);
    REQUIRE(::pipe(from.data()) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(to[1]);
        ::close(from[0]);
        _exit(serve_pictures(to[0], from[1], limits));
    }
    ::close(to[0]);
    ::close(from[1]);
    ::signal(SIGPIPE, SIG_IGN);
    write_all(to[1], input);
    ::close(to[1]);
    Served served;
    std::array<char, 4096> chunk{};
    for (ssize_t got = 0; (got = ::read(from[0], chunk.data(), chunk.size())) > 0;) {
        served.answers.append(chunk.data(), static_cast<std::size_t>(got));
    }
    ::close(from[0]);
    ::waitpid(child, &served.status, 0);
    return served;
}

void add_picture(Bytes& input, const Bytes& picture) {
    const auto length = wire::to_picture_length(static_cast<std::uint32_t>(picture.size()));
    input.insert(input.end(), length.begin(), length.end());
    input.insert(input.end(), picture.begin(), picture.end());
}

Bytes one(const Bytes& picture) {
    Bytes input;
    add_picture(input, picture);
    return input;
}

Bytes ean_picture() {
    return drawing::to_png(drawing::symbol(drawing::Kind::ean_13, "690123456789"));
}

Bytes noise_picture(int width, int height) {
    Luminance picture = drawing::paper(width, height);
    std::mt19937 random(7);
    for (std::uint8_t& pixel : picture.pixels) {
        pixel = (random() & 0x100) == 0 ? 20 : 230;
    }
    return drawing::to_jpeg(picture, 40);
}

std::size_t address_space_now() {
    std::ifstream statm("/proc/self/statm");
    std::size_t pages = 0;
    statm >> pages;
    return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

bool ended(const Served& served, int status) {
    return WIFEXITED(served.status) && WEXITSTATUS(served.status) == status;
}

} // namespace

TEST_CASE("pictures are answered one a line, and the end of input is a clean end") {
    Bytes input = one(ean_picture());
    add_picture(input, {});
    add_picture(input, ean_picture());

    const Served served = serve(input, {});

    CHECK(ended(served, 0));
    CHECK(std::count(served.answers.begin(), served.answers.end(), '\n') == 3);
    CHECK_THAT(served.answers, Catch::Contains("6901234567892"));
    CHECK_THAT(served.answers, Catch::Contains("bad_input"));
}

TEST_CASE("a length over 32 MiB ends the process, and so does a picture that is cut off") {
    struct Example {
        const char* name;
        Bytes input;
        int status;
    };

    const auto over = wire::to_picture_length(picture_bytes_max + 1);
    const auto absurd = wire::to_picture_length(0xFFFFFFFF);
    Bytes cut = one(ean_picture());
    cut.pop_back();
    const auto example = GENERATE_COPY(values<Example>({
        {"just over", {over.begin(), over.end()}, 2},
        {"absurd", {absurd.begin(), absurd.end()}, 2},
        {"half a length", {0, 0}, 2},
        {"one byte short", cut, 2},
        {"nothing at all", {}, 0},
    }));
    DYNAMIC_SECTION(example.name) {
        const Served served = serve(example.input, {});
        CHECK(ended(served, example.status));
        CHECK(served.answers.empty());
    }
}

TEST_CASE("a file of exactly 32 MiB is taken, and refused for what it holds") {
    const Served served = serve(one(Bytes(picture_bytes_max, 0)), {});
    CHECK(ended(served, 0));
    CHECK_THAT(served.answers, Catch::Contains("bad_input"));
}

TEST_CASE("a picture that needs more memory than there is is refused, and the next is read") {
    if (!memory_is_limited) {
        return;
    }
    // 16 megapixels: 16 MB of luminance, and as much again with its margin.
    const Bytes large = drawing::to_png(drawing::paper(4000, 4000));
    DecodeLimits limits;
    const auto [spare_mib, fits] =
        GENERATE(table<int, bool>({{400, true}, {24, false}, {4, false}}));
    DYNAMIC_SECTION(spare_mib << " MiB beside the program") {
        limits.memory_bytes = address_space_now() + (static_cast<std::size_t>(spare_mib) << 20);
        Bytes input = one(large);
        add_picture(input, ean_picture());

        const Served served = serve(input, limits);

        CHECK(ended(served, 0));
        const std::string first = served.answers.substr(0, served.answers.find('\n'));
        CHECK_THAT(first, Catch::Contains(fits ? "\"symbols\":[]" : "too_large"));
        CHECK_THAT(served.answers, Catch::Contains("6901234567892"));
    }
}

TEST_CASE("a picture that takes more than its processor time ends the process") {
    DecodeLimits limits;
    limits.cpu_per_picture = std::chrono::seconds(0); // and the second begun: at most two
    Bytes input = one(ean_picture());
    add_picture(input, noise_picture(large_side, large_side));

    const Served served = serve(input, limits);

    CHECK(WIFSIGNALED(served.status));
    CHECK(WTERMSIG(served.status) == SIGXCPU);
    CHECK_THAT(served.answers, Catch::Contains("6901234567892"));
    CHECK(std::count(served.answers.begin(), served.answers.end(), '\n') == 1);
}

TEST_CASE("40 megapixels of noise are answered within the limits of every picture") {
    const Served served = serve(one(noise_picture(large_side, large_side)), DecodeLimits{});
    CHECK(ended(served, 0));
    CHECK_THAT(served.answers, Catch::Contains("\"symbols\":[]"));
}

} // namespace cartwatch::decode_server_test

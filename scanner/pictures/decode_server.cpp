#include "scanner/pictures/decode_server.hpp"

#include "scanner/pictures/symbols.hpp"
#include "scanner/wire/picture_answer.hpp"

#include <cerrno>
#include <new>

#include <sys/resource.h>
#include <unistd.h>

namespace cartwatch::pictures {

namespace {

constexpr int protocol_broken = 2;
constexpr int machine_failed = 3;

enum class ReadOutcome { whole, end, cut_off, failed };

ReadOutcome read_whole(int input, std::span<std::uint8_t> bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t got = ::read(input, bytes.data() + done, bytes.size() - done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return ReadOutcome::failed;
        }
        if (got == 0) {
            return done == 0 ? ReadOutcome::end : ReadOutcome::cut_off;
        }
        done += static_cast<std::size_t>(got);
    }
    return ReadOutcome::whole;
}

bool write_whole(int output, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(output, bytes.data(), bytes.size());
        if (put < 0 && errno != EINTR) {
            return false;
        }
        if (put > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(put));
        }
    }
    return true;
}

// Under a sanitizer the address space is not a measure of use, and no limit is set.
void limit_memory(std::size_t bytes) {
#if !defined(CARTWATCH_ADDRESS_SANITIZER) && !defined(CARTWATCH_THREAD_SANITIZER)
    const rlimit limit{bytes, bytes};
    ::setrlimit(RLIMIT_AS, &limit);
#else
    static_cast<void>(bytes);
#endif
    const rlimit no_core{0, 0}; // an abort is expected now and then: no core file of each
    ::setrlimit(RLIMIT_CORE, &no_core);
}

// The limit counts from the process's start, so that each picture moves it on.
void limit_cpu(std::chrono::seconds more) {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    rlimit limit{};
    ::getrlimit(RLIMIT_CPU, &limit);
    limit.rlim_cur =
        static_cast<rlim_t>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 1 + more.count());
    ::setrlimit(RLIMIT_CPU, &limit);
}

Result<std::vector<Symbol>> decode_within_memory(std::span<const std::uint8_t> bytes) {
    try {
        return decode_picture(bytes);
    } catch (const std::bad_alloc&) {
        return refused(ErrorCode::too_large, "the picture needs too much memory; make it smaller");
    }
}

} // namespace

int serve_pictures(int input, int output, const DecodeLimits& limits) {
    limit_memory(limits.memory_bytes);
    while (true) {
        wire::PictureLength length{};
        const ReadOutcome head = read_whole(input, length);
        if (head == ReadOutcome::end) {
            return 0;
        }
        const std::size_t size = wire::from_picture_length(length);
        if (head != ReadOutcome::whole || size > picture_bytes_max) {
            return head == ReadOutcome::failed ? machine_failed : protocol_broken;
        }
        std::vector<std::uint8_t> picture(size);
        const ReadOutcome body = read_whole(input, picture);
        if (body != ReadOutcome::whole) {
            return body == ReadOutcome::failed ? machine_failed : protocol_broken;
        }
        limit_cpu(limits.cpu_per_picture);
        const std::string answer = wire::to_picture_answer(decode_within_memory(picture));
        if (!write_whole(output, answer + "\n")) {
            return machine_failed;
        }
    }
}

} // namespace cartwatch::pictures

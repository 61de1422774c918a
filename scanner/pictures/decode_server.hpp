// The decoding child's loop: pictures in, answers out, until its input ends. It holds one picture
// at a time and may be killed at any moment; nobody but its caller's current picture is lost.
#pragma once

#include <chrono>

namespace cartwatch::pictures {

struct DecodeLimits {
    // Processor time for one picture; 40 megapixels full of symbols take about 4 s.
    std::chrono::seconds cpu_per_picture{15};
    // Address space of the process: 40 MB of luminance, its copies, and a progressive JPEG's 240 MB
    // of coefficients fit three times.
    std::size_t memory_bytes = std::size_t{1} << 30;
};

// Reads pictures from `input` and writes one answer line each to `output` (schema/scanner.md,
// section 1) until the input ends. Returns the exit status: 0 at a clean end, 2 where the input
// breaks the protocol, 3 where reading or writing fails. Past a limit the process is killed by the
// system (SIGXCPU) or answers that the picture needs too much memory.
[[nodiscard]] int serve_pictures(int input, int output, const DecodeLimits& limits = {});

} // namespace cartwatch::pictures

// Asks the decoding child for the symbols of a picture, and outlives whatever the picture does to
// it. Blocks its caller for up to the deadline: for the command line, not for the event loop
// (picture_service.hpp is for that). Reads no files.
#pragma once

#include "daemon/scanners/child_process.hpp"
#include "scanner/wire/symbol.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

namespace cartwatch::scanners {

struct DecoderSettings {
    std::filesystem::path program = scanner_program_beside_this();
    // Wall time for one picture; the child's own limit of processor time is 15 s.
    std::chrono::milliseconds deadline{30'000};
};

// 32 MiB, as scanner/pictures has it: beyond that the child is not even asked.
inline constexpr std::size_t picture_bytes_max = std::size_t{32} << 20;

class PictureDecoder {
public:
    explicit PictureDecoder(DecoderSettings settings = {});

    // Refused: what the picture's bytes deserve (bad_input, too_large); unavailable where the child
    // died or took too long with it; not_found where the child cannot be started at all. The next
    // picture gets a new child.
    [[nodiscard]] Result<std::vector<Symbol>> decode(std::span<const std::uint8_t> picture);

    // The running child, or 0: for tests that kill it.
    [[nodiscard]] pid_t child() const {
        return child_ ? child_->pid() : 0;
    }

private:
    using Deadline = std::chrono::steady_clock::time_point;
    enum class Outcome { answered, died, late };

    [[nodiscard]] Outcome ask(std::span<const std::uint8_t> picture, std::string& answer);
    [[nodiscard]] Outcome send_whole(std::span<const std::uint8_t> bytes, Deadline deadline) const;
    [[nodiscard]] Outcome receive_line(std::string& line, Deadline deadline) const;
    [[nodiscard]] Error lost_child(Outcome outcome);

    DecoderSettings settings_;
    std::optional<ChildProcess> child_;
};

// The words for a child that died with a picture, or was ended after the deadline.
[[nodiscard]] Error picture_killed_child(const std::string& ending);
[[nodiscard]] Error picture_took_too_long(std::chrono::milliseconds deadline);

} // namespace cartwatch::scanners

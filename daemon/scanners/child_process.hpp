// A started cartwatch-scanner and the socket to its standard input and output. It ends with its
// owner; starting again is the owner's decision.
#pragma once

#include "scanner/values/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace cartwatch::scanners {

// Where cartwatch-scanner is when the configuration does not say: beside this program, in the
// neighbouring folder of a build tree, or in ../libexec/cartwatch. The first that exists; else the
// first, so that a message can name it.
[[nodiscard]] std::filesystem::path scanner_program_beside_this();

class ChildProcess {
public:
    // The child's standard input and output are one socket, its standard error is ours; it inherits
    // no other descriptor. Refused (unavailable): the program is missing or cannot be run.
    [[nodiscard]] static Result<ChildProcess>
    start(const std::filesystem::path& program, const std::vector<std::string>& arguments);

    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&& other) noexcept;
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ~ChildProcess();

    [[nodiscard]] pid_t pid() const {
        return pid_;
    }

    // Our end of the socket, non-blocking. It reads as ended once the child is dead.
    [[nodiscard]] int socket() const {
        return socket_;
    }

    // Gives our end away; the child is still ended by this object.
    [[nodiscard]] int release_socket();

    // Kills the child unless it is dead, and says how it ended: "killed by signal 6 (Aborted)" or
    // "ended with status 2". Empty where it was ended before.
    std::string end();

private:
    ChildProcess(pid_t pid, int socket);

    pid_t pid_ = 0; // 0: ended
    int socket_ = -1;
};

} // namespace cartwatch::scanners

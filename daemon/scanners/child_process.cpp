#include "daemon/scanners/child_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace cartwatch::scanners {

namespace {

// The descriptors and signal state of the child: standard input and output are `socket`, nothing
// else is inherited (Asio's own sockets are not close-on-exec), no signal is blocked or ignored.
class SpawnPlan {
public:
    explicit SpawnPlan(int socket) {
        check(::posix_spawn_file_actions_init(&actions_));
        check(::posix_spawnattr_init(&attributes_));
        check(::posix_spawn_file_actions_adddup2(&actions_, socket, STDIN_FILENO));
        check(::posix_spawn_file_actions_adddup2(&actions_, socket, STDOUT_FILENO));
        check(::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1));
        sigset_t none;
        sigset_t all;
        ::sigemptyset(&none);
        ::sigfillset(&all);
        check(::posix_spawnattr_setsigmask(&attributes_, &none));
        check(::posix_spawnattr_setsigdefault(&attributes_, &all));
        check(::posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
    }

    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    ~SpawnPlan() {
        ::posix_spawn_file_actions_destroy(&actions_);
        ::posix_spawnattr_destroy(&attributes_);
    }

    // 0 or an errno value.
    int spawn(const std::string& program, const std::vector<std::string>& arguments, pid_t& pid) {
        std::vector<std::string> words = {program};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<char*> pointers;
        for (std::string& word : words) {
            pointers.push_back(word.data());
        }
        pointers.push_back(nullptr);
        return ::posix_spawn(
            &pid, program.c_str(), &actions_, &attributes_, pointers.data(), environ);
    }

private:
    static void check(int outcome) {
        if (outcome != 0) {
            throw std::system_error(outcome, std::generic_category(), "preparing a child process");
        }
    }

    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

std::string ending(int status) {
    if (WIFSIGNALED(status)) {
        const int number = WTERMSIG(status);
        const char* name = ::sigdescr_np(number);
        return "killed by signal " + std::to_string(number) + " ("
               + (name == nullptr ? "unknown" : name) + ")";
    }
    return "ended with status " + std::to_string(WEXITSTATUS(status));
}

} // namespace

std::filesystem::path scanner_program_beside_this() {
    std::error_code ignored; // without /proc the name is looked for in the working folder
    const auto here = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    const std::array places = {
        here / "cartwatch-scanner",
        here / ".." / "scanner" / "cartwatch-scanner",
        here / ".." / "libexec" / "cartwatch" / "cartwatch-scanner"};
    for (const auto& place : places) {
        if (std::filesystem::exists(place, ignored)) {
            return place.lexically_normal();
        }
    }
    return places.front();
}

ChildProcess::ChildProcess(pid_t pid, int socket) : pid_(pid), socket_(socket) {}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), socket_(std::exchange(other.socket_, -1)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
    std::swap(pid_, other.pid_);
    std::swap(socket_, other.socket_);
    return *this;
}

ChildProcess::~ChildProcess() {
    end();
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

Result<ChildProcess> ChildProcess::start(
    const std::filesystem::path& program, const std::vector<std::string>& arguments) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return refused(
            ErrorCode::unavailable, std::string("no socket for a child: ") + std::strerror(errno));
    }
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    ChildProcess child(0, ends[0]);
    const int outcome = SpawnPlan(ends[1]).spawn(program.string(), arguments, child.pid_);
    ::close(ends[1]);
    if (outcome != 0) {
        child.pid_ = 0;
        return refused(
            ErrorCode::unavailable,
            "cannot start " + program.string() + ": " + std::strerror(outcome));
    }
    return child;
}

int ChildProcess::release_socket() {
    return std::exchange(socket_, -1);
}

std::string ChildProcess::end() {
    if (pid_ == 0) {
        return {};
    }
    ::kill(pid_, SIGKILL); // of no effect on one that is dead and not yet waited for
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return ending(status);
}

} // namespace cartwatch::scanners

#include "tests/bench/link/process.hpp"

#include "tests/bench/link/measure.hpp"

#include <csignal>
#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cartwatch::link_bench {

namespace {

using namespace std::chrono_literals;

constexpr auto look_again = 20ms; // while a program starts
constexpr auto start_patience = 60s;
constexpr auto end_patience = 10s;

// In the child, where nothing but the system's own calls is safe.
[[noreturn]] void become(char* const* words, char* const* environment, const char* log) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM); // a bench that is killed leaves nobody behind
    const int null = ::open("/dev/null", O_RDONLY);
    const int out = ::open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(null, 0);
    ::dup2(out, 1);
    ::dup2(out, 2);
    ::execvpe(words[0], words, environment);
    ::_exit(127);
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

} // namespace

Process::Process(
    const std::vector<std::string>& words,
    const std::filesystem::path& log,
    const std::map<std::string, std::string>& variables)
    : log_(log) {
    std::vector<std::string> arguments = words;
    std::vector<std::string> environment;
    for (char** variable = ::environ; *variable != nullptr; ++variable) {
        environment.emplace_back(*variable);
    }
    for (const auto& [name, value] : variables) {
        environment.push_back(name + "=" + value);
    }
    const std::vector<char*> argument_pointers = pointers_to(arguments);
    const std::vector<char*> environment_pointers = pointers_to(environment);
    id_ = ::fork();
    if (id_ == 0) {
        become(argument_pointers.data(), environment_pointers.data(), log_.c_str());
    }
    handle_ = Descriptor(id_ < 0 ? -1 : static_cast<int>(::syscall(SYS_pidfd_open, id_, 0)));
    if (handle_.number() < 0) {
        throw std::runtime_error("cannot start " + words.front());
    }
}

Process::~Process() {
    ::kill(id_, SIGTERM);
    if (!ends_within(end_patience)) {
        ::kill(id_, SIGKILL);
    }
    ::waitpid(id_, nullptr, 0);
}

void Process::wait_until(const std::function<bool()>& holds) const {
    const Time began = now();
    while (!holds()) {
        if (ends_within(look_again) || now() - began > start_patience) {
            std::ifstream file(log_);
            const std::string said((std::istreambuf_iterator<char>(file)), {});
            throw std::runtime_error("a program did not start; it said: " + said);
        }
    }
}

bool Process::ends_within(std::chrono::milliseconds time) const {
    pollfd ended{handle_.number(), POLLIN, 0};
    return ::poll(&ended, 1, static_cast<int>(time.count())) > 0;
}

Process::Memory Process::memory() const {
    std::ifstream file("/proc/" + std::to_string(id_) + "/status");
    Memory found;
    std::string word;
    while (file >> word) {
        if (word == "VmRSS:") {
            file >> found.resident;
        } else if (word == "RssAnon:") {
            file >> found.anonymous;
        }
    }
    return found;
}

} // namespace cartwatch::link_bench

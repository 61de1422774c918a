// A umockdev test bed for devices: a mock that is told line by line what its device does, and the
// real scanner process within it.
#pragma once

#include "tests/daemon/scanners/scanner_desk_kit.hpp"

#include <sys/socket.h>

namespace cartwatch::test {

// The test bed's program, spoken to line by line.
class Bed {
public:
    // `program`: the mock that runs in it. The bed is ended without a chance to clear up, so it
    // lies in the ward's folder and goes with that.
    Bed(Ward& ward, const char* program)
        : ward_(ward), child_(*scanners::ChildProcess::start(wrapper(ward), {program})) {
        folder_ = hear("bed ").substr(4);
    }

    void tell(const std::string& line) {
        const std::string bytes = line + "\n";
        REQUIRE(::send(child_.socket(), bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0);
    }

    // The next line that begins so; lines before it are passed over.
    std::string hear(const std::string& beginning) {
        std::string found;
        ward_.wait_until(("the bed says " + beginning).c_str(), [&] {
            std::array<char, 1024> chunk{};
            const ssize_t count = ::recv(child_.socket(), chunk.data(), chunk.size(), MSG_DONTWAIT);
            heard_.append(chunk.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
            for (std::size_t end = heard_.find('\n'); end != std::string::npos && found.empty();
                 end = heard_.find('\n')) {
                const std::string line = heard_.substr(0, end);
                heard_.erase(0, end + 1);
                found = line.starts_with(beginning) ? line : "";
            }
            return !found.empty();
        });
        return found;
    }

    // A script that starts the real scanner process within the bed.
    [[nodiscard]] std::filesystem::path scanner() const {
        return ward_.folder.script(
            "scanner-in-bed",
            "export UMOCKDEV_DIR=" + folder_
                + " LD_PRELOAD=libumockdev-preload.so.0"
                  " ASAN_OPTIONS=verify_asan_link_order=0\nexec " CARTWATCH_SCANNER_PROGRAM
                  " \"$@\"");
    }

    [[nodiscard]] scanners::ScannerSettings settings(const wire::DeviceSettings& device) const {
        return settings(std::vector{device});
    }

    [[nodiscard]] scanners::ScannerSettings
    settings(const std::vector<wire::DeviceSettings>& devices) const {
        auto settings = ward_.settings(devices);
        settings.program = scanner();
        return settings;
    }

private:
    static std::string wrapper(const Ward& ward) {
        return ward.folder
            .script(
                "bed",
                "export TMPDIR=" + (ward.folder / "").string()
                    + "\nexec /usr/bin/umockdev-wrapper \"$@\"")
            .string();
    }

    Ward& ward_;
    scanners::ChildProcess child_;
    std::string folder_;
    std::string heard_;
};

} // namespace cartwatch::test

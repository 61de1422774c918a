// A folder of its own for one test, gone afterwards with everything in it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include <unistd.h>

namespace cartwatch::support {

// Where a test's files lie: on a disk, or in memory where a test makes thousands of commits and is
// not about the disk.
enum class Place { disk, memory };

class TemporaryFolder {
public:
    explicit TemporaryFolder(Place place = Place::disk) {
        std::filesystem::path parent = std::filesystem::temp_directory_path();
        if (place == Place::memory && ::access("/dev/shm", W_OK) == 0) {
            parent = "/dev/shm";
        }
        std::string name = (parent / "cartwatch-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("cannot make a temporary folder");
        }
        folder_ = name;
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    ~TemporaryFolder() {
        std::error_code ignored; // a folder left behind harms no other test
        std::filesystem::remove_all(folder_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& folder() const {
        return folder_;
    }

    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const {
        return folder_ / name;
    }

    // A file with these bytes, in folders of its own where its name has some.
    void put(const std::string& name, std::string_view bytes) const {
        std::filesystem::create_directories((folder_ / name).parent_path());
        std::ofstream(folder_ / name, std::ios::binary) << bytes;
    }

    // A shell script that can be started as a program.
    [[nodiscard]] std::filesystem::path
    script(const std::string& name, const std::string& body) const {
        const auto path = folder_ / name;
        std::ofstream(path) << "#!/bin/sh\n" << body << '\n';
        std::filesystem::permissions(path, std::filesystem::perms::owner_all);
        return path;
    }

private:
    std::filesystem::path folder_;
};

} // namespace cartwatch::support

// What store tests share: a folder of its own, and a daemon in small: it makes entries, applies
// them and commits them.
#pragma once

#include "daemon/readiness/state.hpp"
#include "daemon/store/store.hpp"
#include "tests/support/temporary_folder.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace cartwatch::store_kit {

using support::Place;

// A folder in which the ward's database has its name.
class Folder : public support::TemporaryFolder {
public:
    using TemporaryFolder::TemporaryFolder;

    [[nodiscard]] std::filesystem::path path(const std::string& name = "ward.db") const {
        return *this / name;
    }
};

inline const store::Identity ward_identity{"ward-3f", "pharmacy"};

// Everything a ward would do with its store, and no more.
class Ward {
public:
    explicit Ward(const std::filesystem::path& path, std::int64_t log_bytes = 0);

    // Records these events of a node in one commit, with the requests that asked for them.
    void record(
        const std::vector<readiness::Event>& events,
        const std::string& node = "ward-3f",
        const std::vector<store::AnsweredRequest>& answered = {});

    [[nodiscard]] store::Store& store() {
        return store_;
    }

    [[nodiscard]] const readiness::State& state() const {
        return state_;
    }

private:
    store::Store store_;
    readiness::State state_;
    std::map<std::string, journal::Head> heads_;
    std::int64_t ticks_ = 0;
};

// One statement on the file, past the store: what somebody with a hex editor could do.
void tamper(const std::filesystem::path& path, const std::string& sql);

// What a bad disk could do: `count` bytes of another kind from there on. The file's path.
std::string overwritten(const std::filesystem::path& path, std::size_t from, std::size_t count);

// The first column of the first row.
std::string asked(const std::filesystem::path& path, const std::string& sql);

// A cart OR-1 with two lines and a device, stocked; a whole check of it, with an alert.
std::vector<readiness::Event> a_stocked_cart();
std::vector<readiness::Event> a_whole_check(int number);

} // namespace cartwatch::store_kit

// Lets SQLite work on simulated disks, the product's code unchanged: every database in a folder
// that is mounted lies on that folder's Disk; every other file is the system's. For one thread.
#pragma once

#include "tests/simulation/disk.hpp"
#include "tests/support/temporary_folder.hpp"

#include <cstdint>
#include <filesystem>

namespace cartwatch::simulation {

// A folder whose files, as SQLite sees them, lie on a disk. The folder itself is real, for what is
// no database in it: the lock that keeps a second process off.
class Mount {
public:
    // The disk outlives the mount, and the mount every connection.
    explicit Mount(Disk& disk);
    Mount(const Mount&) = delete;
    Mount& operator=(const Mount&) = delete;
    Mount(Mount&&) = delete;
    Mount& operator=(Mount&&) = delete;
    ~Mount();

    // Where a node's database lies.
    [[nodiscard]] std::filesystem::path database() const;

private:
    support::TemporaryFolder folder_{support::Place::memory};
};

// From now on what SQLite chooses by chance (the salts of its log) follows from the seed.
void seed_sqlite(std::uint64_t seed);

} // namespace cartwatch::simulation

// The disk of one machine, as a value: what programs read, what would still be there if the power
// were cut now, and faults at the operation that a test names. It lies as real disks do: a write is
// in memory until the file is synced; of the rest a power cut keeps what chance wants, sector by
// sector, one of them torn. Knows nothing of SQLite (disk_vfs.hpp does).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cartwatch::simulation {

// What is written as a whole or not at all, where nothing is torn; bytes.
inline constexpr std::size_t sector_bytes = 512;

enum class Fault {
    write_fails,        // nothing of it is written
    write_torn,         // a part of it is written, and it fails
    disk_full,          // nothing of it is written, for there is no room
    sync_fails,         // what it did not write is read as before and lost when the power is cut
    power_cut_in_write, // a part of it may be written, and the machine is dead
    power_cut_in_sync,
};

enum class Outcome { done, failed, full };

// What happened to a disk, or to many.
struct DiskFigures {
    std::int64_t writes = 0; // truncations, and files made and deleted, included
    std::int64_t syncs = 0;
    std::int64_t writes_failed = 0;
    std::int64_t writes_torn = 0;
    std::int64_t writes_without_room = 0;
    std::int64_t syncs_failed = 0;
    std::int64_t power_cuts = 0;
    std::int64_t power_cuts_in_write = 0;
    std::int64_t power_cuts_in_sync = 0;
    std::int64_t sectors_lost = 0; // written, not synced, gone
    std::int64_t sectors_kept = 0; // written, not synced, there all the same
    std::int64_t sectors_torn = 0;
    std::int64_t files_gone_or_back = 0; // made or deleted, and the folder not synced

    DiskFigures& operator+=(const DiskFigures& other);

    // Operations that failed, and power cuts.
    [[nodiscard]] std::int64_t faults() const {
        return writes_failed + writes_torn + writes_without_room + syncs_failed + power_cuts;
    }
};

class Disk {
public:
    struct File {
        struct Sector {
            std::array<char, sector_bytes> on_disk{}; // what it holds if the power is cut
            bool dirty = true; // a sync writes it; false: one failed, and it is taken for written
        };

        std::string bytes; // as programs read them
        std::size_t size_on_disk = 0;
        std::unordered_map<std::size_t, Sector> unsynced; // by number
    };

    using FileHandle = std::shared_ptr<File>;

    // What files hold, by name.
    using Image = std::map<std::string, std::string>;

    explicit Disk(std::uint64_t seed) : random_(seed) {}

    // --- what programs do ---

    [[nodiscard]] FileHandle find(const std::string& name) const; // nullptr: there is none
    Outcome create(const std::string& name);
    Outcome remove(const std::string& name, bool sync_folder);
    Outcome write(File& file, std::size_t offset, std::string_view bytes);
    Outcome truncate(File& file, std::size_t size);
    Outcome sync(const std::string& name, const FileHandle& file);

    // --- what goes wrong ---

    // The n-th operation of that kind from now on (1: the next) meets the fault, once.
    void break_at(Fault fault, std::int64_t n);

    // As long as it is full, every write fails.
    void set_full(bool full);

    // As long as they fail, none makes anything durable.
    void set_syncs_fail(bool fail);

    // Whether the fault of break_at has been met.
    [[nodiscard]] bool is_broken() const {
        return broken_;
    }

    // From the power cut to its return every operation fails.
    void cut_power();
    void restore_power();

    [[nodiscard]] bool has_power() const {
        return powered_;
    }

    // The program that used it is dead: nothing that is left of it reaches the disk.
    void set_out_of_reach(bool out_of_reach);

    // Operations may succeed.
    [[nodiscard]] bool answers() const {
        return powered_ && !out_of_reach_;
    }

    // A disk that works, whatever was planned.
    void mend();

    // --- what is on it ---

    [[nodiscard]] Image image() const;

    // Holds this, all of it durable.
    void load(const Image& image);

    [[nodiscard]] const DiskFigures& figures() const {
        return figures_;
    }

private:
    [[nodiscard]] bool is_write_fault() const;
    [[nodiscard]] bool meets_fault(bool writing);
    Outcome write_with_fault(File& file, std::size_t offset, std::string_view bytes);
    Outcome change_folder();
    [[nodiscard]] std::size_t chance(std::size_t below);
    void lose_unsynced(File& file, std::size_t kept_of_8);
    static void put(File& file, std::size_t offset, std::string_view bytes);
    static void remember(File& file, std::size_t begin, std::size_t end);
    void fail_sync(File& file);

    std::mt19937_64 random_;
    std::map<std::string, FileHandle> names_;
    std::map<std::string, FileHandle> names_on_disk_;
    DiskFigures figures_;
    bool powered_ = true;
    bool out_of_reach_ = false;
    bool full_ = false;
    bool syncs_fail_ = false;
    Fault fault_ = Fault::write_fails;
    std::int64_t countdown_ = 0; // operations of its kind to the fault; 0: none is planned
    bool broken_ = false;
};

} // namespace cartwatch::simulation

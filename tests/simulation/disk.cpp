#include "tests/simulation/disk.hpp"

#include <algorithm>
#include <cstring>
#include <set>

namespace cartwatch::simulation {

DiskFigures& DiskFigures::operator+=(const DiskFigures& other) {
    writes += other.writes;
    syncs += other.syncs;
    writes_failed += other.writes_failed;
    writes_torn += other.writes_torn;
    writes_without_room += other.writes_without_room;
    syncs_failed += other.syncs_failed;
    power_cuts += other.power_cuts;
    power_cuts_in_write += other.power_cuts_in_write;
    power_cuts_in_sync += other.power_cuts_in_sync;
    sectors_lost += other.sectors_lost;
    sectors_kept += other.sectors_kept;
    sectors_torn += other.sectors_torn;
    files_gone_or_back += other.files_gone_or_back;
    return *this;
}

// --- what programs do ---

Disk::FileHandle Disk::find(const std::string& name) const {
    const auto found = names_.find(name);
    return found == names_.end() ? nullptr : found->second;
}

Outcome Disk::create(const std::string& name) {
    const Outcome outcome = change_folder();
    if (outcome == Outcome::done) {
        names_[name] = std::make_shared<File>();
    }
    return outcome;
}

Outcome Disk::remove(const std::string& name, bool sync_folder) {
    const Outcome outcome = change_folder();
    if (outcome == Outcome::done) {
        names_.erase(name);
        if (sync_folder) {
            names_on_disk_.erase(name);
        }
    }
    return outcome;
}

// Making or deleting a file counts as a write; there is nothing of it to be torn.
Outcome Disk::change_folder() {
    File nothing;
    return write(nothing, 0, {});
}

Outcome Disk::write(File& file, std::size_t offset, std::string_view bytes) {
    if (!answers()) {
        return Outcome::failed;
    }
    ++figures_.writes;
    if (meets_fault(true)) {
        return write_with_fault(file, offset, bytes);
    }
    if (full_) {
        ++figures_.writes_without_room;
        return Outcome::full;
    }
    put(file, offset, bytes);
    return Outcome::done;
}

Outcome Disk::write_with_fault(File& file, std::size_t offset, std::string_view bytes) {
    if (fault_ == Fault::disk_full) {
        ++figures_.writes_without_room;
        return Outcome::full;
    }
    if (fault_ == Fault::write_fails) {
        ++figures_.writes_failed;
        return Outcome::failed;
    }
    put(file, offset, bytes.substr(0, chance(bytes.size() + 1)));
    if (fault_ == Fault::power_cut_in_write) {
        ++figures_.power_cuts_in_write;
        cut_power();
    } else {
        ++figures_.writes_torn;
    }
    return Outcome::failed;
}

Outcome Disk::truncate(File& file, std::size_t size) {
    const Outcome outcome = change_folder();
    if (outcome == Outcome::done && size < file.bytes.size()) {
        remember(file, size, file.bytes.size());
        file.bytes.resize(size);
    }
    return outcome;
}

Outcome Disk::sync(const std::string& name, const FileHandle& file) {
    if (!answers()) {
        return Outcome::failed;
    }
    ++figures_.syncs;
    if (meets_fault(false)) {
        if (fault_ == Fault::power_cut_in_sync) {
            ++figures_.power_cuts_in_sync;
            cut_power();
        } else {
            fail_sync(*file);
        }
        return Outcome::failed;
    }
    if (syncs_fail_) {
        fail_sync(*file);
        return Outcome::failed;
    }
    std::erase_if(file->unsynced, [](const auto& sector) { return sector.second.dirty; });
    file->size_on_disk = file->bytes.size();
    // As SQLite does on the system's files: the first sync of a new file is one of its folder, too.
    const auto held = names_on_disk_.find(name);
    if (find(name) == file && (held == names_on_disk_.end() || held->second != file)) {
        names_on_disk_ = names_;
    }
    return Outcome::done;
}

// As Linux does it: the pages that were not written are marked clean, and the next sync succeeds
// without them.
void Disk::fail_sync(File& file) {
    ++figures_.syncs_failed;
    for (auto sector = file.unsynced.begin(); sector != file.unsynced.end();) {
        const bool was_written = sector->second.dirty && chance(2) == 0;
        sector->second.dirty = false;
        sector = was_written ? file.unsynced.erase(sector) : std::next(sector);
    }
}

void Disk::put(File& file, std::size_t offset, std::string_view bytes) {
    if (bytes.empty()) {
        return;
    }
    const std::size_t end = offset + bytes.size();
    remember(file, std::min(offset, file.bytes.size()), end);
    file.bytes.resize(std::max(file.bytes.size(), end));
    bytes.copy(file.bytes.data() + offset, bytes.size());
}

// Keeps what the sectors of these bytes hold on the disk, before they change.
void Disk::remember(File& file, std::size_t begin, std::size_t end) {
    for (std::size_t number = begin / sector_bytes; number * sector_bytes < end; ++number) {
        const auto [sector, is_new] = file.unsynced.try_emplace(number);
        sector->second.dirty = true;
        const std::size_t from = number * sector_bytes;
        if (is_new && from < file.bytes.size()) {
            const std::size_t size = std::min(sector_bytes, file.bytes.size() - from);
            std::memcpy(sector->second.on_disk.data(), file.bytes.data() + from, size);
        }
    }
}

// --- what goes wrong ---

void Disk::break_at(Fault fault, std::int64_t n) {
    fault_ = fault;
    countdown_ = n;
    broken_ = false;
}

bool Disk::is_write_fault() const {
    return fault_ != Fault::sync_fails && fault_ != Fault::power_cut_in_sync;
}

bool Disk::meets_fault(bool writing) {
    if (countdown_ == 0 || writing != is_write_fault()) {
        return false;
    }
    broken_ = --countdown_ == 0;
    return broken_;
}

void Disk::set_full(bool full) {
    full_ = full;
}

void Disk::set_syncs_fail(bool fail) {
    syncs_fail_ = fail;
}

void Disk::set_out_of_reach(bool out_of_reach) {
    out_of_reach_ = out_of_reach;
}

void Disk::mend() {
    full_ = false;
    syncs_fail_ = false;
    countdown_ = 0;
}

std::size_t Disk::chance(std::size_t below) {
    return random_() % below;
}

void Disk::cut_power() {
    if (powered_) {
        powered_ = false;
        ++figures_.power_cuts;
    }
}

void Disk::restore_power() {
    if (powered_) {
        return;
    }
    powered_ = true;
    const std::size_t kept_of_8 = chance(9); // between nothing and all of what was not synced
    std::set<std::string> names;
    for (const auto* folder : {&names_, &names_on_disk_}) {
        for (const auto& [name, file] : *folder) {
            names.insert(name);
        }
    }
    for (const std::string& name : names) {
        const FileHandle read = find(name);
        const auto found = names_on_disk_.find(name);
        const FileHandle held = found == names_on_disk_.end() ? nullptr : found->second;
        figures_.files_gone_or_back += read == held ? 0 : 1;
        const FileHandle left = chance(2) == 0 ? read : held;
        left ? void(names_[name] = left) : void(names_.erase(name));
    }
    names_on_disk_ = names_;
    for (const auto& [name, file] : names_) {
        lose_unsynced(*file, kept_of_8);
    }
}

void Disk::lose_unsynced(File& file, std::size_t kept_of_8) {
    // In order of their numbers, so that the same seed does the same.
    std::map<std::size_t, File::Sector> sectors(file.unsynced.begin(), file.unsynced.end());
    const std::size_t read_size = file.bytes.size();
    file.bytes.resize(std::max(read_size, file.size_on_disk));
    bool may_tear = true;
    for (const auto& [number, sector] : sectors) {
        if (sector.dirty && chance(8) < kept_of_8) {
            ++figures_.sectors_kept;
            continue;
        }
        const std::size_t from = number * sector_bytes;
        std::size_t torn_at = 0;
        if (may_tear && sector.dirty && chance(4) == 0) {
            may_tear = false;
            torn_at = 1 + chance(sector_bytes - 1);
            ++figures_.sectors_torn;
        } else {
            ++figures_.sectors_lost;
        }
        for (std::size_t i = torn_at; i < sector_bytes && from + i < file.bytes.size(); ++i) {
            file.bytes[from + i] = sector.on_disk[i];
        }
    }
    // The length is changed apart from the content, and as little known.
    const auto [least, most] = std::minmax(read_size, file.size_on_disk);
    const std::size_t choice = chance(3);
    file.bytes.resize(choice == 0 ? least : choice == 1 ? most : least + chance(most - least + 1));
    file.size_on_disk = file.bytes.size();
    file.unsynced.clear();
}

// --- what is on it ---

Disk::Image Disk::image() const {
    Image image;
    for (const auto& [name, file] : names_) {
        image[name] = file->bytes;
    }
    return image;
}

void Disk::load(const Image& image) {
    names_.clear();
    for (const auto& [name, bytes] : image) {
        const auto file = std::make_shared<File>();
        file->bytes = bytes;
        file->size_on_disk = bytes.size();
        names_[name] = file;
    }
    names_on_disk_ = names_;
}

} // namespace cartwatch::simulation

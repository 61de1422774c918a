#include "tests/simulation/disk_vfs.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include <sqlite3.h>

// The names of SQLite's own functions and types are not ours to choose.
// NOLINTBEGIN(readability-identifier-naming)

namespace cartwatch::simulation {

namespace {

constexpr std::size_t names_max = 512;

struct OpenFile;

// What the connections to one database share while any of them lives: locks and the log's index.
struct Sharing {
    std::vector<OpenFile*> connections;
    std::vector<std::unique_ptr<std::vector<char>>> regions;
};

struct Folder {
    Disk* disk = nullptr;
    std::map<std::string, Sharing> sharing; // by name of the database
};

// Of a connection to a file. Begins as SQLite wants it.
struct OpenFile {
    sqlite3_file base;
    Folder* folder = nullptr;
    std::string name;
    Disk::FileHandle file;
    Sharing* sharing = nullptr;   // of a database
    int lock = SQLITE_LOCK_NONE;  // of a database
    unsigned shared_locks = 0;    // of the log's index, a bit each
    unsigned exclusive_locks = 0; // likewise
};

struct Vfs {
    sqlite3_vfs base{};
    sqlite3_vfs* system = nullptr;
    std::map<std::string, Folder> folders; // by path
    std::mt19937_64 random{1};
};

Vfs& vfs();

OpenFile& opened(sqlite3_file* file) {
    return *reinterpret_cast<OpenFile*>(file);
}

int code_of(Outcome outcome, int failure) {
    switch (outcome) {
    case Outcome::done:
        return SQLITE_OK;
    case Outcome::full:
        return SQLITE_FULL;
    case Outcome::failed:
        break;
    }
    return failure;
}

// --- files ---

int close_file(sqlite3_file* handle) {
    OpenFile& file = opened(handle);
    if (file.sharing != nullptr) {
        std::erase(file.sharing->connections, &file);
        if (file.sharing->connections.empty()) {
            file.folder->sharing.erase(file.name);
        }
    }
    file.~OpenFile();
    return SQLITE_OK;
}

int read_file(sqlite3_file* handle, void* to, int amount, sqlite3_int64 offset) {
    const OpenFile& file = opened(handle);
    if (!file.folder->disk->answers()) {
        return SQLITE_IOERR_READ;
    }
    const std::string& bytes = file.file->bytes;
    const auto wanted = static_cast<std::size_t>(amount);
    const std::size_t from = std::min(static_cast<std::size_t>(offset), bytes.size());
    const std::size_t there = std::min(wanted, bytes.size() - from);
    std::memcpy(to, bytes.data() + from, there);
    if (there == wanted) {
        return SQLITE_OK;
    }
    std::memset(static_cast<char*>(to) + there, 0, wanted - there);
    return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* handle, const void* from, int amount, sqlite3_int64 offset) {
    const OpenFile& file = opened(handle);
    const std::string_view bytes(static_cast<const char*>(from), static_cast<std::size_t>(amount));
    return code_of(
        file.folder->disk->write(*file.file, static_cast<std::size_t>(offset), bytes),
        SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* handle, sqlite3_int64 size) {
    const OpenFile& file = opened(handle);
    return code_of(
        file.folder->disk->truncate(*file.file, static_cast<std::size_t>(size)),
        SQLITE_IOERR_TRUNCATE);
}

int sync_file(sqlite3_file* handle, int /*flags*/) {
    const OpenFile& file = opened(handle);
    return code_of(file.folder->disk->sync(file.name, file.file), SQLITE_IOERR_FSYNC);
}

int size_of_file(sqlite3_file* handle, sqlite3_int64* size) {
    const OpenFile& file = opened(handle);
    *size = static_cast<sqlite3_int64>(file.file->bytes.size());
    return file.folder->disk->answers() ? SQLITE_OK : SQLITE_IOERR_FSTAT;
}

int control_file(sqlite3_file* /*handle*/, int /*operation*/, void* /*argument*/) {
    return SQLITE_NOTFOUND;
}

int sector_size_of_file(sqlite3_file* /*handle*/) {
    return 4'096; // what the system's own says
}

int device_of_file(sqlite3_file* /*handle*/) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE; // what the system's own says
}

// --- locks of a database ---

bool others_hold(const OpenFile& file, int lock) {
    const auto& all = file.sharing->connections;
    return std::any_of(all.begin(), all.end(), [&](const OpenFile* other) {
        return other != &file && other->lock >= lock;
    });
}

int lock_file(sqlite3_file* handle, int lock) {
    OpenFile& file = opened(handle);
    if (lock <= file.lock) {
        return SQLITE_OK;
    }
    const int hindrance = lock == SQLITE_LOCK_SHARED     ? SQLITE_LOCK_PENDING
                          : lock == SQLITE_LOCK_RESERVED ? SQLITE_LOCK_RESERVED
                                                         : SQLITE_LOCK_SHARED;
    if (others_hold(file, hindrance)) {
        return SQLITE_BUSY;
    }
    file.lock = lock;
    return SQLITE_OK;
}

int unlock_file(sqlite3_file* handle, int lock) {
    OpenFile& file = opened(handle);
    file.lock = std::min(file.lock, lock);
    return SQLITE_OK;
}

int is_reserved(sqlite3_file* handle, int* reserved) {
    const OpenFile& file = opened(handle);
    *reserved = file.lock >= SQLITE_LOCK_RESERVED || others_hold(file, SQLITE_LOCK_RESERVED);
    return SQLITE_OK;
}

// --- the log's index: memory and locks that connections share ---

int map_index(sqlite3_file* handle, int number, int size, int extend, volatile void** region) {
    auto& regions = opened(handle).sharing->regions;
    const auto index = static_cast<std::size_t>(number);
    *region = nullptr;
    if (index >= regions.size() && extend == 0) {
        return SQLITE_OK;
    }
    while (index >= regions.size()) {
        regions.push_back(std::make_unique<std::vector<char>>(static_cast<std::size_t>(size)));
    }
    *region = regions[index]->data();
    return SQLITE_OK;
}

int lock_index(sqlite3_file* handle, int first, int count, int flags) {
    OpenFile& file = opened(handle);
    const unsigned mask = ((1U << static_cast<unsigned>(count)) - 1U)
                          << static_cast<unsigned>(first);
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        file.shared_locks &= ~mask;
        file.exclusive_locks &= ~mask;
        return SQLITE_OK;
    }
    const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    for (const OpenFile* other : file.sharing->connections) {
        const unsigned against = other->exclusive_locks | (exclusive ? other->shared_locks : 0U);
        if (other != &file && (against & mask) != 0) {
            return SQLITE_BUSY;
        }
    }
    (exclusive ? file.exclusive_locks : file.shared_locks) |= mask;
    return SQLITE_OK;
}

void index_barrier(sqlite3_file* /*handle*/) {}

int unmap_index(sqlite3_file* handle, int /*remove*/) {
    OpenFile& file = opened(handle);
    file.shared_locks = 0;
    file.exclusive_locks = 0;
    return SQLITE_OK;
}

const sqlite3_io_methods& methods() {
    static const sqlite3_io_methods all = [] {
        sqlite3_io_methods made{};
        made.iVersion = 2; // with the log's index, without mapped files
        made.xClose = close_file;
        made.xRead = read_file;
        made.xWrite = write_file;
        made.xTruncate = truncate_file;
        made.xSync = sync_file;
        made.xFileSize = size_of_file;
        made.xLock = lock_file;
        made.xUnlock = unlock_file;
        made.xCheckReservedLock = is_reserved;
        made.xFileControl = control_file;
        made.xSectorSize = sector_size_of_file;
        made.xDeviceCharacteristics = device_of_file;
        made.xShmMap = map_index;
        made.xShmLock = lock_index;
        made.xShmBarrier = index_barrier;
        made.xShmUnmap = unmap_index;
        return made;
    }();
    return all;
}

// --- names ---

// The folder of this path where it is mounted, else nullptr.
Folder* mounted(const char* path) {
    if (path == nullptr) {
        return nullptr;
    }
    const auto found = vfs().folders.find(std::filesystem::path(path).parent_path().string());
    return found == vfs().folders.end() ? nullptr : &found->second;
}

std::string name_of(const char* path) {
    return std::filesystem::path(path).filename().string();
}

int open_file(
    sqlite3_vfs* self, const char* path, sqlite3_file* handle, int flags, int* opened_as) {
    Folder* const folder = mounted(path);
    if (folder == nullptr) {
        sqlite3_vfs* const system = vfs().system;
        return system->xOpen(system, path, handle, flags, opened_as);
    }
    static_cast<void>(self);
    handle->pMethods = nullptr;
    const std::string name = name_of(path);
    if (!folder->disk->answers()) {
        return SQLITE_CANTOPEN;
    }
    if (folder->disk->find(name) == nullptr) {
        if ((flags & SQLITE_OPEN_CREATE) == 0) {
            return SQLITE_CANTOPEN;
        }
        if (const Outcome made = folder->disk->create(name); made != Outcome::done) {
            return code_of(made, SQLITE_CANTOPEN);
        }
    }
    auto* const file = new (handle) OpenFile{};
    file->base.pMethods = &methods();
    file->folder = folder;
    file->name = name;
    file->file = folder->disk->find(name);
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0) {
        file->sharing = &folder->sharing[name];
        file->sharing->connections.push_back(file);
    }
    if (opened_as != nullptr) {
        *opened_as = flags;
    }
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* /*self*/, const char* path, int sync_folder) {
    Folder* const folder = mounted(path);
    if (folder == nullptr) {
        return vfs().system->xDelete(vfs().system, path, sync_folder);
    }
    if (folder->disk->find(name_of(path)) == nullptr) {
        return SQLITE_IOERR_DELETE_NOENT;
    }
    return code_of(folder->disk->remove(name_of(path), sync_folder != 0), SQLITE_IOERR_DELETE);
}

int access_file(sqlite3_vfs* /*self*/, const char* path, int flags, int* result) {
    const Folder* const folder = mounted(path);
    if (folder == nullptr) {
        return vfs().system->xAccess(vfs().system, path, flags, result);
    }
    // As the system's own: an empty file does not count as there.
    const auto file = folder->disk->find(name_of(path));
    *result = file != nullptr && (flags != SQLITE_ACCESS_EXISTS || !file->bytes.empty()) ? 1 : 0;
    return SQLITE_OK;
}

int full_path(sqlite3_vfs* /*self*/, const char* path, int size, char* to) {
    if (mounted(path) == nullptr) {
        return vfs().system->xFullPathname(vfs().system, path, size, to);
    }
    sqlite3_snprintf(size, to, "%s", path);
    return SQLITE_OK;
}

int give_random(sqlite3_vfs* /*self*/, int count, char* to) {
    std::generate_n(to, count, [] { return static_cast<char>(vfs().random()); });
    return count;
}

// One thread: nobody gives a lock back while another waits, and no test waits.
int do_not_sleep(sqlite3_vfs* /*self*/, int microseconds) {
    return microseconds;
}

Vfs& vfs() {
    static const std::unique_ptr<Vfs> one = [] {
        auto made = std::make_unique<Vfs>();
        made->system = sqlite3_vfs_find(nullptr);
        made->base = *made->system;
        made->base.szOsFile = std::max(static_cast<int>(sizeof(OpenFile)), made->system->szOsFile);
        made->base.mxPathname = std::max<int>(names_max, made->system->mxPathname);
        made->base.zName = "simulated-disks";
        made->base.pNext = nullptr;
        made->base.xOpen = open_file;
        made->base.xDelete = delete_file;
        made->base.xAccess = access_file;
        made->base.xFullPathname = full_path;
        made->base.xRandomness = give_random;
        made->base.xSleep = do_not_sleep;
        if (sqlite3_vfs_register(&made->base, 1) != SQLITE_OK) {
            throw std::runtime_error("SQLite does not take the simulated disks");
        }
        return made;
    }();
    return *one;
}

// NOLINTEND(readability-identifier-naming)

const char* const database_name = "cartwatch.db";

} // namespace

Mount::Mount(Disk& disk) {
    folder_.put(database_name, ""); // whoever asks the system finds that it exists
    vfs().folders[folder_.folder().string()].disk = &disk;
}

Mount::~Mount() {
    vfs().folders.erase(folder_.folder().string());
}

std::filesystem::path Mount::database() const {
    return folder_ / database_name;
}

void seed_sqlite(std::uint64_t seed) {
    vfs().random.seed(seed);
    sqlite3_randomness(0, nullptr); // forgets what it has; asks anew
}

} // namespace cartwatch::simulation
